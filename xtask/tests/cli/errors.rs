//! Documents with errors, and command lines that make no sense.

use crate::copy::Copy;

#[test]
fn several_errors_are_shown_at_once_each_with_its_place() {
    let copy = Copy::new();
    let spec = "specs/prelude/openapi.yaml";
    copy.edit(spec, "$ref: '#/components/parameters/appIDParam'", "$ref: '#/components/parameters/nobody'");
    copy.edit(spec, "  - Authorization: []", "  - Nothing: []");
    copy.edit("specs/stateset/openapi.yaml", "openapi: 3.1.0", "openapi: 4.0.0");
    let before = copy.files();
    let ran = copy.run(&["regen"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    let line = |path: &str, text: &str| copy.read(path).lines().position(|line| line.contains(text)).unwrap() + 1;
    for (path, text) in [(spec, "Nothing: []"), ("specs/stateset/openapi.yaml", "openapi: 4.0.0")] {
        assert!(ran.stderr.contains(&format!("{path}:{}:", line(path, text))), "{path}: {}", ran.stderr);
        assert!(ran.stderr.contains(text.trim_end_matches(": []")), "the excerpt: {}", ran.stderr);
    }
    assert!(ran.stderr.contains('^'), "a caret: {}", ran.stderr);
    assert!(ran.stderr.contains("help"), "{}", ran.stderr);
    assert!(ran.stderr.contains("nothing was written"), "{}", ran.stderr);
    assert!(!ran.stderr.contains('\u{1b}'), "colour only on a terminal");
    assert_eq!(copy.files(), before, "a failed run leaves every file as it was");
}

#[test]
fn machines_get_code_place_message_and_help() {
    let copy = Copy::new();
    copy.edit("specs/prelude/openapi.yaml", "openapi: 3.1.1", "openapi: 4.0.0");
    let ran = copy.run(&["--format", "json", "regen", "--check"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    let objects = ran.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON by line"));
    let errors: Vec<_> = objects.filter(|object| object["severity"] == "error").collect();
    assert!(!errors.is_empty(), "{ran:?}");
    for error in errors {
        assert_eq!(error["file"], "specs/prelude/openapi.yaml", "{error}");
        assert!(error["line"].as_u64() > Some(0) && error["column"].as_u64() > Some(0), "{error}");
        let code = error["code"].as_str().unwrap();
        assert!(error["message"].is_string() && error["pointer"].is_string(), "{error}");
        let manual = copy.run(&["explain", code]);
        assert_eq!(manual.status, 0, "{code}: {manual:?}");
        assert!(manual.stdout.contains(code), "{manual:?}");
    }
}

#[test]
fn a_broken_configuration_is_an_error_with_its_place() {
    let copy = Copy::new();
    copy.write("specs/looker/provider.toml", "module = \"looker\"\nmodul = 1\n");
    let before = copy.files();
    let ran = copy.run(&["regen"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.stderr.contains("specs/looker/provider.toml:2:1"), "{ran:?}");
    assert_eq!(copy.files(), before);
}

#[test]
fn text_that_is_no_yaml_is_an_error_with_its_place() {
    let copy = Copy::new();
    copy.write("specs/looker/openapi.yaml", "openapi: 3.1.0\ninfo: {title: [\n");
    let ran = copy.run(&["regen"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.stderr.contains("specs/looker/openapi.yaml:"), "{ran:?}");
}

#[test]
fn wrong_usage_ends_with_2() {
    let copy = Copy::new();
    for arguments in [
        &["regen", "nobody"][..],
        &["regen", "--chek"],
        &["regenerate"],
        &["generate"],
        &["explain", "no-such-code"],
        &["add", "Not A Name", "specs/looker/openapi.yaml"],
        &["add", "looker", "specs/looker/openapi.yaml"],
        &["add", "server", "specs/looker/openapi.yaml"],
        &["--format", "xml", "regen"],
    ] {
        let ran = copy.run(arguments);
        assert_eq!(ran.status, 2, "{arguments:?}: {ran:?}");
        assert!(!ran.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn help_names_every_command() {
    let ran = Copy::new().run(&["--help"]);
    assert_eq!(ran.status, 0);
    for command in ["regen", "generate", "add", "explain", "ci"] {
        assert!(ran.stdout.lines().any(|line| line.trim_start().starts_with(command)), "{command}: {}", ran.stdout);
    }
}
