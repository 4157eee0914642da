use crate::diagnostics::Diagnostics;
use crate::document::{Document, Limits, MemoryReader};
use crate::load::load;

const DOCUMENT: &str = "openapi: 3.1.0
info: {title: Pets, version: 1.0.0}
paths:
  /pets:
    get: {tags: [a], deprecated: true}
    post: {tags: [b]}
  /pets/{id}:
    get: {tags: [c]}
";

fn apply(overlay: &str) -> (Document, Vec<String>) {
    let reader = MemoryReader::new().with("d.yaml", DOCUMENT).with("o.yaml", overlay);
    let mut out = Diagnostics::new();
    let mut document = load("d.yaml", &reader, &Limits::default(), &mut out).unwrap();
    super::apply(&mut document, "o.yaml", &reader, &mut out);
    out.sort();
    let found = out.iter().map(|found| {
        let (line, column) = document.sources.line_column(found.span);
        format!("{} {}:{line}:{column} {}", found.code.id, document.sources.path(found.span), found.pointer)
    });
    let found = found.collect();
    (document, found)
}

/// An overlay with one action that has a reason.
fn action(lines: &str) -> (Document, Vec<String>) {
    apply(&format!("overlay: 1.0.0\ninfo: {{title: o, version: 1}}\nactions:\n- x-reason: why\n  {lines}\n"))
}

#[test]
fn an_update_merges_objects_and_appends_to_lists() {
    let (document, found) =
        action("target: $.paths['/pets'].get\n  update: {tags: [z], deprecated: false, summary: {a: 1}}");
    assert_eq!(found, Vec::<String>::new());
    let get = document.root.pointer("/paths/~1pets/get").unwrap();
    assert_eq!(
        serde_json::to_string(&get.to_json()).unwrap(),
        r#"{"deprecated":false,"summary":{"a":1},"tags":["a","z"]}"#
    );
    assert_eq!(document.sources.path(get.get("summary").unwrap().span), "o.yaml");
    let (document, _) = action("target: $.paths['/pets'].get.tags\n  update: z");
    assert_eq!(document.root.pointer("/paths/~1pets/get/tags/1").unwrap().as_str(), Some("z"));
}

#[test]
fn a_query_reaches_every_match() {
    let (document, found) = action("target: $.paths.*.get\n  update: {x-seen: true}");
    assert_eq!(found, Vec::<String>::new());
    for path in ["~1pets", "~1pets~1{id}"] {
        assert!(document.root.pointer(&format!("/paths/{path}/get/x-seen")).is_some());
    }
    assert!(document.root.pointer("/paths/~1pets/post/x-seen").is_none());
}

#[test]
fn a_removal_deletes_the_node() {
    let (document, found) = action("target: $.paths.*[?@.deprecated == true]\n  remove: true");
    assert_eq!(found, Vec::<String>::new());
    assert!(document.root.pointer("/paths/~1pets/get").is_none());
    let (document, _) = action("target: $..tags[?@ == 'a' || @ == 'c']\n  remove: true");
    assert!(document.root.pointer("/paths/~1pets/get/tags/0").is_none());
}

#[test]
fn actions_see_the_changes_of_earlier_actions() {
    let (document, found) = apply(
        "overlay: 1.0.0\nactions:\n- {target: $.info, update: {x: {y: 1}}, x-reason: a}\n- {target: '$..[?@.y]', update: {z: 2}, x-reason: b}\n",
    );
    assert_eq!(found, Vec::<String>::new());
    assert_eq!(document.root.pointer("/info/x/z").unwrap().as_i64(), Some(2));
}

#[test]
fn an_action_that_matches_nothing_is_an_error_at_its_target() {
    for target in ["$.paths['/pet'].get", "$.paths.*.put"] {
        let (_, found) = action(&format!("target: {target}\n  remove: true"));
        assert_eq!(found, ["overlay-unmatched o.yaml:5:11 /actions/0/target"]);
    }
}

#[test]
fn targets_that_are_not_paths_are_errors() {
    let deep = format!("$[?{}@{}]", "(".repeat(60), ")".repeat(60));
    for target in ["paths./pets", "$.paths[", "'$..*..*..*..*'", deep.as_str()] {
        let (_, found) = action(&format!("target: {target}\n  remove: true"));
        assert_eq!(found, ["overlay-path o.yaml:5:11 /actions/0/target"], "{target}");
    }
}

