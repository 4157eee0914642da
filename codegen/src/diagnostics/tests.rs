use super::{
    CodeInfo, Diagnostic, Diagnostics, Effect, Severity, catalogue, find, on_one_line, render, render_all,
    render_kinds, to_json,
};
use crate::source::{Sources, Span};

static SAMPLE: CodeInfo = CodeInfo {
    id: "sample",
    severity: Severity::Warning,
    effect: Some(Effect::Degraded),
    summary: "a sample",
    explanation: "Bad: a. Good: b.",
};

fn at(sources: &Sources, text: &str, number: usize) -> Span {
    let (id, source) = sources.iter().next().unwrap();
    let start = source.text().match_indices(text).nth(number).unwrap().0;
    Span::new(id, start, start + text.len())
}

#[test]
fn codes_are_unique_and_explained() {
    let codes: Vec<_> = catalogue().collect();
    assert!(codes.windows(2).all(|pair| pair[0].id < pair[1].id));
    for code in codes {
        assert!(code.explanation.contains("Bad:") && code.explanation.contains("Good:"), "{}", code.id);
        assert!(code.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'));
        assert!(!code.summary.ends_with('.'));
        assert_eq!(code.severity == Severity::Warning, code.effect.is_some(), "{}", code.id);
        assert_eq!(find(code.id), Some(code));
    }
}

#[test]
fn a_diagnostic_is_rendered_with_its_excerpt_and_its_effect() {
    let mut sources = Sources::new();
    sources.add("specs/acme/openapi.yaml", "openapi: 3.1.0\npaths:\n  /a: 1\n  /b: 2\n  /a: 3\n");
    let diagnostic = Diagnostic::new(&SAMPLE, at(&sources, "/a", 1), "key `/a` occurs twice")
        .label(at(&sources, "/a", 0), "first here")
        .help("keep one")
        .overlay("- target: $.paths\n  remove: true\n")
        .at("/paths/~1a");
    insta::assert_snapshot!(render(&diagnostic, &sources, false), @r#"
    warning[sample]: key `/a` occurs twice
     --> specs/acme/openapi.yaml:5:3
      |
    3 |   /a: 1
      |   -- first here
    4 |   /b: 2
    5 |   /a: 3
      |   ^^
      |
      = effect: degraded (generated, but not exactly as written)
      = help: keep one
      = help: an overlay action that repairs it:
              - target: $.paths
                remove: true
    "#);
    insta::assert_snapshot!(to_json(&diagnostic, &sources), @r#"{"code":"sample","column":3,"effect":"degraded","file":"specs/acme/openapi.yaml","help":"keep one","labels":[{"column":3,"file":"specs/acme/openapi.yaml","line":3,"message":"first here"}],"line":5,"message":"key `/a` occurs twice","overlay":"- target: $.paths\n  remove: true\n","pointer":"/paths/~1a","severity":"warning"}"#);
    assert!(render(&diagnostic, &sources, true).contains("\u{1b}["));
    let line = on_one_line(&diagnostic, &sources);
    assert_eq!(line, "specs/acme/openapi.yaml:5:3: key `/a` occurs twice; keep one [sample]");
}

#[test]
fn a_very_long_line_is_cut_to_a_window() {
    let mut sources = Sources::new();
    let text = format!("{{{}\"here\": 1{}}}", "\"ä\": 1,".repeat(5000), ",\"b\": 2".repeat(5000));
    sources.add("a.json", text);
    let diagnostic = Diagnostic::new(&SAMPLE, at(&sources, "\"here\"", 0), "something is wrong here");
    insta::assert_snapshot!(render(&diagnostic, &sources, false), @r#"
    warning[sample]: something is wrong here
     --> a.json:1:35002
      |
      |
    1 | …1,"ä": 1,"ä": 1,"ä": 1,"ä": 1,"ä": 1,"ä": 1,"here": 1,"b": 2,"b": 2,"b": 2,"b": 2,"b": 2,"b": 2,"b": 2,"b": 2,"b":…
      |                                              ^^^^^^
      = effect: degraded (generated, but not exactly as written)
    "#);
}

#[test]
fn a_diagnostic_about_an_empty_file_has_a_location() {
    let mut sources = Sources::new();
    sources.add("none.yaml", "");
    let diagnostic = Diagnostic::new(&SAMPLE, Span::default(), "cannot read it");
    insta::assert_snapshot!(render(&diagnostic, &sources, false), @r#"
    warning[sample]: cannot read it
    --> none.yaml:1:1
     = effect: degraded (generated, but not exactly as written)
    "#);
    assert!(render(&diagnostic, &Sources::new(), false).contains("cannot read it"));
}

#[test]
fn diagnostics_are_sorted_and_repetitions_are_dropped_and_the_rest_is_counted() {
    let mut sources = Sources::new();
    sources.add("a.yaml", "a: 1\nb: 2\nc: 3\n");
    let mut out = Diagnostics::new();
    for text in ["c", "a", "b", "a"] {
        out.report(Diagnostic::new(&SAMPLE, at(&sources, text, 0), format!("about {text}")));
    }
    let text = render_all(&out, &sources, false, 2);
    let order: Vec<_> = text.lines().filter(|line| line.contains("about") || line.starts_with("note")).collect();
    assert_eq!(
        order,
        [
            "warning[sample]: about a",
            "warning[sample]: about b",
            "note: 1 more of `sample`; `--format json` prints all"
        ]
    );
    out.sort();
    assert_eq!((out.len(), out.has_errors()), (3, false));
}

#[test]
fn kinds_have_one_line_each_and_errors_are_whole() {
    let (mut sources, mut out) = (Sources::new(), Diagnostics::new());
    let id = sources.add("a.yaml", "one: 1\ntwo: 2\n");
    for start in [0, 7] {
        out.report(Diagnostic::new(&SAMPLE, Span { source: id, start, end: start + 3 }, "is odd"));
    }
    assert_eq!(render_kinds(&out, &sources, false), "warning[sample]: is odd (a.yaml:1:1, and 1 more)\n");
    out.report(Diagnostic::new(&SAMPLE, Span { source: id, start: 0, end: 3 }, "is wrong").error());
    let text = render_kinds(&out, &sources, false);
    assert!(text.starts_with("error[sample]: is wrong\n --> a.yaml:1:1\n"), "{text}");
}
