//! Removes the path and the method from an `operationId` to which a framework has appended them:
//! `read_item_items__item_id__get` → `read_item`.
//!
//! **Invariant:** a stripped ID depends only on its own operation. If two are equal, the later one
//! in the order of pointers keeps its full ID, with a diagnostic.

use std::collections::BTreeMap;

use super::Found;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::Span;

/// The rest of an ID; `None` if the ID does not end in its path and method.
pub(super) fn stripped<'i>(id: &'i str, method: &str, path: &str) -> Option<&'i str> {
    let word = |c: char| if c.is_alphanumeric() || c == '_' { c } else { '_' };
    let path: String = path.chars().map(word).collect();
    let suffix = format!("{path}_{}", method.to_lowercase());
    id.strip_suffix(suffix.as_str()).filter(|rest| !rest.is_empty())
}

/// Proposes the choice if most IDs end in their path and method.
pub(super) fn propose(operations: &[&Found<'_>], out: &mut Diagnostics) {
    let mut stripped = operations.iter().filter_map(|found| {
        let id = found.node.get("operationId")?.as_str()?;
        Some((found, id, self::stripped(id, &found.method, found.key)?))
    });
    let Some((first, id, short)) = stripped.next() else { return };
    if (stripped.count() + 1) * 2 <= operations.len() {
        return;
    }
    let help = format!("`[operations]` with `strip_paths = true` in `provider.toml` makes `{short}` of `{id}`");
    let message = "the ids of operations end in their paths and methods";
    let span = first.node.get("operationId").map_or(first.key_span, |node| node.span);
    out.report(Diagnostic::new(&codes::PATH_IN_ID, span, message).at(&*first.pointer).help(help));
}

/// The IDs that stripping has assigned, each with its operation.
#[derive(Debug, Default)]
pub(super) struct Taken(BTreeMap<String, Span>);

impl Taken {
    /// Takes a stripped ID, unless another operation has it.
    pub(super) fn take(&mut self, short: &str, id: &str, span: Span, pointer: &str, out: &mut Diagnostics) -> bool {
        let Some(first) = self.0.get(short) else {
            self.0.insert(short.to_owned(), span);
            return true;
        };
        let message = format!("two operations are `{short}` without their paths; this one keeps `{id}`");
        let help = format!("choose a name in `provider.toml`: `[operations.rename]` with `\"{id}\" = \"…\"`");
        let diagnostic = Diagnostic::new(&codes::NAME_COLLISION, span, message).at(pointer).help(help);
        out.report(diagnostic.label(*first, "the other one"));
        false
    }
}

#[cfg(test)]
mod tests {
    use super::stripped;

    #[test]
    fn an_id_loses_its_own_path_and_method() {
        assert_eq!(stripped("read_item_items__item_id__get", "GET", "/items/{item_id}"), Some("read_item"));
        assert_eq!(stripped("root__get", "GET", "/"), Some("root"));
        assert_eq!(stripped("list_api_v1_a_b_get", "GET", "/api/v1/a-b"), Some("list"));
        assert_eq!(stripped("items_get", "GET", "/items"), None);
        assert_eq!(stripped("_items_get", "GET", "/items"), None);
        assert_eq!(stripped("read_item", "GET", "/items"), None);
    }
}
