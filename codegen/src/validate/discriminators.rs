//! The property that a discriminator names exists in every member of its union.

use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Document, Node, Value, resolve};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::Kind;

pub(super) fn check(document: &Document, kind: Kind, node: &Node, context: &mut NodeContext<'_>) {
    if kind != Kind::Schema {
        return;
    }
    let Some(discriminator) = node.get("discriminator") else {
        return;
    };
    let Some(name) = discriminator.get("propertyName") else {
        return;
    };
    let Some(property) = name.as_str() else {
        return;
    };
    let mut search = Search { root: &document.root, property, budget: 2_000 };
    let members = |keyword: &str| node.get(keyword).and_then(Node::as_array).unwrap_or_default();
    let own = node.get("properties").and_then(|properties| properties.get(property)).is_some()
        || members("allOf").iter().any(|part| search.has(part, 0));
    let lacking = ["oneOf", "anyOf"].into_iter().flat_map(members).find(|member| !own && !search.has(member, 0));
    if let Some(member) = lacking {
        let message = format!("a member of the union has no property `{property}`, which the discriminator names");
        context.report_at(
            "discriminator",
            Diagnostic::new(&codes::DISCRIMINATOR_WITHOUT_PROPERTY, name, message)
                .label(member.span, "this member")
                .help("add the property to each member, required and with its value as `const`"),
        );
    }
}

/// Whether `null` is the only value: such a member makes the union nullable.
fn is_null(schema: &Node) -> bool {
    let only_null = |list: Option<&Node>| {
        list.and_then(Node::as_array).is_some_and(|list| !list.is_empty() && list.iter().all(Node::is_null))
    };
    let typed =
        schema.get("type").and_then(Node::as_str) == Some("null") || schema.get("const").is_some_and(Node::is_null);
    typed || only_null(schema.get("enum"))
}

struct Search<'d> {
    root: &'d Node,
    property: &'d str,
    budget: u32,
}

impl Search<'_> {
    /// Whether a schema has the property, by itself or by composition. If a schema is too large to
    /// search, the result is `true`.
    fn has(&mut self, schema: &Node, depth: usize) -> bool {
        self.budget = self.budget.saturating_sub(1);
        if self.budget == 0 || depth > 32 || !matches!(schema.value, Value::Object(_)) {
            return true;
        }
        if schema.get("properties").and_then(|properties| properties.get(self.property)).is_some() || is_null(schema) {
            return true;
        }
        if let Some(target) = schema.reference() {
            let root = self.root;
            return resolve(root, target).is_none_or(|target| self.has(target, depth + 1));
        }
        let members = |keyword: &str| schema.get(keyword).and_then(Node::as_array).unwrap_or_default();
        let parts = ["allOf", "oneOf", "anyOf"].into_iter().flat_map(members);
        parts.into_iter().any(|member| self.has(member, depth + 1))
    }
}
