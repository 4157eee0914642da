//! The bundled documents contain the two published ones unchanged.

use generated_client::{prelude_so, rownd};
use serde_yaml::Value;
use tests::responses::operations;

/// The documents published on the pages about updating a field (Rownd) and a profile (Prelude).
const SEEDS: [(&str, &str, &str, &str); 2] = [
    (
        "rownd",
        include_str!("../../../specs/rownd/openapi.yaml"),
        rownd::DOCUMENT,
        "35b687e7b5bc9e682a28d725f1b9bffd202b17f29a4190ff3b99d579cf489aac",
    ),
    (
        "prelude",
        include_str!("../../../specs/prelude/openapi.yaml"),
        prelude_so::DOCUMENT,
        "1d2f392ff52c781be03bdb1ada708f69160f1037d53e51d595b69b8995c691b4",
    ),
];

fn parse(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

#[test]
fn published_documents_are_kept_byte_for_byte() {
    for (name, text, _, sha256) in SEEDS {
        let hexadecimal = tests::sha256(text.as_bytes());
        assert_eq!(hexadecimal, sha256, "specs/{name}/openapi.yaml differs from the published document");
    }
}

#[test]
fn every_published_operation_is_bundled_unchanged() {
    for (name, seed, bundled, _) in SEEDS {
        let (seed, bundled) = (parse(seed), parse(bundled));
        let mut compared = 0;
        for (method, path, operation) in operations(&seed) {
            assert_eq!(&bundled["paths"][path][method.to_lowercase()], operation, "{name}: {method} {path}");
            assert_eq!(bundled["paths"][path]["parameters"], seed["paths"][path]["parameters"], "{name}: {path}");
            compared += 1;
        }
        assert_eq!(compared, 1, "{name}");
        for key in ["servers", "security", "tags"] {
            assert_eq!(bundled[key], seed[key], "{name}: {key}");
        }
    }
}

/// Components of a seed that the overlay repairs.
const REPAIRED: [(&str, &str); 1] = [("rownd", "Group")];

#[test]
fn published_components_are_bundled_unchanged_unless_repaired() {
    for (name, seed, bundled, _) in SEEDS {
        let (seed, bundled) = (parse(seed), parse(bundled));
        let mut compared = 0;
        for (kind, components) in seed["components"].as_mapping().unwrap() {
            for (component, value) in components.as_mapping().unwrap() {
                if REPAIRED.contains(&(name, component.as_str().unwrap())) {
                    assert_ne!(&bundled["components"][kind][component], value, "{name}: {component:?} needs no repair");
                    continue;
                }
                assert_eq!(&bundled["components"][kind][component], value, "{name}: {kind:?} {component:?}");
                compared += 1;
            }
        }
        assert!(compared > 10, "{name}: {compared}");
    }
}
