//! The parameters of an operation that concern pages.

use super::places::{self, Holds};
use super::words::{self, plain};
use crate::ir::model::{Location, Operation, PageSize, Parameter, Shape, TypeKind, TypeTable};

/// Query parameters by what they take, as indexes into those of the operation.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    pub cursor: Option<usize>,
    pub weak_cursor: Option<usize>,
    pub last_item: Option<usize>,
    pub page: Option<usize>,
    pub offset: Option<usize>,
    /// Sizes of pages, most specific first.
    sizes: Vec<usize>,
    /// Whether a flag enables tokens, so that they are off without it.
    pub cursor_is_optional: bool,
}

fn is_token(holds: Holds<'_>) -> bool {
    holds.is_token()
}

impl Parameters {
    pub fn of(types: &TypeTable, operation: &Operation) -> Self {
        let query: Vec<(usize, String, Holds<'_>)> = operation
            .parameters
            .iter()
            .enumerate()
            .filter(|(_, one)| matches!(one.location, Location::Query | Location::Header))
            .map(|(index, one)| (index, plain(&one.wire), places::holds(types, &one.ty)))
            .collect();
        let find = |names: &[&str], fits: fn(Holds<'_>) -> bool| -> Option<usize> {
            let ranked = query.iter().filter(|(_, _, holds)| fits(*holds));
            let ranked = ranked.filter_map(|(index, name, _)| Some((words::rank(names, name)?, *index)));
            ranked.min().map(|(_, index)| index)
        };
        let is_number = |holds: Holds<'_>| matches!(holds, Holds::Number);
        let is_text = |holds: Holds<'_>| matches!(holds, Holds::Text | Holds::Any);
        let mut sizes: Vec<(usize, usize)> = query
            .iter()
            .filter(|(_, _, holds)| is_number(*holds))
            .filter_map(|(index, name, _)| Some((words::rank(words::SIZES, name)?, *index)))
            .collect();
        sizes.sort_unstable();
        let has_size = !sizes.is_empty();
        let cursor = find(words::CURSORS, is_token);
        let name = cursor.and_then(|cursor| query.iter().find(|(index, ..)| *index == cursor)).map(|(_, name, _)| name);
        let switch = name.map(|name| format!("use{name}"));
        Self {
            cursor,
            weak_cursor: find(words::WEAK_CURSORS, is_text),
            last_item: find(words::LAST_ITEMS, is_token),
            page: find(words::PAGES, is_number),
            offset: find(words::OFFSETS, is_number)
                .or_else(|| find(words::WEAK_OFFSETS, is_number).filter(|_| has_size)),
            sizes: sizes.into_iter().map(|(_, index)| index).collect(),
            cursor_is_optional: query
                .iter()
                .any(|(_, name, holds)| matches!(holds, Holds::Flag) && switch.as_ref() == Some(name)),
        }
    }

    /// The parameter for the size of a page. A walk by offset prefers the size parameter that
    /// belongs to it.
    pub fn size(&self, operation: &Operation, by_offset: bool) -> Option<usize> {
        let belongs = |index: &&usize| {
            let name = operation.parameters.get(**index).map(|one| plain(&one.wire)).unwrap_or_default();
            words::rank(words::SIZES_OF_OFFSETS, &name).is_some()
        };
        let preferred = self.sizes.iter().find(belongs).filter(|_| by_offset);
        preferred.or_else(|| self.sizes.first()).copied()
    }
}

/// The size of pages that this parameter sets.
pub(super) fn page_size(types: &TypeTable, operation: &Operation, index: usize) -> Option<PageSize> {
    let parameter = operation.parameters.get(index)?;
    let default = parameter.default.as_ref().and_then(serde_json::Value::as_u64).filter(|default| *default > 0);
    Some(PageSize { parameter: index, default, maximum: bound(types, parameter, Bound::Maximum) })
}

/// The number of the first page or item that this parameter takes.
pub(super) fn first(types: &TypeTable, parameter: &Parameter, usual: u64) -> u64 {
    let default = parameter.default.as_ref().and_then(serde_json::Value::as_u64);
    let documented = default.or_else(|| bound(types, parameter, Bound::Minimum)).filter(|first| *first <= 1);
    documented.unwrap_or_else(|| if says_zero(parameter) { 0 } else { usual })
}

/// Whether the text of the document says that numbers start at 0.
fn says_zero(parameter: &Parameter) -> bool {
    let words = [&parameter.doc.summary, &parameter.doc.body].into_iter().flatten();
    words.map(|text| text.to_lowercase()).any(|text| {
        [
            "zero-based",
            "zero based",
            "0-based",
            "0 based",
            "zero-indexed",
            "starts at 0",
            "starting at 0",
            "starting from 0",
        ]
        .iter()
        .any(|phrase| text.contains(phrase))
    })
}

#[derive(Clone, Copy)]
enum Bound {
    Minimum,
    Maximum,
}

/// A documented bound that is a whole number, of the parameter or of its newtype.
fn bound(types: &TypeTable, parameter: &Parameter, which: Bound) -> Option<u64> {
    let newtype = match &parameter.ty.shape {
        Shape::Named(id) => match &types.get(*id).kind {
            TypeKind::Newtype(newtype) => Some(&newtype.inner.constraints),
            _ => None,
        },
        _ => None,
    };
    [Some(&parameter.ty.constraints), newtype].into_iter().flatten().find_map(|constraints| {
        let number = match which {
            Bound::Minimum => &constraints.minimum,
            Bound::Maximum => &constraints.maximum,
        };
        number.as_ref().and_then(serde_json::Number::as_u64)
    })
}
