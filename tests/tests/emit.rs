//! Small documents → every file that is emitted for them, as snapshots. What is emitted for the bundled providers is committed.

use codegen::document::FileReader;
use codegen::emit::scaffold::{Face, Layout};
use codegen::pipeline::{self, Shape};
use codegen::provider::ProviderConfig;

/// One snapshot for each file of a fixture; it is named after both.
fn check(name: &str) {
    let path = tests::tree::root().join(format!("tests/fixtures/emit/{name}.yaml"));
    let config = ProviderConfig {
        module: name.to_owned(),
        cited: Some(format!("tests/fixtures/emit/{name}.yaml")),
        ..ProviderConfig::default()
    };
    let layout = Layout {
        path: name.to_owned(),
        client: Face::Printed,
        server: Face::Printed,
        document: Face::LeftOut,
        examples: Face::LeftOut,
    };
    let generated =
        pipeline::generate(&path.to_string_lossy(), &FileReader, None, &config, &layout, &Shape::Module).unwrap();
    assert!(generated.files.len() > 4);
    for file in generated.files {
        let file_name = file.path.replace(['/', '.'], "_");
        insta::assert_snapshot!(format!("{name}-{file_name}"), file.text);
    }
}

#[test]
fn presence() {
    check("presence");
}

#[test]
fn alternatives() {
    check("alternatives");
}
