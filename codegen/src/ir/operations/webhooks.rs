//! Turns webhooks and callbacks into operations that the API calls on the application.
//!
//! **Invariant:** the application chooses their paths. The document has only names, and two of them
//! may have the same one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Chosen, Direction, OperationBuilder};
use crate::ir::model::{FunctionName, PathTemplate, Segment, SegmentPiece, Webhook, Webhooks};
use crate::ir::naming::Scope;
use crate::ir::security::Security;

impl<'d> OperationBuilder<'d, '_> {
    /// Webhooks, and the callbacks of the chosen operations. `stem` is the name of the API.
    pub fn webhooks(
        &mut self,
        chosen: &'d [(&'d str, Chosen<'d>)],
        security: &mut Security<'_>,
        stem: &str,
    ) -> Option<Webhooks> {
        self.direction = Direction::FromApi;
        let mut items = Vec::with_capacity(chosen.len());
        let mut paths = BTreeSet::new();
        let endpoints = Endpoints::of(chosen);
        let names = self.names_of(chosen.iter().map(|(_, one)| one));
        for ((wire, one), names) in chosen.iter().zip(names) {
            let Ok(alternatives) = security.of_webhook(one.found.node, &one.found.pointer, self.out) else { continue };
            let mut operation = self.operation(one, names, alternatives);
            let is_first = paths.insert((operation.method.0.clone(), (*wire).to_owned()));
            operation.path = path(one.found.key, if is_first { wire } else { &one.id });
            items.push(Webhook { wire: (*wire).to_owned(), endpoint: endpoints.name(one), operation });
        }
        let naming = self.naming();
        (!items.is_empty()).then(|| Webhooks {
            receiver: naming.server.type_name(&format!("{stem}-webhooks")),
            sender: naming.client.type_name(&format!("{stem}-sender")),
            sender_builder: naming.client.type_name(&format!("{stem}-sender-builder")),
            signature: None,
            items,
        })
    }
}

/// The path of a webhook in a router of all webhooks, which is its name.
fn path(key: &str, name: &str) -> PathTemplate {
    let segments = name.trim_start_matches('/').split('/').map(|text| Segment {
        pieces: if text.is_empty() { Vec::new() } else { vec![SegmentPiece::Literal(text.to_owned())] },
    });
    PathTemplate { raw: key.to_owned(), segments: segments.collect(), query: Vec::new() }
}

/// Names of the functions that receive path items, by pointer of the item.
struct Endpoints(BTreeMap<String, FunctionName>);

impl Endpoints {
    /// A path item with one method is named after the method's operation. If there are more
    /// methods, a webhook is named as in the document, and a callback is named after the operation
    /// with the smallest ID.
    fn of(chosen: &[(&str, Chosen<'_>)]) -> Self {
        let mut raws: BTreeMap<&str, &str> = BTreeMap::new();
        for (wire, one) in chosen {
            let is_callback = one.found.pointer.starts_with("/paths/");
            let known = raws.entry(item(one));
            known
                .and_modify(|raw| *raw = if is_callback { one.id.as_str().min(*raw) } else { *wire })
                .or_insert(&one.id);
        }
        let (items, raws): (Vec<&str>, Vec<&str>) = raws.into_iter().unzip();
        let names = Scope::new().functions(&raws);
        Self(items.into_iter().map(str::to_owned).zip(names).collect())
    }

    fn name(&self, one: &Chosen<'_>) -> FunctionName {
        self.0.get(item(one)).cloned().unwrap_or_else(|| Scope::new().function(&one.id))
    }
}

/// JSON Pointer of the path item of an operation.
fn item<'a>(one: &'a Chosen<'_>) -> &'a str {
    let (item, _) = one.found.pointer.rsplit_once('/').unwrap_or_default();
    item.strip_suffix("/additionalOperations").unwrap_or(item)
}
