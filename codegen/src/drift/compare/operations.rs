//! Matches the operations of both documents and compares those that are on both sides.
//!
//! Paths are the same when they differ in the names of variables only.

use std::collections::BTreeMap;

use super::change::{Change, Reach};
use super::comparison::Comparison;
use super::lifecycle::{self, Sunset};
use super::operation_pair::Exchange;
use super::{bodies, parameters, responses, security};
use crate::drift::model::{Located, Operation, Side, Spot, of_item, operations, show, template, webhooks};

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
            let spot = Spot::removed(at, &new_root.child_or_self("webhooks"));
            comparison.report(
                Reach::Nowhere,
                Change::new("webhook-removed", spot, *name, format!("the webhook `{name}` is gone")),
            );
        }
    }
    for (name, at, _) in new.iter().filter(|(name, ..)| !old.iter().any(|(other, ..)| other == name)) {
        let spot = Spot::both(&old_root.child_or_self("webhooks"), at);
        comparison
            .report(Reach::Nowhere, Change::new("webhook-added", spot, *name, format!("the webhook `{name}` is new")));
    }
}

/// Compares two lists of operations.
fn compare_lists<'d>(comparison: &mut Comparison<'d>, old: &[Operation<'d>], new: &[Operation<'d>], flipped: bool) {
    let mut partners = Partners::new(new);
    for operation in old {
        let index = comparison.operation(operation);
        match partners.take(operation) {
            Some(partner) => {
                let exchange = Exchange { index, old: operation, new: partner, flipped };
                compare_operation(comparison, &exchange);
            }
            None => report_removed(comparison, index, operation, new),
        }
    }
    for operation in partners.left() {
        let index = comparison.operation(operation);
        let root = comparison.old.root().child_or_self("paths");
        let spot = Spot::both(&root, &operation.at);
        let change = Change::new("endpoint-added", spot, operation.label(), format!("`{}` is new", operation.label()));
        comparison.report(Reach::Operation(index), change);
    }
}

/// The operations of the new document that have not found their old one.
struct Partners<'c, 'd> {
    operations: Vec<(&'c Operation<'d>, bool)>,
    by_template: BTreeMap<(String, &'c str), Vec<usize>>,
}

impl<'c, 'd> Partners<'c, 'd> {
    fn new(new: &'c [Operation<'d>]) -> Self {
        let mut by_template: BTreeMap<(String, &'c str), Vec<usize>> = BTreeMap::new();
        for (index, operation) in new.iter().enumerate() {
            let key = (template(operation.path).0, operation.method.as_str());
            by_template.entry(key).or_default().push(index);
        }
        Self { operations: new.iter().map(|operation| (operation, false)).collect(), by_template }
    }

    /// The operation with the same path, or else the one whose variables only are named otherwise.
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
    let (end, why) = match lifecycle::sunset(&old.at) {
        _ if !old.at.flag("deprecated") => ("removed-without-deprecation", "was not deprecated".to_owned()),
        Sunset::None => ("removed-with-deprecation", "was deprecated".to_owned()),
        Sunset::Unreadable(text) => ("sunset-parse", format!("has a sunset date that can't be read: `{text}`")),
        Sunset::On(date) if comparison.options.today.is_some_and(|today| today < date) => {
            ("removed-before-sunset", format!("was to stay until {date}"))
        }
        Sunset::On(date) => ("removed-with-deprecation", format!("was deprecated until {date}")),
    };
    let id = if end == "sunset-parse" { "api-path-sunset-parse".to_owned() } else { format!("{kind}-{end}") };
    let holder = path_left.map_or_else(|| comparison.new.root().child_or_self("paths"), |other| other.item.clone());
    let spot = Spot::removed(&old.at, &holder);
    let change = Change::new(id, spot, old.label(), format!("`{}` is gone; it {why}", old.label()));
    comparison.report(Reach::Operation(index), change);
}

fn compare_operation<'d>(comparison: &mut Comparison<'d>, exchange: &Exchange<'_, 'd>) {
    compare_identifier(comparison, exchange);
    compare_tags(comparison, exchange);
    lifecycle::compare_operation(comparison, exchange);
    parameters::compare(comparison, exchange);
    bodies::compare_request(comparison, exchange);
    responses::compare(comparison, exchange);
    if !exchange.flipped {
        security::compare_operation(comparison, exchange);
        compare_callbacks(comparison, exchange);
    }
}

