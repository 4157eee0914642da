//! Matches the operations of both documents and compares the matching ones.
//!
//! Two paths match even if the names of their variables differ.

use std::collections::BTreeMap;

use super::change::{Change, Reach};
use super::comparison::Comparison;
use super::lifecycle::{self, Sunset};
use super::operation_pair::OperationPair;
use super::{bodies, parameters, responses, security, servers};
use crate::drift::model::{ChangeSite, Located, Operation, Revision, of_item, operations, show, webhooks};
use crate::openapi::operations::template;

/// Compares everything under `paths`.
pub(super) fn compare_paths(comparison: &mut Comparison<'_>) {
    let (old, new) = (operations(comparison.old), operations(comparison.new));
    compare_lists(comparison, &old, &new, false);
}

/// Compares the webhooks.
pub(super) fn compare_webhooks(comparison: &mut Comparison<'_>) {
    let (old, new) = (webhooks(comparison.old), webhooks(comparison.new));
    let (old_root, new_root) = (comparison.old.root(), comparison.new.root());
    for (name, at, operations) in &old {
        if let Some((_, _, others)) = new.iter().find(|(other, ..)| other == name) {
            compare_lists(comparison, operations, others, true);
        } else {
            let site = ChangeSite::removed(at, &new_root.child_or_self("webhooks"));
            comparison.report(
                Reach::Document,
                Change::new("webhook-removed", site, *name, format!("the webhook `{name}` was removed")),
            );
        }
    }
    for (name, at, _) in new.iter().filter(|(name, ..)| !old.iter().any(|(other, ..)| other == name)) {
        let site = ChangeSite::both(&old_root.child_or_self("webhooks"), at);
        comparison.report(
            Reach::Document,
            Change::new("webhook-added", site, *name, format!("the webhook `{name}` was added")),
        );
    }
}

/// Compares two lists of operations.
fn compare_lists<'d>(comparison: &mut Comparison<'d>, old: &[Operation<'d>], new: &[Operation<'d>], flipped: bool) {
    let mut partners = Unmatched::new(new);
    for operation in old {
        let index = comparison.operation(operation);
        match partners.take(operation) {
            Some(partner) => {
                let pair = OperationPair { index, old: operation, new: partner, flipped };
                compare_operation(comparison, &pair);
            }
            None => report_removed(comparison, index, operation, new),
        }
    }
    for operation in partners.left() {
        let index = comparison.operation(operation);
        let root = comparison.old.root().child_or_self("paths");
        let site = ChangeSite::both(&root, &operation.at);
        let change =
            Change::new("endpoint-added", site, operation.label(), format!("`{}` was added", operation.label()));
        comparison.report(Reach::Operation(index), change);
    }
}

/// The operations of the new document that have no match yet.
struct Unmatched<'c, 'd> {
    operations: Vec<(&'c Operation<'d>, bool)>,
    by_template: BTreeMap<(String, &'c str), Vec<usize>>,
}

impl<'c, 'd> Unmatched<'c, 'd> {
    fn new(new: &'c [Operation<'d>]) -> Self {
        let mut by_template: BTreeMap<(String, &'c str), Vec<usize>> = BTreeMap::new();
        for (index, operation) in new.iter().enumerate() {
            let key = (template(operation.path).0, operation.method.as_str());
            by_template.entry(key).or_default().push(index);
        }
        Self { operations: new.iter().map(|operation| (operation, false)).collect(), by_template }
    }

    /// The operation with an equal path, or else the one whose path differs only in the names of
    /// variables.
    fn take(&mut self, old: &Operation<'d>) -> Option<&'c Operation<'d>> {
        let candidates = self.by_template.get(&(template(old.path).0, old.method.as_str()))?;
        let free =
            candidates.iter().copied().filter(|index| self.operations.get(*index).is_some_and(|(_, taken)| !taken));
        let free: Vec<usize> = free.collect();
        let same = free.iter().find(|index| self.operations.get(**index).is_some_and(|(new, _)| new.path == old.path));
        let index = same.or(free.first()).copied()?;
        let (operation, taken) = self.operations.get_mut(index)?;
        *taken = true;
        Some(operation)
    }

    fn left(self) -> impl Iterator<Item = &'c Operation<'d>> {
        self.operations.into_iter().filter(|(_, taken)| !taken).map(|(operation, _)| operation)
    }
}

fn report_removed<'d>(comparison: &mut Comparison<'d>, index: usize, old: &Operation<'d>, new: &[Operation<'d>]) {
    let plain = template(old.path).0;
    let path_left = new.iter().find(|other| template(other.path).0 == plain);
    let kind = if path_left.is_some() { "api" } else { "api-path" };
    let (end, when) = match lifecycle::sunset(&old.at) {
        _ if !old.at.flag("deprecated") => ("removed-without-deprecation", "without deprecation".to_owned()),
        Sunset::None => ("removed-with-deprecation", "after deprecation".to_owned()),
        Sunset::Unreadable(text) => ("sunset-parse", format!("with the invalid sunset date `{text}`")),
        Sunset::On(date) if comparison.options.today.is_some_and(|today| today < date) => {
            ("removed-before-sunset", format!("before its sunset on {date}"))
        }
        Sunset::On(date) => ("removed-with-deprecation", format!("after its sunset on {date}")),
    };
    let id = if end == "sunset-parse" { "api-path-sunset-parse".to_owned() } else { format!("{kind}-{end}") };
    let holder = path_left.map_or_else(|| comparison.new.root().child_or_self("paths"), |other| other.item.clone());
    let site = ChangeSite::removed(&old.at, &holder);
    let change = Change::new(id, site, old.label(), format!("`{}` was removed {when}", old.label()));
    comparison.report(Reach::Operation(index), change);
}

