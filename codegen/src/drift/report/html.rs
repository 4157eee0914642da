//! Prints findings as one self-contained HTML page.

use std::fmt::Write as _;

use super::{escape, groups, summary};
use crate::drift::{Bump, Drift, Finding, changelog};

const STYLE: &str = "\
:root{color-scheme:light dark;--line:#8884;--error:#c0362c;--warning:#b7791f;--info:#2b6cb0}\
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:1.6rem;margin:0}h2{font-size:1.1rem;margin:2rem 0 .5rem}\
p.sides{color:#888;margin:.25rem 0 1rem}code{font-size:.9em}\
article{border:1px solid var(--line);border-left:.4rem solid var(--info);border-radius:.4rem;padding:.6rem .9rem;margin:.6rem 0}\
article.error{border-left-color:var(--error)}article.warning{border-left-color:var(--warning)}\
article p{margin:0}article .facts{font-size:.85em;color:#888;margin-top:.3rem}\
.tag{display:inline-block;border:1px solid var(--line);border-radius:1rem;padding:0 .6em;margin-right:.4em}\
pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid var(--line);border-radius:.4rem;padding:.8rem}details summary{cursor:pointer}\
dl{font-size:.9em}dt{font-weight:600}dd{margin:0 0 .4rem 1rem;color:#888}";

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
    for (title, findings) in groups(&drift.findings) {
        let _ = writeln!(page, "<h2>{}</h2>", escape(&title));
        for finding in findings {
            article(&mut page, finding);
        }
    }
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
    page.push_str("</body>\n</html>\n");
    page
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

fn article(page: &mut String, finding: &Finding) {
    let _ = writeln!(
        page,
        "<article class=\"{level}\">\n<p>{message}</p>\n<p class=\"facts\"><span class=\"tag\">{level}</span>\
         <span class=\"tag\">wire: {wire}</span><span class=\"tag\">Rust: {rust}</span><code>{id}</code></p>\n\
         <p class=\"facts\"><code>{old}</code> → <code>{new}</code></p>",
        level = finding.level,
        message = spans(&finding.message),
        wire = finding.wire,
        rust = finding.rust,
        id = finding.id(),
        old = escape(&finding.old.to_string()),
        new = escape(&finding.new.to_string()),
    );
    if finding.operations.len() > 2 {
        let list = finding
            .operations
            .iter()
            .fold(String::new(), |list, operation| list + "<li><code>" + &escape(operation) + "</code></li>");
        let _ = writeln!(
            page,
            "<details class=\"facts\"><summary>{} operations</summary><ul>{list}</ul></details>",
            finding.operations.len()
        );
    }
    page.push_str("</article>\n");
}
