//! A transport for tests. It records requests. It returns prepared or expected responses, or passes
//! the requests on.

#[cfg(all(feature = "cassettes", not(target_arch = "wasm32")))]
mod cassette;
mod difference;
mod expectation;
mod mock_response;
mod recorded;

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use self::expectation::Rules;
use super::request::{Request, Response};
use super::transport::{Transport, TransportError, TransportErrorKind};
use crate::body::Body;
use crate::future::BoxFuture;

#[cfg(all(feature = "cassettes", not(target_arch = "wasm32")))]
pub use self::cassette::{CassetteError, Finding, FindingKind};
pub use self::expectation::{Expectation, Expected};
pub use self::mock_response::{IntoMockResponse, MockResponse};
pub use self::recorded::RecordedRequest;

/// Longer bodies are refused.
const MAX_BODY: u64 = 64 * 1024 * 1024;

/// Records requests for assertions, and responds to them. Clones share the recording. A request
/// gets the response of the first expectation that it meets ([`Recorder::on`]); otherwise, the next
/// one of [`Recorder::respond_with`]; otherwise, the response of the transport that the recorder
/// wraps.
///
/// ```
/// use specwright_runtime::client::{Builder, MockResponse, Recorder};
///
/// let recorder = Recorder::new();
/// recorder.respond_with(MockResponse::json(200, "{\"id\": 1}"));
/// let client = Builder::new("https://api.example.com").transport(recorder.clone()).build();
/// // … after a call: `recorder.requests()[0].path`
/// ```
#[derive(Clone, Default)]
pub struct Recorder {
    shared: Arc<Shared>,
    inner: Option<Arc<dyn Transport>>,
    #[cfg(all(feature = "cassettes", not(target_arch = "wasm32")))]
    tape: Option<Arc<cassette::Tape>>,
}

#[derive(Default)]
struct Shared {
    requests: Mutex<Vec<RecordedRequest>>,
    responses: Mutex<VecDeque<MockResponse>>,
    rules: Mutex<Rules>,
}

impl Shared {
    fn rules(&self) -> MutexGuard<'_, Rules> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn requests(&self) -> MutexGuard<'_, Vec<RecordedRequest>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn responses(&self) -> MutexGuard<'_, VecDeque<MockResponse>> {
        self.responses.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Recorder {
    /// A recorder that returns prepared and expected responses. A call without a response fails.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A recorder that passes requests on to `inner` when no response is prepared or expected.
    #[must_use]
    pub fn around(inner: impl Transport) -> Self {
        Self { inner: Some(Arc::new(inner)), ..Self::default() }
    }

    /// Prepares the response to the next request for which none is prepared yet.
    pub fn respond_with(&self, response: MockResponse) {
        self.shared.responses().push_back(response);
    }

    /// The requests sent so far.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.shared.requests().clone()
    }

    /// The expectations that have not been met: those without any call, and those with fewer than
    /// [`Expected::times`]. Each says where it was made.
    #[must_use]
    pub fn unmet(&self) -> Vec<String> {
        self.shared.rules().unmet()
    }

    /// What distinguishes the recording of this recorder and its clones from others.
    fn identity(&self) -> usize {
        Arc::as_ptr(&self.shared).addr()
    }

    async fn handle(&self, mut request: Request) -> Result<Response, TransportError> {
        let body = std::mem::take(&mut request.body);
        let empty = body.is_empty();
        let body = body.collect(MAX_BODY).await;
        let body = body.map_err(|error| TransportError::new(TransportErrorKind::Request, error))?;
        let recorded = RecordedRequest::new(&request, body.clone());
        if expectation::learn(self.identity(), &recorded) {
            return Err(refuse("this call is only expected"));
        }
        let expected = self.shared.rules().respond(&recorded);
        self.shared.requests().push(recorded);
        if let Some(response) = expected {
            return response.map(MockResponse::into_response).map_err(refuse);
        }
        let prepared = self.shared.responses().pop_front();
        match (prepared, &self.inner) {
            (Some(response), _) => Ok(response.into_response()),
            (None, Some(inner)) => {
                request.body = if empty { Body::empty() } else { body.into() };
                inner.send(request).await
            }
            (None, None) => Err(self.unexpected()),
        }
    }

    /// Why there is no response to the last request.
    fn unexpected(&self) -> TransportError {
        let nearest = self.shared.requests().last().and_then(|request| self.shared.rules().nearest(request));
        let nothing = || "no response is prepared; call `Recorder::respond_with` once for each request".to_owned();
        refuse(nearest.unwrap_or_else(nothing))
    }
}

/// An error that no retry can change.
fn refuse(reason: impl Into<String>) -> TransportError {
    TransportError::new(TransportErrorKind::Request, reason.into())
}

impl Transport for Recorder {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(self.handle(request))
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").field("requests", &self.requests()).finish_non_exhaustive()
    }
}
