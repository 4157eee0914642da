//! Walks from one page to the next, and decides where they end.

use http::HeaderMap;
use serde_json::Value;
use url::{Position as UrlPart, Url};

use super::link;
use super::probe::Probe;
use super::token::Position;
use crate::client::page_error::PageErrorKind;
use crate::client::prepare;
use crate::client::request_builder::RequestBuilder;
use crate::descriptor::{Count, More, Paging, Walk};
use crate::params::ParamValue;

/// A page that was received, and the call that requested the first one.
pub(super) struct Visited<'p> {
    pub call: &'p RequestBuilder,
    pub paging: &'p Paging,
    pub position: &'p Position,
    pub probe: &'p Probe,
    pub headers: &'p HeaderMap,
}

impl Visited<'_> {
    /// The page after this one; `None` if this is the last.
    pub fn next(&self) -> Result<Option<Position>, PageErrorKind> {
        match self.paging.walk {
            Walk::Link => link::next(self.headers).map(|target| self.url(target)).transpose(),
            _ if self.more() == Some(false) => Ok(None),
            Walk::Token { parameter, .. } => self.token(parameter.is_some()),
            Walk::LastItem { .. } if self.is_last_by_size() => Ok(None),
            Walk::LastItem { .. } => self.token(true),
            Walk::Page { parameter, first } => Ok(self.after_page(self.number(parameter, first), first)),
            Walk::Offset { parameter, first } => Ok(self.after_items(self.number(parameter, first), first)),
        }
    }

    /// Whether there are more pages, if the page says so.
    fn more(&self) -> Option<bool> {
        let said = self.probe.more.as_ref();
        match self.paging.more? {
            More::Flag(_) => said.and_then(Value::as_bool),
            More::Last(_) => said.and_then(Value::as_bool).map(|last| !last),
            More::Next(_) => Some(said.is_some_and(|next| !is_nothing(next))),
        }
    }

    fn items(&self) -> u64 {
        self.probe.items.unwrap_or_default()
    }

    /// How many items the page was requested to have, if that is known.
    fn asked(&self) -> Option<u64> {
        let size = self.paging.size?;
        let asked = given(self.call, size.parameter).and_then(|text| text.parse().ok()).or(size.default)?;
        Some(size.maximum.map_or(asked, |maximum| asked.min(maximum)))
    }

    fn is_short(&self) -> bool {
        self.asked().is_some_and(|asked| self.items() < asked)
    }

    /// Whether a page is the last because it is empty, or because it is short and does not say that
    /// more pages follow.
    fn is_last_by_size(&self) -> bool {
        self.items() == 0 || self.more().is_none() && self.is_short()
    }

    /// The number of the page or of its first item: the number of this walk, or else of the call,
    /// or else the first number.
    fn number(&self, parameter: usize, first: u64) -> u64 {
        match self.position {
            Position::Number(number) => *number,
            _ => given(self.call, parameter).and_then(|text| text.parse().ok()).unwrap_or(first),
        }
    }

    fn after_page(&self, page: u64, first: u64) -> Option<Position> {
        let next = Position::Number(page.saturating_add(1));
        let done = page.saturating_sub(first).saturating_add(1);
        match (self.paging.count, self.probe.count, self.asked()) {
            _ if self.items() == 0 => None,
            _ if self.more() == Some(true) => Some(next),
            (Some(Count::Pages(_)), Some(pages), _) => (done < pages).then_some(next),
            (Some(Count::Items(_)), Some(all), Some(asked)) => {
                let seen = asked.saturating_mul(done - 1).saturating_add(self.items());
                self.unless_all(next, seen, all)
            }
            _ => (!self.is_short()).then_some(next),
        }
    }

    fn after_items(&self, offset: u64, first: u64) -> Option<Position> {
        let end = offset.saturating_add(self.items());
        let next = Position::Number(end);
        match (self.paging.count, self.probe.count) {
            _ if self.items() == 0 => None,
            _ if self.more() == Some(true) => Some(next),
            (Some(Count::Items(_)), Some(all)) => self.unless_all(next, end.saturating_sub(first), all),
            _ => (!self.is_short()).then_some(next),
        }
    }

    /// A server may send a smaller page than was requested, so the total number of items takes
    /// precedence over the size of the page. A total that is already exceeded is ignored.
    fn unless_all(&self, next: Position, seen: u64, all: u64) -> Option<Position> {
        match seen.cmp(&all) {
            std::cmp::Ordering::Less => Some(next),
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => (!self.is_short()).then_some(next),
        }
    }

    /// The page after a token or URL that the body contains.
    fn token(&self, takes_tokens: bool) -> Result<Option<Position>, PageErrorKind> {
        match self.probe.next.as_ref().filter(|next| !is_nothing(next)) {
            None => Ok(None),
            Some(Value::String(text)) if !takes_tokens || is_url(text) => self.url(text).map(Some),
            Some(Value::String(text)) => Ok(Some(Position::Token(text.clone()))),
            Some(number) if takes_tokens => Ok(Some(Position::Token(number.to_string()))),
            Some(_) => Err(PageErrorKind::InvalidUrl),
        }
    }

    /// The path and query of a URL, if it is on the origin of the call. Servers behind a proxy
    /// write `http` for a host that clients reach over `https`; the call then keeps `https`.
    fn url(&self, target: &str) -> Result<Position, PageErrorKind> {
        let at = at(self.call, self.position);
        let sent = prepare::request(&at).map_err(|_| PageErrorKind::InvalidUrl)?.url;
        let url = sent.join(target).map_err(|_| PageErrorKind::InvalidUrl)?;
        if !is_same_origin(&sent, &url) {
            return Err(PageErrorKind::ForeignOrigin);
        }
        Ok(Position::Url(url[UrlPart::BeforePath..UrlPart::AfterQuery].to_owned()))
    }
}

