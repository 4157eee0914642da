//! `drift` with the providers of the workspace.

use crate::copy::Copy;

#[test]
fn a_bundled_provider_says_what_upstream_publishes() {
    let copy = Copy::new();
    let mut unpublished = 0;
    for name in ["looker", "prelude", "rownd", "stateset"] {
        let source = copy.read(&format!("specs/{name}/source.toml"));
        if !source.contains("\nupstream = ") || source.contains("\ndocument = ") {
            continue;
        }
        unpublished += 1;
        let ran = copy.run(&["drift", name]);
        assert_eq!(ran.status, 1, "{ran:?}");
        assert!(ran.stderr.contains(&format!("`cargo xtask drift {name} --upstream FILE`")), "{ran:?}");
        assert!(ran.stderr.contains("page") || ran.stderr.contains("document"), "{ran:?}");
    }
    assert!(unpublished > 0, "a provider whose upstream can't be fetched");
}

#[test]
fn a_saved_page_is_compared_with_the_overlay_of_its_provider() {
    let copy = Copy::new();
    let text = copy.read("specs/rownd/openapi.yaml");
    copy.write("page.md", &format!("# Page\n\n````yaml PUT /a\n{text}\n````\n"));
    let ran = copy.run(&["drift", "rownd", "--upstream", "page.md", "--format", "json"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let drift: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(drift["findings"].as_array().map(Vec::len), Some(0), "{ran:?}");
}

#[test]
fn one_name_that_is_no_provider_is_wrong_usage() {
    let ran = Copy::new().run(&["drift", "nobody"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(ran.stderr.contains("there is no API `nobody` here; to compare documents, name two"), "{ran:?}");
}
