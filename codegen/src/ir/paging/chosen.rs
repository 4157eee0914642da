//! Choices about pages, from `provider.toml` and from the extensions of vendors. They are checked
//! against the operation, and completed with what is recognised.

use super::places::{self, Holds};
use super::seen::Seen;
use super::walks::{self, Found};
use super::{Kind, Planned};
use crate::diagnostics::nearest;
use crate::document::pointer;
use crate::ir::model::{Location, More, TypeUse, Walk};

/// A choice of how an operation pages. `T` is text as it was written.
#[derive(Clone, Debug)]
pub(super) struct Choice<T> {
    pub kind: Kind,
    /// The name of the parameter that takes the token or number.
    pub parameter: Option<T>,
    /// The name of the parameter that takes the size of a page.
    pub size: Option<T>,
    /// The pointer to the list of items.
    pub items: Option<T>,
    /// The pointer to the token or URL of the next page, or to the identity in an item.
    pub next: Option<T>,
    /// The pointer to the value that says whether more pages follow.
    pub more: Option<T>,
}

/// Why a choice does not fit, and the wrong text; `None` if something is missing.
pub(super) struct Mismatch<'c, T> {
    pub text: Option<&'c T>,
    pub message: String,
    pub help: String,
}

/// Applies the choice to an operation.
pub(super) fn planned<'c, T: AsRef<str>>(seen: &Seen<'_>, choice: &'c Choice<T>) -> Result<Planned, Mismatch<'c, T>> {
    let (steps, item) = items(seen, choice.items.as_ref())?;
    let parameter = choice.parameter.as_ref().map(|name| parameter(seen, name)).transpose()?;
    let size = choice.size.as_ref().map(|name| self::parameter(seen, name)).transpose()?;
    let next = choice.next.as_ref().map(|text| next(seen, choice.kind, text, item)).transpose()?;
    let said = choice.more.as_ref().map(|text| more(seen, text)).transpose()?;
    let Found { walk, more } = walks::of_kind(seen, choice.kind, parameter, next).map_err(|key| Mismatch {
        text: None,
        message: format!("the pages of `{}` need `{key}`, which is not recognised", seen.operation.id),
        help: format!("set it: `{key} = \"…\"`"),
    })?;
    let size = walks::size(seen, &walk, size);
    Ok(Planned { steps, item: item.clone(), walk, more: said.or(more), size })
}

fn parameter<'c, T: AsRef<str>>(seen: &Seen<'_>, name: &'c T) -> Result<usize, Mismatch<'c, T>> {
    let all = || {
        let all = seen.operation.parameters.iter().enumerate();
        all.filter(|(_, one)| matches!(one.location, Location::Query | Location::Header))
    };
    let wanted = name.as_ref();
    all().find(|(_, one)| one.wire == wanted).map(|(index, _)| index).ok_or_else(|| {
        let message = format!("`{}` has no query parameter or header `{wanted}`", seen.operation.id);
        mismatch(name, message, nearest(wanted, all().map(|(_, one)| one.wire.as_str())))
    })
}

fn mismatch<'c, T>(text: &'c T, message: String, meant: Option<&str>) -> Mismatch<'c, T> {
    let help = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "correct it, or remove it so that it is recognised".to_owned(),
    };
    Mismatch { text: Some(text), message, help }
}

type Items<'t> = (Vec<String>, &'t TypeUse);

fn items<'c, 't, T: AsRef<str>>(seen: &Seen<'t>, given: Option<&'c T>) -> Result<Items<'t>, Mismatch<'c, T>> {
    let Some(given) = given else {
        return seen.items().ok_or_else(|| Mismatch {
            text: None,
            message: format!("the pages of `{}` need `items`, which is not recognised", seen.operation.id),
            help: "say where the list is: `items = \"/data\"`".to_owned(),
        });
    };
    let wanted = given.as_ref();
    if let ("", Some(item)) = (wanted, seen.bare_list()) {
        return Ok((Vec::new(), item));
    }
    let lists = || seen.places.iter().filter(|place| matches!(place.holds, Holds::List(_)));
    for place in lists() {
        if let Holds::List(item) = place.holds
            && place.pointer() == wanted
        {
            return Ok((place.steps.iter().map(|step| (*step).to_owned()).collect(), item));
        }
    }
    let known: Vec<String> = lists().map(places::Place::pointer).collect();
    let message = format!("the response of `{}` has no list at `{wanted}`", seen.operation.id);
    Err(mismatch(given, message, nearest(wanted, known.iter().map(String::as_str))))
}

/// The pointer to the next token. In a body that is any JSON, every pointer may lead to a value.
fn next<'c, T: AsRef<str>>(
    seen: &Seen<'_>,
    kind: Kind,
    given: &'c T,
    item: &TypeUse,
) -> Result<String, Mismatch<'c, T>> {
    let wanted = given.as_ref();
    let known: Vec<String> = if kind == Kind::LastItem {
        places::of(seen.types, item).iter().map(places::Place::pointer).collect()
    } else {
        seen.places.iter().map(places::Place::pointer).collect()
    };
    checked(seen, given, wanted, &known)
}

fn more<'c, T: AsRef<str>>(seen: &Seen<'_>, given: &'c T) -> Result<More, Mismatch<'c, T>> {
    let known: Vec<String> = seen.places.iter().map(places::Place::pointer).collect();
    let pointer = checked(seen, given, given.as_ref(), &known)?;
    let is_flag = seen.places.iter().any(|place| matches!(place.holds, Holds::Flag) && place.pointer() == pointer);
    Ok(if is_flag { More::Flag(pointer) } else { More::Next(pointer) })
}

fn checked<'c, T>(seen: &Seen<'_>, given: &'c T, wanted: &str, known: &[String]) -> Result<String, Mismatch<'c, T>> {
    let below = |known: &String| wanted.strip_prefix(known.as_str()).is_some_and(|rest| rest.starts_with('/'));
    let is_open =
        seen.places.iter().any(|place| matches!(place.holds, Holds::Any | Holds::Other) && below(&place.pointer()));
    if known.iter().any(|one| one == wanted) || (is_open && pointer::tokens(wanted).is_some()) {
        return Ok(wanted.to_owned());
    }
    let message = format!("the response of `{}` has no property at `{wanted}`", seen.operation.id);
    Err(mismatch(given, message, nearest(wanted, known.iter().map(String::as_str))))
}

/// Describes a walk, for messages.
pub(super) fn words(walk: &Walk) -> &'static str {
    match walk {
        Walk::Token { parameter: Some(_), .. } => "by cursor",
        Walk::Token { parameter: None, .. } => "by the URL of the next page",
        Walk::LastItem { .. } => "by the last item",
        Walk::Page { .. } => "by page number",
        Walk::Offset { .. } => "by offset",
        Walk::Link => "by the `Link` header",
    }
}
