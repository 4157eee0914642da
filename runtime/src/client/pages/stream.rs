//! The stream of pages. It sends one request after another, each when it is polled.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures::Stream;

use super::probe::Probe;
use super::token::{PageToken, Position};
use super::walk::{self, Visited};
use crate::client::error::Error;
use crate::client::page_error::{PageError, PageErrorKind};
use crate::client::raw_response::{FromResponse, RawResponse};
use crate::client::reconnect::execute;
use crate::client::request_builder::{RequestBuilder, Sent};
use crate::client::response::ResponseValue;
use crate::client::send::decode;
use crate::descriptor::Paging;
use crate::value::Never;

/// A page, and the position after it.
type PageResult = Result<(RawResponse, Next), Error<Never>>;

/// More pages than this are an error, unless `max_pages` allows them.
const MAX_PAGES: u32 = 10_000;

/// The successes of an operation that pages.
pub trait Paged {
    /// The type of the items that the pages list.
    type Item;

    /// The items of a page.
    fn into_items(self) -> Vec<Self::Item>;
}

/// One page: its response, and the position of the next page. It dereferences to the response.
#[derive(Debug)]
pub struct Page<S> {
    response: ResponseValue<S>,
    next: Option<PageToken>,
}

impl<S> Page<S> {
    /// The position of the next page; `None` if this is the last.
    #[must_use]
    pub fn next_token(&self) -> Option<&PageToken> {
        self.next.as_ref()
    }

    /// The response.
    #[must_use]
    pub fn into_response(self) -> ResponseValue<S> {
        self.response
    }

    /// The items.
    #[must_use]
    pub fn into_items(self) -> Vec<S::Item>
    where
        S: Paged,
    {
        self.response.into_inner().into_items()
    }
}

impl<S> Deref for Page<S> {
    type Target = ResponseValue<S>;

    fn deref(&self) -> &ResponseValue<S> {
        &self.response
    }
}

/// The pages of a list, as a [`Stream`](futures::Stream). A page is requested when the stream is
/// polled, and only one is kept. If a future of the stream is dropped, polling continues where it
/// stopped. The stream ends after an error; [`Pages::token`] returns where it can continue.
#[must_use = "nothing is sent before the stream is polled"]
pub struct Pages<S, E> {
    walk: Walking,
    types: PhantomData<fn() -> (S, E)>,
}

impl<S: FromResponse, E: FromResponse> Pages<S, E> {
    /// The pages of a call.
    pub fn new(call: RequestBuilder) -> Self {
        Self { walk: Walking::new(call), types: PhantomData }
    }

    /// Starts at a token that an earlier stream of this operation returned. The call must have the
    /// same parameters as before.
    pub fn starting_at(mut self, token: &PageToken) -> Self {
        self.walk.next = Some(token.position.clone());
        self
    }

    /// Sets the maximum number of pages; more are an error. The default is 10,000.
    pub fn max_pages(mut self, limit: u32) -> Self {
        self.walk.limit = limit;
        self
    }

    /// Where the stream continues; `None` at its end.
    #[must_use]
    pub fn token(&self) -> Option<PageToken> {
        self.walk.next.clone().map(PageToken::at)
    }
}

impl<S: FromResponse, E: FromResponse> Stream for Pages<S, E> {
    type Item = Result<Page<S>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(received) = ready!(self.walk.poll(cx)) else { return Poll::Ready(None) };
        Poll::Ready(Some(match received {
            Ok((response, next)) => match decode(response) {
                Ok(response) => {
                    let next = self.walk.go_on(next).map(PageToken::at);
                    Ok(Page { response, next })
                }
                Err(error) => Err(self.walk.stop(error)),
            },
            Err(error) => Err(self.walk.stop(error.widen())),
        }))
    }
}

impl<S, E> fmt::Debug for Pages<S, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("call", &self.walk.call).field("pages", &self.walk.count).finish_non_exhaustive()
    }
}

/// The position after a page, or the reason why there cannot be one.
type Next = Result<Option<Position>, PageErrorKind>;

