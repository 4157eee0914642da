//! The body of a request → a stream of typed items, each validated as it comes.
//!
//! The rule kept here: an item that is not what the document describes is an error in its place. A method that fails with it
//! ([`Failure::internal`](crate::server::Failure::internal)) is answered for with 400 or 422.

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde::de::value::{Error, StrDeserializer};

use super::body::parse_json;
use super::{Rejection, Request};
use crate::body::StreamError;
use crate::future::MaybeSend;
use crate::stream::{Events, Lines};
use crate::validation::{Constraints, Validate, validate};

impl Request {
    /// The body as one JSON value per line, each validated as it comes: one that is not what the document describes is an error in
    /// its place. A method that fails with it ([`Failure::internal`](crate::server::Failure::internal)) is answered for with 422, or with
    /// 400 where a line is no JSON.
    ///
    /// # Errors
    /// If there is no body: 400.
    pub fn lines<T: DeserializeOwned + Validate + 'static>(&mut self) -> Result<Lines<T>, Rejection> {
        self.lines_with(&Constraints::NONE)
    }

    /// The body as one JSON value per line, of which the document asks more than their type says.
    ///
    /// # Errors
    /// As [`lines`](Self::lines).
    pub fn lines_with<T: DeserializeOwned + Validate + 'static>(
        &mut self,
        constraints: &'static Constraints,
    ) -> Result<Lines<T>, Rejection> {
        self.media()?;
        let read = items(constraints, self.limits.violations, |json, pointer| parse_json(json, pointer));
        Ok(Lines::read_by(self.stream().into_stream(), read))
    }

    /// The body as server-sent events, the data of each validated as it comes: one that is not what the document describes is an
    /// error in its place, as in [`lines`](Self::lines). Where its type is a text, data that is no JSON is read as it is.
    ///
    /// # Errors
    /// If there is no body: 400.
    pub fn events<T: DeserializeOwned + Validate + MaybeSend + 'static>(&mut self) -> Result<Events<T>, Rejection> {
        self.events_with(&Constraints::NONE)
    }

    /// The body as server-sent events, of which the document asks more than the type of their data says.
    ///
    /// # Errors
    /// As [`events`](Self::events).
    pub fn events_with<T: DeserializeOwned + Validate + MaybeSend + 'static>(
        &mut self,
        constraints: &'static Constraints,
    ) -> Result<Events<T>, Rejection> {
        self.media()?;
        let read = items(constraints, self.limits.violations, |data, pointer| {
            parse_json(data, pointer).or_else(|rejection| bare_text(data).ok_or(rejection))
        });
        Ok(Events::read_by(self.stream().into_stream(), read))
    }
}

/// Reads items that count from 0, and validates each.
fn items<T: Validate>(
    constraints: &'static Constraints,
    most: usize,
    read: impl Fn(&[u8], &str) -> Result<T, Rejection>,
) -> impl FnMut(String) -> Result<T, StreamError> {
    let mut next = 0;
    move |text| {
        let pointer = format!("/body/{next}");
        next += 1;
        let text = Bytes::from(text);
        let refused = |rejection| StreamError::Item(Box::new(rejection));
        let value = read(&text, &pointer).map_err(refused)?;
        let violations = validate(&value, &pointer, constraints, &text, most);
        if violations.is_empty() { Ok(value) } else { Err(refused(Rejection::invalid(violations))) }
    }
}

/// Text that is no JSON, where that is what is asked for.
fn bare_text<T: DeserializeOwned>(text: &[u8]) -> Option<T> {
    T::deserialize(StrDeserializer::<Error>::new(std::str::from_utf8(text).ok()?)).ok()
}