/// The call for the page at a position.
pub(super) fn at(call: &RequestBuilder, position: &Position) -> RequestBuilder {
    let mut call = call.copy();
    let parameter = match call.operation.paging.map(|paging| paging.walk) {
        Some(Walk::Token { parameter, .. }) => parameter,
        Some(Walk::LastItem { parameter, .. } | Walk::Page { parameter, .. } | Walk::Offset { parameter, .. }) => {
            Some(parameter)
        }
        Some(Walk::Link) | None => None,
    };
    match (position, parameter) {
        (Position::Token(token), Some(index)) => call.replace(index, ParamValue::Scalar(token.clone())),
        (Position::Number(number), Some(index)) => call.replace(index, ParamValue::Scalar(number.to_string())),
        (Position::Url(url), _) => call.go_to(url.clone()),
        (Position::Start | Position::Token(_) | Position::Number(_), _) => {}
    }
    call
}

/// Whether the walk of an operation has positions of this kind.
pub(super) fn fits(walk: Walk, position: &Position) -> bool {
    match position {
        Position::Start => true,
        Position::Token(_) => matches!(walk, Walk::Token { parameter: Some(_), .. } | Walk::LastItem { .. }),
        Position::Number(_) => matches!(walk, Walk::Page { .. } | Walk::Offset { .. }),
        Position::Url(_) => matches!(walk, Walk::Token { .. } | Walk::Link),
    }
}

/// The token at which the call itself starts.
pub(super) fn start(call: &RequestBuilder, paging: &Paging) -> Option<Position> {
    let (Walk::Token { parameter: Some(parameter), .. } | Walk::LastItem { parameter, .. }) = paging.walk else {
        return None;
    };
    given(call, parameter).map(|token| Position::Token(token.to_owned()))
}

/// The value of a parameter that the application has set.
fn given(call: &RequestBuilder, index: usize) -> Option<&str> {
    call.values.iter().find_map(|(known, value)| match value {
        ParamValue::Scalar(text) if *known == index => Some(text.as_str()),
        _ => None,
    })
}

/// `null`, `false` and empty text mean that there is no next page.
fn is_nothing(value: &Value) -> bool {
    matches!(value, Value::Null | Value::Bool(false)) || value.as_str().is_some_and(str::is_empty)
}

/// Whether a value is a URL rather than a token. Tokens in Base64 can begin with a slash.
fn is_url(text: &str) -> bool {
    text.starts_with("https://")
        || text.starts_with("http://")
        || text.starts_with('?')
        || (text.starts_with('/') && text.contains('?'))
}

fn is_same_origin(from: &Url, to: &Url) -> bool {
    let same = from.scheme() == to.scheme() && from.port_or_known_default() == to.port_or_known_default();
    let behind_proxy =
        from.scheme() == "https" && to.scheme() == "http" && from.port().is_none() && to.port().is_none();
    let has_user = !to.username().is_empty() || to.password().is_some();
    from.host() == to.host() && (same || behind_proxy) && !has_user
}
