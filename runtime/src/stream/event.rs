//! One server-sent event.

use std::sync::Arc;
use std::time::Duration;

/// One server-sent event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event<T> {
    /// The event type; `None` means `message`.
    pub event: Option<String>,
    /// The data.
    pub data: T,
    /// The position from which to resume after a lost connection (`Last-Event-ID`). Later events
    /// without their own ID share it.
    pub id: Option<Arc<str>>,
    /// The pause before reconnecting.
    pub retry: Option<Duration>,
}

impl<T> From<T> for Event<T> {
    fn from(data: T) -> Self {
        Self { event: None, data, id: None, retry: None }
    }
}