fn compare_identifier<'d>(comparison: &mut Comparison<'d>, exchange: &Exchange<'_, 'd>) {
    let (old, new) = (exchange.old.at.text("operationId"), exchange.new.at.text("operationId"));
    let spot = Spot::both(&exchange.old.at.child_or_self("operationId"), &exchange.new.at.child_or_self("operationId"));
    let label = exchange.new.label();
    let (id, message) = match (old, new) {
        (Some(old), Some(new)) if old != new => {
            ("api-operation-id-removed", format!("the `operationId` of `{label}` is `{new}`, it was `{old}`"))
        }
        (Some(old), None) => {
            ("api-operation-id-removed", format!("`{label}` has no `operationId` any more, it was `{old}`"))
        }
        (None, Some(new)) => {
            ("api-operation-id-added", format!("the `operationId` of `{label}` is `{new}`, it had none"))
        }
        _ => return,
    };
    let detail = format!("{}>{}", old.unwrap_or_default(), new.unwrap_or_default());
    comparison.report(Reach::Operation(exchange.index), Change::new(id, spot, detail, message));
}

fn compare_tags<'d>(comparison: &mut Comparison<'d>, exchange: &Exchange<'_, 'd>) {
    let tags = |at: &Located<'d>| at.child("tags").map(|tags| tags.members()).unwrap_or_default();
    let (old, new) = (tags(&exchange.old.at), tags(&exchange.new.at));
    let label = exchange.new.label();
    for (these, others, id, said) in
        [(&old, &new, "api-tag-removed", "is gone"), (&new, &old, "api-tag-added", "is new")]
    {
        for tag in these.iter().filter(|tag| !others.iter().any(|other| other.node == tag.node)) {
            let spot = if id == "api-tag-removed" {
                Spot::removed(tag, &exchange.new.at.child_or_self("tags"))
            } else {
                Spot::both(&exchange.old.at.child_or_self("tags"), tag)
            };
            let text = show(tag.node);
            let change = Change::new(id, spot, text.clone(), format!("the tag `{text}` of `{label}` {said}"));
            comparison.report(Reach::Operation(exchange.index), change);
        }
    }
}

/// Compares the callbacks of an operation.
fn compare_callbacks<'d>(comparison: &mut Comparison<'d>, exchange: &Exchange<'_, 'd>) {
    let (old_at, new_at) = (&exchange.old.at, &exchange.new.at);
    let old = callbacks(comparison.old, old_at);
    let new = callbacks(comparison.new, new_at);
    let label = exchange.new.label();
    for (name, at, operations) in &old {
        if let Some((_, _, others)) = new.iter().find(|(other, ..)| other == name) {
            compare_lists(comparison, operations, others, true);
        } else {
            let spot = Spot::removed(at, &new_at.child_or_self("callbacks"));
            let change = Change::new(
                "callback-removed",
                spot,
                name.clone(),
                format!("the callback `{name}` of `{label}` is gone"),
            );
            comparison.report(Reach::Operation(exchange.index), change);
        }
    }
    for (name, at, _) in new.iter().filter(|(name, ..)| !old.iter().any(|(other, ..)| other == name)) {
        let spot = Spot::both(&old_at.child_or_self("callbacks"), at);
        let change =
            Change::new("callback-added", spot, name.clone(), format!("the callback `{name}` of `{label}` is new"));
        comparison.report(Reach::Operation(exchange.index), change);
    }
}

/// Name, place and operations of a callback.
type Callback<'d> = (String, Located<'d>, Vec<Operation<'d>>);

fn callbacks<'d>(side: Side<'d>, at: &Located<'d>) -> Vec<Callback<'d>> {
    let all = at.child("callbacks").map(|map| map.entries()).unwrap_or_default();
    let mut found = Vec::new();
    for (name, callback) in all {
        let items = side.follow(callback).map(|callback| callback.entries()).unwrap_or_default();
        for (expression, item) in items.into_iter().filter(|(expression, _)| !expression.starts_with("x-")) {
            found.push((format!("{name} {expression}"), item.clone(), of_item(side, expression, item)));
        }
    }
    found
}