fn compare_operation<'d>(comparison: &mut Comparison<'d>, pair: &OperationPair<'_, 'd>) {
    compare_identifier(comparison, pair);
    compare_tags(comparison, pair);
    lifecycle::compare_operation(comparison, pair);
    parameters::compare(comparison, pair);
    bodies::compare_request(comparison, pair);
    responses::compare(comparison, pair);
    if !pair.flipped {
        security::compare_operation(comparison, pair);
        servers::compare_operation(comparison, pair);
        compare_callbacks(comparison, pair);
    }
}

fn compare_identifier<'d>(comparison: &mut Comparison<'d>, pair: &OperationPair<'_, 'd>) {
    let (old, new) = (pair.old.at.text("operationId"), pair.new.at.text("operationId"));
    let site = ChangeSite::both(&pair.old.at.child_or_self("operationId"), &pair.new.at.child_or_self("operationId"));
    let label = pair.new.label();
    let (id, message) = match (old, new) {
        (Some(old), Some(new)) if old != new => {
            ("api-operation-id-removed", format!("the `operationId` of `{label}` changed from `{old}` to `{new}`"))
        }
        (Some(old), None) => {
            ("api-operation-id-removed", format!("the `operationId` `{old}` of `{label}` was removed"))
        }
        (None, Some(new)) => ("api-operation-id-added", format!("the `operationId` `{new}` of `{label}` was added")),
        _ => return,
    };
    let detail = format!("{}>{}", old.unwrap_or_default(), new.unwrap_or_default());
    comparison.report(Reach::Operation(pair.index), Change::new(id, site, detail, message));
}

fn compare_tags<'d>(comparison: &mut Comparison<'d>, pair: &OperationPair<'_, 'd>) {
    let tags = |at: &Located<'d>| at.child("tags").map(|tags| tags.members()).unwrap_or_default();
    let (old, new) = (tags(&pair.old.at), tags(&pair.new.at));
    let label = pair.new.label();
    for (these, others, id, verb) in
        [(&old, &new, "api-tag-removed", "was removed"), (&new, &old, "api-tag-added", "was added")]
    {
        for tag in these.iter().filter(|tag| !others.iter().any(|other| other.node == tag.node)) {
            let site = if id == "api-tag-removed" {
                ChangeSite::removed(tag, &pair.new.at.child_or_self("tags"))
            } else {
                ChangeSite::both(&pair.old.at.child_or_self("tags"), tag)
            };
            let text = show(tag.node);
            let change = Change::new(id, site, text.clone(), format!("the tag `{text}` of `{label}` {verb}"));
            comparison.report(Reach::Operation(pair.index), change);
        }
    }
}

/// Compares the callbacks of an operation.
fn compare_callbacks<'d>(comparison: &mut Comparison<'d>, pair: &OperationPair<'_, 'd>) {
    let (old_at, new_at) = (&pair.old.at, &pair.new.at);
    let old = callbacks(comparison.old, old_at);
    let new = callbacks(comparison.new, new_at);
    let label = pair.new.label();
    for (name, at, operations) in &old {
        if let Some((_, _, others)) = new.iter().find(|(other, ..)| other == name) {
            compare_lists(comparison, operations, others, true);
        } else {
            let site = ChangeSite::removed(at, &new_at.child_or_self("callbacks"));
            let change = Change::new(
                "callback-removed",
                site,
                name.clone(),
                format!("the callback `{name}` of `{label}` was removed"),
            );
            comparison.report(Reach::Operation(pair.index), change);
        }
    }
    for (name, at, _) in new.iter().filter(|(name, ..)| !old.iter().any(|(other, ..)| other == name)) {
        let site = ChangeSite::both(&old_at.child_or_self("callbacks"), at);
        let change =
            Change::new("callback-added", site, name.clone(), format!("the callback `{name}` of `{label}` was added"));
        comparison.report(Reach::Operation(pair.index), change);
    }
}

/// The name, node and operations of a callback.
type Callback<'d> = (String, Located<'d>, Vec<Operation<'d>>);

fn callbacks<'d>(revision: Revision<'d>, at: &Located<'d>) -> Vec<Callback<'d>> {
    let all = at.child("callbacks").map(|map| map.entries()).unwrap_or_default();
    let mut found = Vec::new();
    for (name, callback) in all {
        let items = revision.follow(callback).map(|callback| callback.entries()).unwrap_or_default();
        for (expression, item) in items.into_iter().filter(|(expression, _)| !expression.starts_with("x-")) {
            found.push((format!("{name} {expression}"), item.clone(), of_item(revision, expression, item)));
        }
    }
    found
}
