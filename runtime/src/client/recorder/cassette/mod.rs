//! Cassettes: exchanges with a real service, kept in a file and replayed in tests.
//!
//! A recording is validated against the document when it is made and when it is replayed. If it was
//! valid and is now invalid, the document has changed: the recording is stale. If it was invalid
//! when it was made, the service does not follow the document.
//!
//! **Invariant:** no secret is written. Headers, query parameters, form fields and properties whose
//! names suggest one are redacted.

mod check;
mod content;
mod exchange;
mod finding;
mod redact;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use self::exchange::{Exchange, File};
pub use self::finding::{CassetteError, Finding, FindingKind};
use super::{MAX_BODY, Recorder, refuse};
use crate::body::Body;
use crate::client::request::{Request, Response};
use crate::client::transport::{Transport, TransportError, TransportErrorKind};
use crate::descriptor::Operation;
use crate::future::BoxFuture;
use crate::schema::LazySchemas;

/// A file of exchanges.
pub(super) struct Tape {
    path: PathBuf,
    schemas: OnceLock<&'static LazySchemas>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    exchanges: Vec<Exchange>,
    /// Whether each exchange has been replayed.
    played: Vec<bool>,
    findings: Vec<Finding>,
}

impl Tape {
    fn new(path: &Path, exchanges: Vec<Exchange>) -> Arc<Self> {
        let played = vec![false; exchanges.len()];
        let state = Mutex::new(State { exchanges, played, findings: Vec::new() });
        Arc::new(Self { path: path.to_owned(), schemas: OnceLock::new(), state })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds an exchange, and writes all of them, so that nothing has to be closed at the end.
    fn add(&self, mut exchange: Exchange, violations: Vec<String>) -> Result<(), CassetteError> {
        let mut state = self.state();
        if !violations.is_empty() {
            state.findings.push(Finding::new(FindingKind::ServiceDiffers, &exchange.operation, &violations));
        }
        exchange.violations = violations;
        exchange.redact();
        state.exchanges.push(exchange);
        File::write(&self.path, &state.exchanges)
    }

    /// The response of the first exchange with this request that has not been replayed, or of the
    /// last one that has.
    fn play(&self, operation: &'static Operation, mut request: Exchange) -> Result<Response, TransportError> {
        request.redact();
        let mut state = self.state();
        let fits = |index: &usize| state.exchanges.get(*index).is_some_and(|one| one.has_request_of(&request));
        let known: Vec<usize> = (0..state.exchanges.len()).filter(fits).collect();
        let next = known.iter().find(|index| !state.played.get(**index).is_some_and(|played| *played)).or(known.last());
        let Some(exchange) = next.and_then(|index| state.exchanges.get(*index)).cloned() else {
            return Err(refuse(format!(
                "{} has no exchange for `{}` ({} {}) with these values; record it again",
                self.path.display(),
                request.operation,
                request.method,
                request.path
            )));
        };
        if let Some(played) = next.copied().and_then(|index| state.played.get_mut(index)) {
            *played = true;
        }
        let violations =
            self.schemas.get().map_or_else(Vec::new, |schemas| check::violations(schemas.get(), operation, &exchange));
        if !violations.is_empty() {
            let was_valid = exchange.violations.is_empty();
            let kind = if was_valid { FindingKind::StaleRecording } else { FindingKind::ServiceDiffers };
            let finding = Finding::new(kind, &exchange.operation, &violations);
            state.findings.push(finding.clone());
            if was_valid {
                return Err(refuse(finding.to_string()));
            }
        }
        exchange.into_response().map_err(refuse)
    }
}

/// Passes requests on and keeps the exchanges.
struct Recording {
    tape: Arc<Tape>,
    inner: Arc<dyn Transport>,
}

impl Recording {
    async fn exchange(&self, mut request: Request) -> Result<Response, TransportError> {
        let body = std::mem::take(&mut request.body);
        let empty = body.is_empty();
        let failed = |error| TransportError::new(TransportErrorKind::Request, error);
        let body = body.collect(MAX_BODY).await.map_err(failed)?;
        let mut exchange = Exchange::of_request(&request, &body);
        request.body = if empty { Body::empty() } else { body.into() };
        let operation = request.operation;
        let Response { status, headers, body } = self.inner.send(request).await?;
        let body = body.collect(MAX_BODY).await;
        let body = body.map_err(|error| TransportError::new(TransportErrorKind::Body, error))?;
        exchange.set_response(status, &headers, &body);
        let schemas = self.tape.schemas.get();
        let violations =
            schemas.map_or_else(Vec::new, |schemas| check::violations(schemas.get(), operation, &exchange));
        self.tape.add(exchange, violations).map_err(|error| refuse(error.to_string()))?;
        Ok(Response::new(status, headers, body))
    }
}

impl Transport for Recording {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(self.exchange(request))
    }
}

/// Replays exchanges.
struct Player(Arc<Tape>);

impl Transport for Player {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            let body = request.body.clone().collect(MAX_BODY).await;
            let body = body.map_err(|error| TransportError::new(TransportErrorKind::Request, error))?;
            self.0.play(request.operation, Exchange::of_request(&request, &body))
        })
    }
}

impl Recorder {
    /// A recorder that passes requests on to `inner`, and writes each exchange to a file in YAML,
    /// without its secrets. An earlier recording is replaced at the first exchange.
    #[must_use]
    pub fn record(path: impl AsRef<Path>, inner: impl Transport) -> Self {
        let tape = Tape::new(path.as_ref(), Vec::new());
        let recording = Recording { tape: Arc::clone(&tape), inner: Arc::new(inner) };
        Self { tape: Some(tape), ..Self::around(recording) }
    }

    /// A recorder that replays a recording. A request gets the response to the same request, in the
    /// order of the recording. Any other request is an error.
    ///
    /// # Errors
    /// If the file cannot be read, or is not a recording.
    pub fn replay(path: impl AsRef<Path>) -> Result<Self, CassetteError> {
        let tape = Tape::new(path.as_ref(), File::read(path.as_ref())?);
        Ok(Self { tape: Some(Arc::clone(&tape)), ..Self::around(Player(tape)) })
    }

    /// Validates each exchange against the document. Generated crates have the schemas as
    /// `descriptors::SCHEMAS`. If a recording was valid when it was made and is now invalid, the
    /// call fails. If it has never been valid, there is only a [`Finding`].
    #[must_use]
    pub fn validated_by(self, schemas: &'static LazySchemas) -> Self {
        if let Some(tape) = &self.tape {
            // The first schemas stay.
            let _ = tape.schemas.set(schemas);
        }
        self
    }

    /// The violations of the document in the exchanges so far.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        self.tape.as_ref().map_or_else(Vec::new, |tape| tape.state().findings.clone())
    }
}
