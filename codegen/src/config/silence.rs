//! Diagnostics that the owner of a document has seen and accepted.

use serde::Deserialize;

use super::Written;
use crate::diagnostics::{Diagnostic, Diagnostics, Severity, catalogue, codes, nearest};
use crate::source::Span;

/// A diagnostic that is not reported.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Silence {
    /// Its code.
    pub code: Written,
    /// The JSON Pointer of the node that it is about. Also silences diagnostics about nodes below.
    /// Everywhere if absent.
    pub at: Option<Written>,
    /// Why it is accepted.
    pub reason: Written,
}

impl Silence {
    fn covers(&self, diagnostic: &Diagnostic) -> bool {
        let is_there = |at: &Written| {
            let at = at.text.trim_start_matches('#').trim_end_matches('/');
            diagnostic.pointer.strip_prefix(at).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        diagnostic.code.id == self.code.text && self.at.as_ref().is_none_or(is_there)
    }

    /// The fault of the entry, independent of the document, and the remedy.
    fn fault(&self) -> Option<(&Written, String, String)> {
        let Some(info) = catalogue().find(|info| info.id == self.code.text) else {
            let help = match nearest(&self.code.text, catalogue().map(|info| info.id)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "`specwright explain` lists all codes".to_owned(),
            };
            return Some((&self.code, format!("there is no diagnostic `{}`", self.code.text), help));
        };
        if info.severity == Severity::Error {
            let message = format!("`{}` is an error, and can't be silenced", self.code.text);
            return Some((&self.code, message, "repair the document, by an overlay if it is not yours".to_owned()));
        }
        let is_empty = self.reason.text.trim().is_empty();
        is_empty.then(|| (&self.reason, "the reason is empty".to_owned(), "say why it is accepted".to_owned()))
    }
}

/// Removes the diagnostics that are silenced. An entry that silences nothing is an error at its
/// location, if it has one, so that entries can't rot.
pub(crate) fn apply(entries: &[Silence], location: impl Fn(&Written) -> Option<Span>, diagnostics: &mut Diagnostics) {
    if entries.is_empty() {
        return;
    }
    let found = std::mem::take(diagnostics);
    let silenced = |one: &Diagnostic| entries.iter().any(|silence| silence.covers(one));
    for silence in entries {
        let idle = || {
            let is_used = found.iter().any(|one| silence.covers(one));
            let message = format!("no `{}` is reported there, so nothing is silenced", silence.code.text);
            (!is_used).then(|| (silence.at.as_ref().unwrap_or(&silence.code), message, "remove the entry".to_owned()))
        };
        let Some((written, message, help)) = silence.fault().or_else(idle) else { continue };
        if let Some(place) = location(written) {
            diagnostics.report(error(place, message).help(help));
        }
    }
    diagnostics.extend(found.into_iter().filter(|one| one.severity == Severity::Error || !silenced(one)));
}

fn error(place: Span, message: String) -> Diagnostic {
    Diagnostic::new(&codes::INVALID_CONFIG, place, message)
}

#[cfg(test)]
mod tests {
    use crate::config::ProviderConfig;
    use crate::document::MemoryReader;
    use crate::pipeline;

    const DOCUMENT: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get:\n      responses: {'200': {description: d}}\n      unheard: 1\n  \
                            /b:\n    get:\n      responses: {'200': {description: d}}\n      unheard: 1\n";

    /// The codes and lines that are reported with the given entries.
    fn reported(entries: &str) -> Vec<String> {
        let config = ProviderConfig::parse("provider.toml", entries).unwrap();
        let reader = MemoryReader::new().with("a.yaml", DOCUMENT);
        let generation = pipeline::build_api("a.yaml", &reader, None, &config);
        let shown = generation.diagnostics.iter().filter(|one| matches!(one.code.id, "unknown-key" | "invalid-config"));
        let line = |one: &crate::diagnostics::Diagnostic| generation.sources.line_column(one.span).0;
        shown.map(|one| format!("{} {}", one.code.id, line(one))).collect()
    }

    fn entry(code: &str, at: &str, reason: &str) -> String {
        format!("[[silence]]\ncode = \"{code}\"\n{at}\nreason = \"{reason}\"\n")
    }

    #[test]
    fn a_diagnostic_is_silenced_everywhere_or_at_one_location() {
        assert_eq!(reported(""), ["unknown-key 7", "unknown-key 11"]);
        assert_eq!(reported(&entry("unknown-key", "", "vendor's own")), Vec::<String>::new());
        assert_eq!(reported(&entry("unknown-key", "at = \"#/paths/~1a\"", "vendor's own")), ["unknown-key 11"]);
    }

    #[test]
    fn an_entry_that_is_wrong_or_silences_nothing_is_an_error_at_its_location() {
        let both = ["unknown-key 7", "unknown-key 11"];
        for (text, line, silenced) in [
            (entry("unknown-kye", "", "r"), 2, false),
            (entry("dangling-reference", "", "r"), 2, false),
            (entry("unknown-key", "at = \"/paths/~1c\"", "r"), 3, false),
            (entry("unknown-key", "", " "), 4, true),
        ] {
            let found = reported(&text);
            assert!(found.contains(&format!("invalid-config {line}")), "{text}: {found:?}");
            assert_eq!(both.iter().all(|one| !found.contains(&(*one).to_owned())), silenced, "{found:?}");
        }
    }
}
