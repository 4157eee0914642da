//! The constraints of the intermediate representation → those of the runtime, which are static.

use serde_json::Number;
use specwright_codegen::ir::model::{self as ir, Shape, TypeTable, TypeUse};
use specwright_runtime::validation::{Assertion, Bound, Constraints};

use crate::leak::{leak, leak_all, leak_text, leak_texts};

/// The maximum depth to which lists of lists, maps of maps and aliases are followed, as in
/// generated code.
const DEPTH: usize = 16;

/// Makes the constraints for the uses of types.
#[derive(Clone, Copy, Debug)]
pub struct ConstraintTable<'t> {
    types: &'t TypeTable,
}

impl<'t> ConstraintTable<'t> {
    /// The constraints of the types of an API.
    #[must_use]
    pub fn new(types: &'t TypeTable) -> Self {
        Self { types }
    }

    /// The constraints that a use sets on a value and its items.
    #[must_use]
    pub fn of(self, ty: &TypeUse) -> &'static Constraints {
        self.within(ty, DEPTH).unwrap_or(&Constraints::NONE)
    }

    fn within(self, ty: &TypeUse, depth: usize) -> Option<&'static Constraints> {
        let depth = depth.checked_sub(1)?;
        let mut found = plain(&self.types.merged_rules(ty));
        match self.types.resolved(&ty.shape) {
            Shape::List(item) => found.items = self.within(item, depth),
            Shape::Map(value, _) => found.values = self.within(value, depth),
            Shape::Tuple(items) => {
                let items: Vec<_> = items.iter().map(|item| self.within(item, depth)).collect();
                if items.iter().any(Option::is_some) {
                    found.prefix = leak_all(items.into_iter().map(|item| item.unwrap_or(&Constraints::NONE)).collect());
                }
            }
            Shape::Named(_) | Shape::Scalar(_) | Shape::Any => {}
        }
        (found != Constraints::NONE).then(|| leak(found))
    }
}

/// Constraints on a value without items.
pub(super) fn plain(constraints: &ir::Constraints) -> Constraints {
    Constraints {
        min_length: constraints.min_length,
        max_length: constraints.max_length,
        pattern: constraints.pattern.as_deref().map(leak_text),
        minimum: constraints.minimum.as_ref().map(bound),
        maximum: constraints.maximum.as_ref().map(bound),
        exclusive_minimum: constraints.exclusive_minimum.as_ref().map(bound),
        exclusive_maximum: constraints.exclusive_maximum.as_ref().map(bound),
        multiple_of: constraints.multiple_of.as_ref().map(bound),
        min_items: constraints.min_items,
        max_items: constraints.max_items,
        unique_items: constraints.unique_items,
        min_properties: constraints.min_properties,
        max_properties: constraints.max_properties,
        allowed: leak_all(constraints.allowed.iter().map(|value| leak_text(&value.to_string())).collect()),
        assertions: assertions(&constraints.assertions),
        ..Constraints::NONE
    }
}

/// Assertions in the form that the runtime takes. All of a list must hold.
pub(super) fn assertions(all: &[ir::Assertion]) -> &'static [Assertion] {
    leak_all(all.iter().map(assertion).collect())
}

fn assertion(one: &ir::Assertion) -> Assertion {
    let keyed = |all: &[(String, Vec<ir::Assertion>)]| {
        leak_all(all.iter().map(|(key, each)| (leak_text(key), assertions(each))).collect::<Vec<_>>())
    };
    let lists = |all: &[Vec<ir::Assertion>]| leak_all(all.iter().map(|each| assertions(each)).collect::<Vec<_>>());
    match one {
        ir::Assertion::Types(names) => Assertion::Types(leak_texts(names)),
        ir::Assertion::Limits(constraints) => Assertion::Limits(leak(plain(constraints))),
        ir::Assertion::Required(keys) => Assertion::Required(leak_texts(keys)),
        ir::Assertion::Properties(schemas) => Assertion::Properties(keyed(schemas)),
        ir::Assertion::Patterns { pairs, known, rest } => {
            Assertion::Patterns { pairs: keyed(pairs), known: leak_texts(known), rest: assertions(rest) }
        }
        ir::Assertion::Names(names) => Assertion::Names(assertions(names)),
        ir::Assertion::Prefix(items) => Assertion::Prefix(lists(items)),
        ir::Assertion::Items(start, items) => Assertion::Items(*start, assertions(items)),
        ir::Assertion::Contains(item, least, most) => {
            let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
            Assertion::Contains(assertions(item), count(*least), most.map_or(usize::MAX, count))
        }
        ir::Assertion::Any(members) => Assertion::Any(lists(members)),
        ir::Assertion::One(members) => Assertion::One(lists(members)),
        ir::Assertion::Not(schema) => Assertion::Not(assertions(schema)),
        ir::Assertion::If(condition, then, otherwise) => {
            Assertion::If(assertions(condition), assertions(then), assertions(otherwise))
        }
        ir::Assertion::Dependent(schemas) => Assertion::Dependent(keyed(schemas)),
        ir::Assertion::Never => Assertion::Never,
    }
}

fn bound(number: &Number) -> Bound {
    match number.as_i128() {
        Some(whole) => Bound::Integer(whole),
        None => Bound::Float(number.as_f64().filter(|float| float.is_finite()).unwrap_or_default()),
    }
}
