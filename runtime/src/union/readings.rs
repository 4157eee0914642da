//! Reads a value as every member of a union whose shape it has. The first one may violate constraints
//! that another one does not have.

use serde_json::Value;

use super::{Alternatives, MemberValue, Tag, Tagged, Union, budget, by_tag, candidates};
use crate::budget::Text;

/// A value as each member whose shape it has, best first; none if a tag selects the member. The
/// budget of the request may end the list early.
pub(crate) fn readings<U: Union>(value: &Value) -> Vec<U> {
    let order = candidates(value, U::MEMBERS.iter().map(|member| &member.probe));
    let read = |index: usize, value| U::MEMBERS.get(index).and_then(|member| (member.read)(value).ok());
    read_each(value, &U::TAG, order, &read)
}

/// As for [`read_among`](super::read_among), a value as each member whose shape it has, best first; none if a tag selects
/// the member. The budget of the request may end the list early.
pub fn readings_among<U>(
    value: &Value,
    alternatives: Alternatives,
    member: &dyn Fn(usize, MemberValue) -> Option<U>,
) -> Vec<U> {
    let order = candidates(value, alternatives.members.iter().map(|(_, probe)| probe));
    read_each(value, &alternatives.tag, order, member)
}

fn read_each<U>(
    value: &Value,
    tag: &Tag,
    order: Vec<usize>,
    member: &dyn Fn(usize, MemberValue) -> Option<U>,
) -> Vec<U> {
    if !matches!(by_tag(value, tag), Tagged::Unknown) {
        return Vec::new();
    }
    // The value is part of a text that has added its pieces.
    let _text = Text::of(0);
    let paid = order.into_iter().take_while(|_| budget::pays_for(value));
    paid.filter_map(|index| member(index, MemberValue::of_request(value.clone()))).collect()
}
