//! Markdown from documents, before and after it is made safe.

use super::{destination, fenced, inline, plain, safe};

#[test]
fn bare_urls_become_links_without_the_full_stop() {
    assert_eq!(safe("See https://a.example/b_c?d=1."), "See <https://a.example/b_c?d=1>.");
    assert_eq!(safe("[a](https://a.example) `https://b.example`"), "[a](https://a.example) `https://b.example`");
}

#[test]
fn links_to_nothing_become_text() {
    assert_eq!(safe("[a], [b][c], d[0], [^1]"), "\\[a], \\[b]\\[c], d\\[0], \\[^1]");
    assert_eq!(safe("[a](b) [c](/d) ![e](#f) [g](h::i)"), "a c e g");
    assert_eq!(
        safe("[a](https://b.example) [c](mailto:d@e.example)"),
        "[a](https://b.example) [c](mailto:d@e.example)"
    );
    assert_eq!(safe("[a]: b\n[a]"), "\\[a]: b\n\\[a]");
}

#[test]
fn code_is_never_compiled() {
    assert_eq!(safe("```\nfn a(\n```"), "```text\nfn a(\n```");
    assert_eq!(safe("```rust\nfn a(\n```"), "```text\nfn a(\n```");
    assert_eq!(safe("a\n\n    fn a("), "a\n\n```text\nfn a(\n```\n");
    assert_eq!(safe("~~~JSON\n{}\n~~~"), "~~~json\n{}\n~~~");
}

#[test]
fn a_fence_that_never_ends_is_ended() {
    assert_eq!(safe("```json\n{}"), "```json\n{}\n```");
}

#[test]
fn tags_are_shown() {
    assert_eq!(safe("a <b>c</b> Vec<String> <!-- d"), "a \\<b>c\\</b> Vec\\<String> <!-- d");
}

#[test]
fn lazy_lines_get_their_margin() {
    assert_eq!(safe("* a\nb\n  * c\n d"), "* a\n  b\n  * c\n    d");
    assert_eq!(safe("> a\nb"), "> a\n> b");
}

#[test]
fn a_line_of_markdown_keeps_its_code_and_starts_no_block() {
    assert_eq!(inline("only if `fail_on_error`\nis set; <b>"), "only if `fail_on_error` is set; \\<b>");
    assert_eq!(inline("# a"), "# a");
    assert_eq!(inline("```json"), "```json");
}

#[test]
fn safe_text_is_unchanged() {
    for text in ["", "a", "# a\n\n- b\n- c\n\n| d | e |\n|---|---|\n| f | g |", "*a* _b_ **c** `d`"] {
        assert_eq!(safe(text), text);
    }
}

#[test]
fn link_texts_and_fences_cannot_be_closed_by_their_content() {
    assert_eq!(plain("a\n [b]*"), "a \\[b\\]\\*");
    assert_eq!(plain("Q&A, a_b: _c, &lt; (d) - https://e"), "Q&A, a_b: \\_c, \\&lt; (d) - https\\://e");
    assert_eq!(destination("a b(c)"), "<./ab(c)>");
    assert_eq!(fenced("json", "\"```\""), "````json\n\"```\"\n````");
}

#[test]
fn links_that_run_something_become_text() {
    for text in [
        "[click](javascript:alert(1))",
        "[d](data:text/html;base64,PHM+)",
        "[a](JavaScript:b)",
        "![i](data:image/svg+xml,x)",
    ] {
        assert!(safe(text).starts_with(['\\', '!']) && safe(text).contains("\\["), "{text}: {}", safe(text));
    }
    assert_eq!(safe("<javascript:alert(3)>"), "\\<javascript:alert(3)>");
    let both = safe("[ref][r]\n\n[r]: javascript:alert(1)");
    assert_eq!(both, "\\[ref]\\[r]\n\n\\[r]: javascript:alert(1)");
    assert_eq!(safe("![i](https://a.example/p.png)"), "![i](https://a.example/p.png)");
}
