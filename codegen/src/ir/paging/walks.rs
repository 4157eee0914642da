//! Decides how an operation pages, from what is seen in it.

use super::parameters::{first, page_size};
use super::seen::Seen;
use super::words::plain;
use crate::ir::model::{More, PageSize, Walk};

/// A walk, and the values that say where it ends.
pub(super) struct Found {
    pub walk: Walk,
    pub more: Option<More>,
}

/// How an operation pages; `None` if it does not seem to.
pub(super) fn recognised(seen: &Seen<'_>) -> Option<Found> {
    let (_, item) = seen.items()?;
    let parameters = &seen.parameters;
    let is_numbered = parameters.page.is_some() || parameters.offset.is_some();
    by_token(seen)
        .or_else(|| {
            // The number of the item is as good as a token, and needs no identity.
            let last = parameters.last_item.filter(|_| seen.flag().is_some() || !is_numbered)?;
            Some(by_last_item(seen, last, seen.id_of(item)?))
        })
        .or_else(|| {
            let openai = parameters.cursor.filter(|index| name(seen, *index) == "after" && seen.flag().is_some())?;
            Some(by_last_item(seen, openai, seen.id_of(item)?))
        })
        .or_else(|| {
            let next = seen.url().filter(|_| seen.is_get())?;
            Some(Found { walk: Walk::Token { parameter: None, next }, more: seen.flag() })
        })
        .or_else(|| {
            // The body is a list and has no room for a token, so the token can only be in the
            // header.
            let only_header = seen.bare_list().is_some() && parameters.cursor.is_some() && !is_numbered;
            (seen.is_get() && (seen.has_link || only_header)).then_some(Found { walk: Walk::Link, more: None })
        })
        .or_else(|| by_number(seen))
}

fn name(seen: &Seen<'_>, index: usize) -> String {
    seen.operation.parameters.get(index).map(|one| plain(&one.wire)).unwrap_or_default()
}

/// A walk in which a parameter takes the value at a place of the body.
fn by_token(seen: &Seen<'_>) -> Option<Found> {
    let parameters = &seen.parameters;
    let has_offset = parameters.offset.is_some() || parameters.page.is_some();
    let cursor = parameters.cursor.filter(|_| !(parameters.cursor_is_optional && has_offset));
    let of_last = || {
        let takes = parameters.last_item.or(cursor)?;
        Some((takes, seen.last_id().filter(|_| seen.flag().is_some())?))
    };
    let weak = || {
        let index = parameters.weak_cursor.filter(|_| cursor.is_none())?;
        let next = seen.token()?;
        // `page` takes `next_page`, `offset` takes `next_offset` or another `offset`.
        let wanted = name(seen, index);
        let is_next = plain(next.rsplit('/').next().unwrap_or_default()).contains(&wanted);
        is_next.then_some((index, next))
    };
    let (index, next) = cursor.and_then(|cursor| Some((cursor, seen.token()?))).or_else(of_last).or_else(weak)?;
    Some(Found { walk: Walk::Token { parameter: Some(index), next }, more: seen.flag() })
}

fn by_last_item(seen: &Seen<'_>, parameter: usize, property: String) -> Found {
    Found { walk: Walk::LastItem { parameter, property }, more: seen.flag() }
}

/// A walk by numbers of items, which is exact whatever the size of a page is, or else by numbers of
/// pages.
fn by_number(seen: &Seen<'_>) -> Option<Found> {
    by_offset(seen, seen.parameters.offset).or_else(|| by_page(seen, seen.parameters.page))
}

fn by_offset(seen: &Seen<'_>, index: Option<usize>) -> Option<Found> {
    let parameter = index?;
    let usual = u64::from(name(seen, parameter) == "startindex");
    let first = first(seen.types, seen.operation.parameters.get(parameter)?, usual);
    Some(Found { walk: Walk::Offset { parameter, first }, more: seen.more() })
}

fn by_page(seen: &Seen<'_>, index: Option<usize>) -> Option<Found> {
    let parameter = index?;
    let first = first(seen.types, seen.operation.parameters.get(parameter)?, 1);
    Some(Found { walk: Walk::Page { parameter, first }, more: seen.more() })
}

/// A walk of a certain kind, with the parameter and place that are given or else recognised.
pub(super) fn of_kind(
    seen: &Seen<'_>,
    kind: super::Kind,
    parameter: Option<usize>,
    place: Option<String>,
) -> Result<Found, &'static str> {
    let parameters = &seen.parameters;
    let cursor = || parameter.or(parameters.cursor).or(parameters.weak_cursor).ok_or("parameter");
    let walk = match kind {
        super::Kind::Cursor => {
            Walk::Token { parameter: Some(cursor()?), next: place.or_else(|| seen.token()).ok_or("next")? }
        }
        super::Kind::NextUrl => {
            let next = place.or_else(|| seen.url()).or_else(|| seen.token()).ok_or("next")?;
            Walk::Token { parameter: None, next }
        }
        super::Kind::LastItem => {
            let parameter = parameter.or(parameters.last_item).or_else(|| cursor().ok()).ok_or("parameter")?;
            Walk::LastItem { parameter, property: place.unwrap_or_else(|| "/id".to_owned()) }
        }
        super::Kind::Page => return by_page(seen, parameter.or(parameters.page)).ok_or("parameter"),
        super::Kind::Offset => return by_offset(seen, parameter.or(parameters.offset)).ok_or("parameter"),
        super::Kind::Link => Walk::Link,
    };
    Ok(Found { walk, more: seen.flag() })
}

/// The size of pages, with the parameter that is given or else recognised.
pub(super) fn size(seen: &Seen<'_>, walk: &Walk, given: Option<usize>) -> Option<PageSize> {
    let by_offset = matches!(walk, Walk::Offset { .. });
    let index = given.or_else(|| seen.parameters.size(seen.operation, by_offset))?;
    page_size(seen.types, seen.operation, index)
}