#[test]
fn an_update_that_cannot_be_merged_is_an_error() {
    let (_, found) = action("target: $.info.title\n  update: {en: Pets}");
    assert_eq!(found, ["overlay-target o.yaml:6:11 /actions/0/update"]);
    let (_, found) = action("target: $\n  remove: true");
    assert_eq!(found, ["overlay-target o.yaml:6:11 /actions/0"]);
    let (document, found) = action("target: $.info.title\n  update: Dogs");
    assert_eq!((document.root.pointer("/info/title").unwrap().as_str(), found.len()), (Some("Dogs"), 0));
}

#[test]
fn an_update_without_effect_and_an_action_without_reason_are_noted() {
    let (_, found) = action("target: $.info\n  update: {title: Pets}");
    assert_eq!(found, ["overlay-no-effect o.yaml:6:11 /actions/0/update"]);
    let (_, found) = apply("overlay: 1.0.0\nactions:\n- target: $.info\n  update: {title: Dogs}\n");
    assert_eq!(found, ["overlay-no-reason o.yaml:3:11 /actions/0"]);
}

#[test]
fn an_overlay_has_the_form_that_the_specification_requires() {
    let cases = [
        ("[]", "not-an-object o.yaml:1:1 "),
        ("overlay: 1.0.0", "overlay-invalid o.yaml:1:1 "),
        ("overlay: 1.0\nactions: []", "overlay-invalid o.yaml:1:10 /overlay"),
        ("overlay: 1.0.0\nactions: [1]", "overlay-invalid o.yaml:2:11 /actions/0"),
        ("overlay: 1.0.0\nactions: [{remove: true}]", "overlay-invalid o.yaml:2:11 /actions/0"),
        ("overlay: 1.0.0\nactions:\n- {target: $, x-reason: a}", "overlay-invalid o.yaml:3:3 /actions/0"),
        (
            "overlay: 1.0.0\nactions:\n- {target: $.info, remove: 1, x-reason: a}",
            "overlay-invalid o.yaml:3:28 /actions/0/remove",
        ),
        ("overlay: 1.0.0\naction: []\nactions: []", "overlay-invalid o.yaml:2:1 /action"),
        ("a: b: c", "yaml-syntax o.yaml:1:5 "),
    ];
    for (overlay, expected) in cases {
        let (_, found) = apply(overlay);
        assert_eq!(found, [expected], "{overlay}");
    }
}

#[test]
fn updates_cannot_nest_beyond_the_limit() {
    let deep = format!("{}{}", "{a: ".repeat(100), "}".repeat(100));
    let action = format!("- {{target: '$.info..[?@.a]', x-reason: a, update: {deep}}}\n");
    let actions = action.repeat(3);
    let (document, found) = apply(&format!(
        "overlay: 1.0.0\nactions:\n- {{target: $.info, x-reason: a, update: {{x: {{a: {{}}}}}}}}\n{actions}"
    ));
    assert!(document.root.depth() <= 128);
    assert!(found.iter().any(|found| found.starts_with("too-deep")), "{found:?}");
}

#[test]
fn updates_cannot_grow_without_end() {
    let action = |key: &str| format!("- {{target: '$.info..*', x-reason: a, update: {{{key}: {{y: {{z: {{}}}}}}}}}}\n");
    let actions: String = (0..30).map(|at| action(["x", "w", "v"][at / 10])).collect();
    let text =
        format!("overlay: 1.0.0\nactions:\n- {{target: $.info, x-reason: a, update: {{b: {{c: {{}}}}}}}}\n{actions}");
    let (document, found) = apply(&text);
    assert!(document.root.size() < 600_000, "{}", document.root.size());
    assert!(found.iter().any(|found| found.starts_with("overlay-target")), "{found:?}");
}

#[test]
fn a_search_that_takes_too_long_is_refused() {
    let tags: Vec<String> = (0..20_000).map(|at| format!("t{at}")).collect();
    let text = format!(
        "overlay: 1.0.0\nactions:\n- {{target: $.info, x-reason: a, update: {{x-list: [{}]}}}}\n\
         - {{target: '$.info[?count($..*) > 1]', x-reason: a, update: {{b: 1}}}}\n\
         - {{target: '$.info..*[?@ == 1]', x-reason: a, update: 2}}\n",
        tags.join(", ")
    );
    let (_, found) = apply(&text);
    assert_eq!(found.iter().filter(|found| found.starts_with("overlay-path")).count(), 2, "{found:?}");
}
