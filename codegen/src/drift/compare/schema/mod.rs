//! Compares two schemas, one keyword family per file.
//!
//! **Invariant:** nothing here recurses; nested schemas are queued.

mod arrays;
mod bounds;
mod composition;
mod conditions;
mod discriminator;
mod lists;
mod members;
mod objects;
mod properties;
mod types;
mod values;
mod xml;

use super::comparison::Comparison;
use super::schema_pair::{SchemaPair, Writing};
use crate::drift::model::Schema;

/// Compares all queued schemas and those below them.
pub(super) fn compare_queued(comparison: &mut Comparison<'_>) {
    while let Some(pair) = comparison.pairs.next() {
        // Most schemas stay as they are.
        if pair.context.writing == Writing::Xml || !pair.old.is_copied_to(&pair.new) {
            compare(comparison, &aligned(pair));
        }
    }
}

/// Brings both schemas to one form where they differ in how they use `allOf`.
fn aligned(mut pair: SchemaPair<'_>) -> SchemaPair<'_> {
    let without = |schema: &Schema<'_>| schema.composition("allOf").is_empty();
    if let Some(old) = pair.old.beside_reference(&pair.new) {
        pair.old = old;
    } else if let Some(new) = pair.new.beside_reference(&pair.old) {
        pair.new = new;
    } else {
        match (pair.old.peeled(), pair.new.peeled()) {
            (Some(old), Some(new)) => (pair.old, pair.new) = (old, new),
            (Some(old), None) if without(&pair.new) => pair.old = old,
            (None, Some(new)) if without(&pair.old) => pair.new = new,
            _ => {}
        }
    }
    let (old, new) = (pair.old.hoisted_like(&pair.new), pair.new.hoisted_like(&pair.old));
    let (old, new) = Schema::distributed_alike(old, new);
    (pair.old, pair.new) = listed(old, new);
    pair
}

/// Views a union of constants as a list of values, unless the other schema is a union of its kind.
fn listed<'d>(old: Schema<'d>, new: Schema<'d>) -> (Schema<'d>, Schema<'d>) {
    let kind = |schema: &Schema<'d>| schema.union().map(|(key, _)| key);
    match (kind(&old), kind(&new)) {
        (Some(_), None) => (old.as_list().unwrap_or(old), new),
        (None, Some(_)) => {
            let list = new.as_list();
            (old, list.unwrap_or(new))
        }
        (Some(one), Some(other)) if one != other => match (old.as_list(), new.as_list()) {
            (Some(old), Some(new)) => (old, new),
            _ => (old, new),
        },
        _ => (old, new),
    }
}

fn compare<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    if composition::compare_wrapping(comparison, pair) {
        return;
    }
    types::compare_null(comparison, pair);
    xml::compare(comparison, pair);
    if lists::compare(comparison, pair) {
        return values::compare_default(comparison, pair);
    }
    if composition::compare_extended(comparison, pair) {
        return values::compare_default(comparison, pair);
    }
    let related = types::compare(comparison, pair);
    values::compare(comparison, pair);
    discriminator::compare(comparison, pair);
    conditions::compare(comparison, pair);
    // Keywords of an object do not apply to a number.
    if related {
        bounds::compare(comparison, pair);
        let merged = composition::compare(comparison, pair);
        properties::compare(comparison, pair, &merged);
        objects::compare(comparison, pair);
        arrays::compare(comparison, pair);
    }
}
