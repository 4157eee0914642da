//! The stream of items, which takes pages apart, and the future that collects items of it.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures::Stream;

use super::stream::{Paged, Pages};
use super::token::PageToken;
use crate::client::error::Error;
use crate::client::raw_response::FromResponse;
use crate::client::request_builder::RequestBuilder;

/// The items of all pages, as a [`Stream`](futures::Stream). A page is requested when the items of
/// the previous one are used up.
#[must_use = "nothing is sent before the stream is polled"]
pub struct Items<S: Paged, E> {
    pages: Pages<S, E>,
    /// The remaining items of the page that was received last.
    page: std::vec::IntoIter<S::Item>,
    /// The position of that page, and how many of its items have been taken.
    at: Option<PageToken>,
    /// How many items of the next page were taken by an earlier stream.
    skipped: usize,
}

// Items are moved out of the list, never pinned.
impl<S: Paged, E> Unpin for Items<S, E> {}

impl<S: FromResponse + Paged, E: FromResponse> Items<S, E> {
    /// The items of a call.
    pub fn new(call: RequestBuilder) -> Self {
        Self { pages: Pages::new(call), page: Vec::new().into_iter(), at: None, skipped: 0 }
    }

    /// Starts at a token that an earlier stream of this operation returned. The call must have the
    /// same parameters as before.
    pub fn starting_at(self, token: &PageToken) -> Self {
        Self { pages: self.pages.starting_at(token), skipped: token.taken, ..self }
    }

    /// Sets the maximum number of pages; more are an error. The default is 10,000.
    pub fn max_pages(self, limit: u32) -> Self {
        Self { pages: self.pages.max_pages(limit), ..self }
    }

    /// Where the stream continues after the items that it has returned; `None` at its end.
    #[must_use]
    pub fn token(&self) -> Option<PageToken> {
        if self.page.len() > 0 {
            return self.at.clone();
        }
        self.pages.token().map(|next| PageToken { taken: self.skipped, ..next })
    }
}

impl<S: FromResponse + Paged, E: FromResponse> Stream for Items<S, E> {
    type Item = Result<S::Item, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                if let Some(at) = &mut self.at {
                    at.taken += 1;
                }
                return Poll::Ready(Some(Ok(item)));
            }
            let position = self.pages.token();
            match ready!(Pin::new(&mut self.pages).poll_next(cx)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => {
                    let taken = std::mem::take(&mut self.skipped);
                    self.page = page.into_items().into_iter();
                    self.page.by_ref().take(taken).for_each(drop);
                    self.at = position.map(|at| PageToken { taken, ..at });
                }
            }
        }
    }
}

impl<S: Paged, E> fmt::Debug for Items<S, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).field("left", &self.page.len()).finish_non_exhaustive()
    }
}

/// The future of a list of items, made by `all`.
#[must_use = "futures do nothing unless they are awaited"]
pub struct AllItems<S: Paged, E> {
    items: Items<S, E>,
    found: Vec<S::Item>,
    limit: usize,
}

impl<S: Paged, E> Unpin for AllItems<S, E> {}

impl<S: FromResponse + Paged, E: FromResponse> AllItems<S, E> {
    /// The first items of a call, up to `limit`.
    pub fn new(call: RequestBuilder, limit: usize) -> Self {
        Self { items: Items::new(call), found: Vec::new(), limit }
    }
}

impl<S: FromResponse + Paged, E: FromResponse> Future for AllItems<S, E> {
    type Output = Result<Vec<S::Item>, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        while self.found.len() < self.limit {
            match ready!(Pin::new(&mut self.items).poll_next(cx)) {
                Some(Ok(item)) => self.found.push(item),
                Some(Err(error)) => return Poll::Ready(Err(error)),
                None => break,
            }
        }
        Poll::Ready(Ok(std::mem::take(&mut self.found)))
    }
}

impl<S: Paged, E> fmt::Debug for AllItems<S, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AllItems").field("items", &self.items).field("limit", &self.limit).finish_non_exhaustive()
    }
}