/// A walk over pages, whatever their types are.
struct Walking {
    call: RequestBuilder,
    /// The page to request; `None` at the end.
    next: Option<Position>,
    /// Why the next page is not requested.
    refused: Option<PageErrorKind>,
    sent: Option<Sent>,
    is_over: bool,
    count: u32,
    limit: u32,
    /// Hashes of the tokens and URLs so far.
    seen: HashSet<u64>,
    /// Hash of the previous page.
    last: Option<u64>,
    hasher: RandomState,
}

impl Walking {
    fn new(call: RequestBuilder) -> Self {
        let mut seen = HashSet::new();
        let hasher = RandomState::new();
        let start = call.operation.paging.and_then(|paging| walk::start(&call, &paging));
        seen.extend(start.map(|start| hasher.hash_one(start)));
        Self {
            call,
            next: Some(Position::Start),
            refused: None,
            sent: None,
            is_over: false,
            count: 0,
            limit: MAX_PAGES,
            seen,
            last: None,
            hasher,
        }
    }

    /// Polls for the next page and the position after it; `None` at the end.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<PageResult>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        if let Some(kind) = self.refused.take() {
            return Poll::Ready(Some(Err(self.error(kind))));
        }
        let Some((position, paging)) = self.next.as_ref().zip(self.call.operation.paging) else {
            return Poll::Ready(None);
        };
        if self.sent.is_none()
            && let Some(kind) = self.refusal(&paging, position)
        {
            return Poll::Ready(Some(Err(self.error(kind))));
        }
        let sent = self.sent.get_or_insert_with(|| execute(walk::at(&self.call, position)));
        let received = ready!(sent.as_mut().poll(cx));
        self.sent = None;
        Poll::Ready(Some(received.map(|response| {
            let next = self.after(&paging, &response);
            (response, next)
        })))
    }

    /// Why the page at this position is not requested.
    fn refusal(&self, paging: &Paging, position: &Position) -> Option<PageErrorKind> {
        if !walk::fits(paging.walk, position) {
            return Some(PageErrorKind::OtherWalk);
        }
        (self.count >= self.limit).then_some(PageErrorKind::TooMany(self.limit))
    }

    fn error(&self, kind: PageErrorKind) -> Error<Never> {
        Error::Pages(PageError {
            operation: self.call.operation.id,
            kind,
            call: Box::new(self.call.core.info(self.call.operation, None)),
        })
    }

    /// The position after a page.
    fn after(&mut self, paging: &Paging, response: &RawResponse) -> Next {
        let (Some(position), Some(body)) = (self.next.clone(), response.body_bytes()) else { return Ok(None) };
        let probe = Probe::read(paging, body);
        let visited =
            Visited { call: &self.call, paging, position: &position, probe: &probe, headers: response.headers() };
        let Some(next) = visited.next()? else { return Ok(None) };
        // A server that ignores the parameter sends the first page forever. Items without an
        // identity may well be equal.
        let page = self.hasher.hash_one(body);
        let is_same = self.last.replace(page) == Some(page) && probe.of_objects;
        if !matches!(position, Position::Number(_) | Position::Start) {
            self.seen.insert(self.hasher.hash_one(&position));
        }
        let came = match next {
            Position::Number(_) => is_same,
            _ => self.seen.contains(&self.hasher.hash_one(&next)),
        };
        if came { Err(PageErrorKind::Repeated) } else { Ok(Some(next)) }
    }

    /// Advances to the next page and returns its position. A page that cannot be requested causes
    /// an error after this one.
    fn go_on(&mut self, next: Next) -> Option<Position> {
        self.count = self.count.saturating_add(1);
        self.next = next.unwrap_or_else(|kind| {
            self.refused = Some(kind);
            None
        });
        self.next.clone()
    }

    /// Ends the stream. The last request can be repeated.
    fn stop<E>(&mut self, error: Error<E>) -> Error<E> {
        self.is_over = true;
        error
    }
}
