//! Compares two schemas, one keyword family per file.
//!
//! **Invariant:** nothing here recurses; nested schemas are queued.

mod arrays;
mod bounds;
mod composition;
mod conditions;
mod discriminator;
mod lists;
mod objects;
mod properties;
mod types;
mod values;

use super::comparison::Comparison;
use super::schema_pair::SchemaPair;

/// Compares all queued schemas and those below them.
pub(super) fn compare_queued(comparison: &mut Comparison<'_>) {
    while let Some(pair) = comparison.pairs.next() {
        compare(comparison, &pair);
    }
}

fn compare<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    if composition::compare_wrapping(comparison, pair) {
        return;
    }
    types::compare_null(comparison, pair);
    if lists::compare(comparison, pair) {
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
