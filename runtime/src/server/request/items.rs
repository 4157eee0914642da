//! Streamed request bodies → typed items, each validated as it arrives. **Invariant:** an invalid
//! item is an error item of the stream. If a method returns this error
//! ([`Failure::internal`](crate::server::Failure::internal)), the response is 400 or 422.

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde::de::value::{Error, StrDeserializer};

use super::body::parse_json;
use super::{Reading, Rejection, Request};
use crate::body::StreamError;
use crate::future::MaybeSend;
use crate::schema::BodySchema;
use crate::stream::{EventForm, Events, Lines};
use crate::validation::{Constraints, Validate, Violation, validate};

impl Request {
    /// The body as one JSON value per line, each validated as it arrives. An invalid line is an
    /// error item. If the method returns this error
    /// ([`Failure::internal`](crate::server::Failure::internal)), the response is 422, or 400 if
    /// the line is not JSON.
    ///
    /// # Errors
    /// If there is no body: 400.
    pub fn lines<T: DeserializeOwned + Validate + MaybeSend + 'static>(&mut self) -> Result<Lines<T>, Rejection> {
        self.lines_with(&Constraints::NONE)
    }

    /// The body as one JSON value per line, with constraints beyond their type.
    ///
    /// # Errors
    /// As [`lines`](Self::lines).
    pub fn lines_with<T: DeserializeOwned + Validate + MaybeSend + 'static>(
        &mut self,
        constraints: &'static Constraints,
    ) -> Result<Lines<T>, Rejection> {
        self.media()?;
        let read = items(constraints, self.reading(), |json, pointer| parse_json(json, pointer));
        Ok(Lines::read_with(self.stream().into_stream(), read))
    }

    /// The body as server-sent events, whose data is validated as it arrives. An invalid event is
    /// an error item, as in [`lines`](Self::lines). If the data is text, it need not be JSON.
    ///
    /// # Errors
    /// If there is no body: 400.
    pub fn events<T: DeserializeOwned + Validate + MaybeSend + 'static, F: EventForm>(
        &mut self,
    ) -> Result<Events<T, F>, Rejection> {
        self.events_with(&Constraints::NONE)
    }

    /// The body as server-sent events, with constraints beyond the type of their data.
    ///
    /// # Errors
    /// As [`events`](Self::events).
    pub fn events_with<T: DeserializeOwned + Validate + MaybeSend + 'static, F: EventForm>(
        &mut self,
        constraints: &'static Constraints,
    ) -> Result<Events<T, F>, Rejection> {
        self.media()?;
        let read = items(constraints, self.reading(), |data, pointer| {
            parse_json(data, pointer).or_else(|rejection| bare_text(data).ok_or(rejection))
        });
        Ok(Events::read_with(self.stream().into_stream(), read))
    }
}

/// Reads and validates items. The index in their pointers starts at 0.
fn items<T: Validate>(
    constraints: &'static Constraints,
    reading: Reading,
    read: impl Fn(&[u8], &str) -> Result<T, Rejection>,
) -> impl FnMut(String) -> Result<T, StreamError> {
    let Reading { violations: most, schema, mut budget } = reading;
    let mut next = 0;
    move |text| {
        let pointer = format!("/body/{next}");
        next += 1;
        let text = Bytes::from(text);
        budget.spend(|| {
            let value = read(&text, &pointer).and_then(|value| {
                let violations = validate(&value, &pointer, constraints, &text, most);
                if violations.is_empty() { Ok(value) } else { Err(Rejection::invalid(violations)) }
            });
            value.map_err(|rejection| {
                let faults = faults(schema, &text, &pointer, most);
                StreamError::Item(Box::new(rejection.with_faults(faults, most)))
            })
        })
    }
}

/// All faults of a refused item that is JSON.
fn faults(schema: BodySchema, text: &[u8], pointer: &str, most: usize) -> Vec<Violation> {
    match (schema.get(), serde_json::from_slice(text)) {
        (Some((schemas, schema)), Ok(value)) => schemas.faults(schema, &value, pointer, most),
        _ => Vec::new(),
    }
}

/// Text that is not JSON, if the type is text.
fn bare_text<T: DeserializeOwned>(text: &[u8]) -> Option<T> {
    T::deserialize(StrDeserializer::<Error>::new(std::str::from_utf8(text).ok()?)).ok()
}
