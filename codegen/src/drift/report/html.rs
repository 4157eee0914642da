//! Prints findings as one self-contained HTML page, which needs no script.

use std::fmt::Write as _;

use super::causes::{Cause, Section, causes};
use super::{count, escape, summary};
use crate::drift::{Bump, Drift, Level, changelog};
use crate::text::line;

const STYLE: &str = "\
:root{color-scheme:light dark;--line:#8884;--error:#c0362c;--warning:#b7791f;--info:#2b6cb0}\
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}\
h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}\
p.sides{color:#767676;margin:.25rem 0 1rem}code{font-size:.9em}\
nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.3rem 1.2rem}\
label{margin-right:1rem;white-space:nowrap}\
#error:not(:checked)~main .error,#warning:not(:checked)~main .warning,#info:not(:checked)~main .info{display:none}\
article{border:1px solid var(--line);border-left:.4rem solid var(--info);border-radius:.4rem;padding:.6rem .9rem;margin:.6rem 0}\
article.error{border-left-color:var(--error)}article.warning{border-left-color:var(--warning)}\
article p{margin:0}article .facts{font-size:.85em;color:#767676;margin-top:.3rem}\
.tag{display:inline-block;border:1px solid var(--line);border-radius:1rem;padding:0 .6em;margin-right:.4em}\
pre{white-space:pre-wrap;border:1px solid var(--line);border-radius:.4rem;padding:.8rem}details summary{cursor:pointer}\
dl{font-size:.9em}dt{font-weight:600}dd{margin:0 0 .4rem 1rem;color:#767676}\
@media(max-width:30rem){body{margin:.8rem auto;padding:0 .6rem}details ul{padding-left:1rem}dd{margin-left:0}}";

/// The report as an HTML page.
#[must_use]
pub fn to_html(drift: &Drift) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Drift: {0}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>Drift: {0}</h1>\n\
         <p class=\"sides\"><code>{1}</code> → <code>{2}</code></p>\n",
        summary(drift),
        escape(&drift.old),
        escape(&drift.new),
    );
    if drift.bump() > Bump::None {
        let _ =
            writeln!(page, "<p>Next version of the generated crate: <strong>{}</strong></p>", drift.bump().as_str());
    }
    let causes = causes(&drift.findings);
    if !causes.is_empty() {
        overview(&mut page, &causes);
    }
    page.push_str("<main>\n");
    for section in Section::ALL {
        let here: Vec<&Cause<'_>> = causes.iter().filter(|cause| cause.section == section).collect();
        if !here.is_empty() {
            let _ = writeln!(page, "<h2 id=\"{}\">{}</h2>", section.key(), section.title());
            for cause in &here {
                article(&mut page, cause);
            }
        }
    }
    page.push_str("</main>\n");
    closing(&mut page, drift);
    page.push_str("</body>\n</html>\n");
    page
}

/// The number of changes by section, with links, and a filter by level.
fn overview(page: &mut String, causes: &[Cause<'_>]) {
    page.push_str("<nav><ul>\n");
    for section in Section::ALL {
        let number = causes.iter().filter(|cause| cause.section == section).count();
        if number > 0 {
            let _ = writeln!(page, "<li><a href=\"#{}\">{}</a>: {number}</li>", section.key(), section.title());
        }
    }
    page.push_str("</ul></nav>\n");
    for level in [Level::Error, Level::Warning, Level::Info] {
        let number = causes.iter().filter(|cause| cause.first.level == level).count();
        let shown = count(number, level.as_str());
        let _ =
            writeln!(page, "<input type=\"checkbox\" id=\"{level}\" checked><label for=\"{level}\">{shown}</label>");
    }
}

fn closing(page: &mut String, drift: &Drift) {
    if !drift.ignored.is_empty() {
        let _ = writeln!(page, "<h2>Ignored</h2>\n<ul>");
        for (finding, reason) in &drift.ignored {
            let _ = writeln!(page, "<li>{}: {}</li>", escape(&finding.message), escape(reason));
        }
        page.push_str("</ul>\n");
    }
    for note in &drift.notes {
        let _ = writeln!(page, "<p><em>{}</em></p>", escape(note));
    }
    if !drift.findings.is_empty() {
        let _ = writeln!(page, "<h2>Verdicts</h2>\n{LEGEND}");
        let _ = writeln!(page, "<h2>Changelog entry</h2>\n<pre>{}</pre>", escape(&changelog(&drift.findings)));
    }
}

/// Escapes text and turns pairs of backticks into code elements; an unmatched backtick stays.
fn spans(text: &str) -> String {
    let mut rest = text;
    let mut html = String::new();
    while let Some((before, after)) = rest.split_once('`') {
        let Some((code, after)) = after.split_once('`') else { break };
        let _ = write!(html, "{}<code>{}</code>", escape(before), escape(code));
        rest = after;
    }
    html + &escape(rest)
}

const LEGEND: &str = "<dl>\n\
<dt>wire: breaks-clients</dt><dd>Existing clients may be rejected, or may receive what they do not know.</dd>\n\
<dt>wire: breaks-servers</dt><dd>Existing clients keep working; servers written for the old document may not meet the new one.</dd>\n\
<dt>Rust: breaking</dt><dd>Code written for the old generated crate may not compile with the new one.</dd>\n\
<dt>Rust: additive</dt><dd>The generated crate gains items; existing code still compiles.</dd>\n</dl>";

fn article(page: &mut String, cause: &Cause<'_>) {
    let finding = cause.first;
    let more = match cause.findings - 1 {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let _ = writeln!(
        page,
        "<article class=\"{level}\">\n<p>{message}</p>\n<p class=\"facts\"><span class=\"tag\">{level}</span>\
         <span class=\"tag\">wire: {wire}</span><span class=\"tag\">Rust: {rust}</span><code>{id}</code></p>\n\
         <p class=\"facts\"><code>{old}</code> → <code>{new}</code>{more}</p>",
        level = finding.level,
        message = spans(&line(&cause.sentence())),
        wire = finding.wire,
        rust = finding.rust,
        id = finding.id(),
        old = escape(&finding.old.to_string()),
        new = escape(&finding.new.to_string()),
    );
    if cause.is_shortened() {
        let item = |operation: &&str| format!("<li><code>{}</code></li>", escape(operation));
        let list: String = cause.operations.iter().map(item).collect();
        let shown = count(cause.operations.len(), "operation");
        let _ = writeln!(page, "<details class=\"facts\"><summary>{shown}</summary><ul>{list}</ul></details>");
    }
    page.push_str("</article>\n");
}
