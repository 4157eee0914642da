//! Documents with errors, and wrong command lines.

use crate::copy::Copy;

#[test]
fn several_errors_are_shown_at_once_each_with_its_location() {
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
fn json_has_code_location_message_and_help() {
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
fn a_broken_configuration_is_an_error_with_its_location() {
    let copy = Copy::new();
    copy.write("specs/looker/provider.toml", "module = \"looker\"\nmodul = 1\n");
    let before = copy.files();
    let ran = copy.run(&["regen"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.stderr.contains("error[invalid-config]: unknown field `modul`"), "{ran:?}");
    assert!(ran.stderr.contains("specs/looker/provider.toml:2:1"), "{ran:?}");
    assert!(ran.stderr.contains("2 | modul = 1\n  | ^^^^^"), "an excerpt with a caret: {}", ran.stderr);
    assert!(ran.stderr.contains("did you mean `module`?"), "{ran:?}");
    let ran = copy.run(&["--format", "json", "regen"]);
    let object: serde_json::Value = serde_json::from_str(ran.stdout.trim()).expect("one object");
    assert_eq!((ran.status, &object["code"], &object["line"]), (1, &"invalid-config".into(), &2.into()), "{ran:?}");
    assert_eq!(copy.files(), before);
}

#[test]
fn a_missing_document_is_an_error_where_it_is_named() {
    let copy = Copy::new();
    copy.write("specs/looker/provider.toml", "module = \"looker\"\nspec = \"missing.yaml\"\n");
    let ran = copy.run(&["regen"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.stderr.contains("there is no file `specs/looker/missing.yaml`"), "{}", ran.stderr);
    assert!(ran.stderr.contains("specs/looker/provider.toml:2:8"), "{}", ran.stderr);
    assert!(ran.stderr.contains("2 | spec = \"missing.yaml\""), "the excerpt: {}", ran.stderr);
}

#[test]
fn drift_shows_the_location_in_a_broken_configuration() {
    let copy = Copy::new();
    copy.write("specs/looker/provider.toml", "module = \"looker\"\nmodul = 1\n");
    let ran = copy.run(&["drift", "looker", "rownd"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.stderr.contains("specs/looker/provider.toml:2:1"), "{}", ran.stderr);
    assert!(ran.stderr.contains("2 | modul = 1\n  | ^^^^^"), "an excerpt with a caret: {}", ran.stderr);
}

#[test]
fn a_configuration_that_matches_nothing_is_an_error_at_its_location() {
    let copy = Copy::new();
    copy.edit("specs/looker/provider.toml", "[\"UserId\", ", "[\"UserIdd\", ");
    copy.write("specs/rownd/provider.toml", "module = \"rownd\"\n[select]\noperations = [\"nobody\"]\n");
    let before = copy.files();
    let ran = copy.run(&["regen"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.stderr.contains("specs/looker/provider.toml:6:17"), "{}", ran.stderr);
    assert!(ran.stderr.contains("did you mean `UserId`?"), "{}", ran.stderr);
    assert!(ran.stderr.contains("specs/rownd/provider.toml:3:15"), "{}", ran.stderr);
    assert!(ran.stderr.contains("no operation has the id `nobody`"), "{}", ran.stderr);
    assert!(ran.stderr.contains("2 errors; nothing was written"), "{}", ran.stderr);
    assert_eq!(copy.files(), before);
}

#[test]
fn invalid_yaml_is_an_error_with_its_location() {
    let copy = Copy::new();
    copy.write("specs/looker/openapi.yaml", "openapi: 3.1.0\ninfo: {title: [\n");
    let ran = copy.run(&["regen"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.stderr.contains("specs/looker/openapi.yaml:"), "{ran:?}");
}

/// Files that people pass by mistake: name, content, location of the error, and a part of its
/// message.
const WRONG_FILES: [(&str, &[u8], &str, &str); 12] = [
    ("empty.yaml", b"", "empty.yaml:1:1", "the file is empty"),
    ("latin-1.yaml", b"openapi: 3.1.0\ninfo: {title: \"\xE9\"}\n", "latin-1.yaml:2:16", "save the file as UTF-8"),
    ("tabs.yaml", b"openapi: 3.1.0\npaths:\n\t/a: {}\n", "tabs.yaml:3:2", "indent with spaces"),
    ("quotes.yaml", b"openapi: 3.1.0\ninfo:\n  title: \"Pets\n", "quotes.yaml:3:10", "close the quotes"),
    (
        "comma.json",
        b"{\"openapi\": \"3.1.0\"\n\"info\": {}}",
        "comma.json:2:1",
        "separate the entries of an object by commas",
    ),
    ("swagger.yaml", b"swagger: \"2.0\"\n", "swagger.yaml:1:1", "no `paths`"),
    (
        "postman.json",
        b"{\"info\": {\"_postman_id\": \"1\", \"name\": \"Pets\"}, \"item\": []}",
        "postman.json:1:11",
        "postman-to-openapi",
    ),
    ("page.yaml", b"<!DOCTYPE html>\n<title>Sign in: Acme</title>\n", "page.yaml:1:1", "the file is an HTML page"),
    ("page.json", b"<html><body>Not found</body></html>", "page.json:1:1", "the file is an HTML page"),
    (
        "new.yaml",
        b"openapi: 9.9\ninfo: {}\n",
        "new.yaml:1:10",
        "supported are Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2",
    ),
    ("list.yaml", b"openapi: 3.1.0\npaths: []\n", "list.yaml:2:8", "`paths` of the document is a list, not an object"),
    ("bare.yaml", b"\xEF\xBB\xBFopenapi: 3.1.0\r\ninfo: {title: \"\xE5\x90\x8D\"}\r\n", "bare.yaml:1:1", "no `paths`"),
];

#[test]
fn each_kind_of_wrong_file_has_its_own_message() {
    let copy = Copy::new();
    for (name, bytes, location, message) in WRONG_FILES {
        std::fs::write(copy.path(name), bytes).unwrap();
        let ran = copy.run(&["generate", name, "--out", "out"]);
        assert_eq!(ran.status, 1, "{name}: {ran:?}");
        assert!(ran.stderr.contains(&format!("--> {location}\n")), "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains(message), "{name}: {}", ran.stderr);
        assert!(ran.stderr.contains("1 error; nothing was written"), "{name}: {}", ran.stderr);
    }
    assert!(!copy.path("out").exists());
}

#[test]
fn a_folder_and_a_missing_file_have_different_messages() {
    let copy = Copy::new();
    for (document, message) in [("specs", "`specs` is a folder"), ("nothing.yaml", "there is no file `nothing.yaml`")] {
        let ran = copy.run(&["generate", document, "--out", "out"]);
        assert_eq!(ran.status, 1, "{ran:?}");
        assert!(ran.stderr.contains(message), "{}", ran.stderr);
    }
}

#[test]
fn columns_count_characters_after_tabs_wide_letters_and_crlf() {
    let copy = Copy::new();
    copy.write(
        "wide.json",
        "{\r\n\t\"openapi\": \"3.1.0\",\r\n\t\"info\": {\"title\": \"名前\", \"titel\": \"\"},\r\n\t\"paths\": {}}",
    );
    let ran = copy.run(&["--format", "json", "generate", "wide.json", "--out", "out"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let mut objects =
        ran.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON by line"));
    let unknown = objects.find(|object| object["code"] == "unknown-key").expect("a diagnostic");
    assert_eq!((&unknown["line"], &unknown["column"]), (&3.into(), &26.into()), "{unknown}");
}

#[test]
fn outside_of_a_workspace_nothing_is_done() {
    let elsewhere = tempfile::TempDir::new().unwrap();
    for command in [&["regen"][..], &["regen", "rownd"], &["add", "acme", "acme.yaml"], &["docs"], &["ci"]] {
        let ran = std::process::Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(command)
            .current_dir(elsewhere.path())
            .output()
            .unwrap();
        let stderr = String::from_utf8(ran.stderr).unwrap();
        assert_eq!(ran.status.code(), Some(1), "{command:?}: {stderr}");
        assert!(stderr.starts_with("error: there is no workspace with a `specs` folder here or above"), "{stderr}");
        assert!(ran.stdout.is_empty(), "{command:?}");
    }
    assert_eq!(std::fs::read_dir(elsewhere.path()).unwrap().count(), 0);
}

#[test]
fn a_misspelt_code_gets_a_suggestion() {
    let ran = Copy::new().run(&["explain", "dangling-referense"]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(ran.stderr.contains("did you mean `dangling-reference`?"), "{}", ran.stderr);
}

#[test]
fn wrong_usage_exits_with_2() {
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
