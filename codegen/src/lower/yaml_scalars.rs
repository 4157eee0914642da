//! Reads unquoted YAML scalars as they are spelled where text is expected: `010` in an enum of
//! strings is `"010"`, not the number 10.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Document, Node, Value};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::Kind;
use crate::openapi::path::NodePath;
use crate::openapi::walk::{Changer, change};
use crate::source::Sources;

pub(super) fn run(document: &mut Document, out: &mut Diagnostics) {
    let Document { root, sources, .. } = document;
    change(root, &mut Spelling { sources, out });
}

struct Spelling<'d> {
    sources: &'d Sources,
    out: &'d mut Diagnostics,
}

impl Changer for Spelling<'_> {
    fn enter(&mut self, kind: Kind, node: &mut Node, path: &NodePath<'_>) -> bool {
        if kind == Kind::Schema && is_text(node) {
            for keyword in ["enum", "const", "default"] {
                let mut context = NodeContext::new(path, self.out);
                match node.get_mut(keyword) {
                    None => {}
                    Some(list) if keyword == "enum" => {
                        let values = list.as_array_mut().into_iter().flatten();
                        values.for_each(|value| respell(self.sources, keyword, value, &mut context));
                    }
                    Some(value) => respell(self.sources, keyword, value, &mut context),
                }
            }
        }
        true
    }
}

/// Whether values are text or `null`.
fn is_text(schema: &Node) -> bool {
    let text = |node: &Node| node.as_str() == Some("string");
    let Some(written) = schema.get("type") else { return false };
    match written.as_array() {
        None => text(written),
        Some(list) => list.iter().any(text) && list.iter().all(|one| text(one) || one.as_str() == Some("null")),
    }
}

fn respell(sources: &Sources, keyword: &str, value: &mut Node, context: &mut NodeContext<'_>) {
    if !matches!(value.value, Value::Number(_) | Value::Bool(_)) {
        return;
    }
    let written = sources.slice(value.span).trim();
    // The spans of aliases and overlays do not spell the value.
    let spells =
        !written.is_empty() && written.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let text = if spells { written.to_owned() } else { value.to_json().to_string() };
    let message = format!("the value `{text}` in `{keyword}` is not of type `string`");
    let code = if keyword == "default" { &codes::DEFAULT_DOES_NOT_FIT } else { &codes::ENUM_VALUE_OF_OTHER_TYPE };
    let help = format!("it is read as the string {text:?}; quote it");
    context.report(Diagnostic::new(code, &*value, message).note().help(help));
    value.value = Value::String(text);
}
