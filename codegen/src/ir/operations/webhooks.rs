//! Turns webhooks and callbacks into operations that the API calls on the application.
//!
//! **Invariant:** the application chooses their paths. The document has only a name, which two of
//! them may share.

use std::collections::BTreeSet;

use super::{Chosen, Direction, OperationBuilder};
use crate::ir::model::{FunctionName, PathTemplate, Segment, SegmentPiece, Webhook, Webhooks};
use crate::ir::naming::Scope;
use crate::ir::security::Security;

impl<'d> OperationBuilder<'d, '_> {
    /// Webhooks, and the callbacks of the chosen operations; `stem` is the name of the API.
    pub fn webhooks(
        &mut self,
        chosen: &'d [(&'d str, Chosen<'d>)],
        security: &mut Security<'_>,
        stem: &str,
    ) -> Option<Webhooks> {
        self.direction = Direction::FromApi;
        let mut items = Vec::with_capacity(chosen.len());
        let mut paths = BTreeSet::new();
        let mut endpoints = Endpoints::of(chosen);
        for (wire, one) in chosen {
            let Ok(alternatives) = security.of_webhook(one.found.node, &one.found.pointer, self.out) else { continue };
            let mut operation = self.operation(one, alternatives);
            let is_first = paths.insert((operation.method.0.clone(), (*wire).to_owned()));
            operation.path = path(one.found.key, if is_first { wire } else { &one.id });
            items.push(Webhook { wire: (*wire).to_owned(), endpoint: endpoints.name(wire, one), operation });
        }
        let naming = self.naming();
        let mut name = |part: &str| naming.type_name(&format!("{stem}-{part}"), &["Calls"]);
        (!items.is_empty()).then(|| Webhooks {
            receiver: name("webhooks"),
            sender: name("sender"),
            sender_builder: name("sender-builder"),
            items,
        })
    }
}

/// The path of a webhook in a router of all webhooks: its name.
fn path(key: &str, name: &str) -> PathTemplate {
    let segments = name.trim_start_matches('/').split('/').map(|text| Segment {
        pieces: if text.is_empty() { Vec::new() } else { vec![SegmentPiece::Literal(text.to_owned())] },
    });
    PathTemplate { raw: key.to_owned(), segments: segments.collect(), query: Vec::new() }
}

/// Names of the functions that receive path items.
struct Endpoints {
    scope: Scope,
    /// Path items of several methods, each with its name once one of the methods is built.
    shared: Vec<(String, Option<FunctionName>)>,
}

impl Endpoints {
    fn of(chosen: &[(&str, Chosen<'_>)]) -> Self {
        let (mut seen, mut shared) = (BTreeSet::new(), BTreeSet::new());
        for item in chosen.iter().map(|(_, one)| item(one)) {
            if !seen.insert(item) {
                shared.insert(item);
            }
        }
        Self { scope: Scope::new(), shared: shared.into_iter().map(|item| (item.to_owned(), None)).collect() }
    }

    /// The name of an operation's function: its own, or that of its path item if several operations
    /// share it.
    fn name(&mut self, wire: &str, one: &Chosen<'_>) -> FunctionName {
        let item = item(one);
        let Some((_, known)) = self.shared.iter_mut().find(|(known, _)| known == item) else {
            return self.scope.function(&one.id);
        };
        known.get_or_insert_with(|| self.scope.function(wire)).clone()
    }
}

/// JSON Pointer of the path item of an operation.
fn item<'a>(one: &'a Chosen<'_>) -> &'a str {
    let (item, _) = one.found.pointer.rsplit_once('/').unwrap_or_default();
    item.strip_suffix("/additionalOperations").unwrap_or(item)
}
