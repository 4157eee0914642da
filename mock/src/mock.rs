//! Starts a mock from its settings.

use std::error::Error;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use specwright_codegen::config::ProviderConfig;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::app::{App, Seen, Settings};
use crate::call::{Call, OverrideResponse};
use crate::document::{LoadError, Original, Source, load};
use crate::limits::RECORD_BYTES;
use crate::service::Service;
use crate::state::{Behaviour, SettingsError, State, StateSettings};
use crate::store::{Database, MemoryStore, Store, StoreError};
use crate::traffic::Traffic;
use crate::web::serve::serve;

/// Why a mock cannot start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The document has errors.
    Document(Box<LoadError>),
    /// The settings of the state refer to something that was not recognized.
    Settings(SettingsError),
    /// The store of the state failed.
    Store(StoreError),
    /// There is no free port, or the chosen port is in use.
    Port(std::io::Error),
    /// A proxy cannot send requests to its service.
    Upstream(String),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document(error) => write!(f, "the document has errors:\n{error}"),
            Self::Settings(error) => write!(f, "{error}"),
            Self::Store(error) => write!(f, "{error}"),
            Self::Upstream(why) => f.write_str(why),
            Self::Port(error) => write!(f, "the mock cannot listen on this port: {error}"),
        }
    }
}

impl Error for StartError {}

/// Settings of a mock, made by [`Mock::of`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing before `start`"]
pub struct Builder {
    source: Source,
    overlay: Option<PathBuf>,
    config: ProviderConfig,
    pub(crate) port: u16,
    pub(crate) settings: Settings,
    state: Option<StateChoice>,
    seed: u64,
}

/// How the state is kept, and the settings that correct it.
#[derive(Clone, Debug, Default)]
struct StateChoice {
    settings: StateSettings,
    /// The path of the settings file, for messages.
    path: String,
    store: Option<Arc<dyn Store>>,
    record_bytes: Option<usize>,
}

impl StateChoice {
    fn database(&self) -> Database {
        let store = self.store.clone().unwrap_or_else(|| Arc::new(MemoryStore::new()));
        Database::new(store).with_room(self.record_bytes.unwrap_or(RECORD_BYTES))
    }
}

impl Builder {
    fn new(source: Source) -> Self {
        let config = ProviderConfig::default();
        let state = Some(StateChoice::default());
        Self { source, overlay: None, config, port: 0, settings: Settings::default(), state, seed: 0 }
    }

    /// Repairs the document with an overlay.
    pub fn overlay(mut self, path: impl Into<PathBuf>) -> Self {
        self.overlay = Some(path.into());
        self
    }

    /// Sets the choices of a `provider.toml`, if the server has them.
    pub fn config(mut self, config: ProviderConfig) -> Self {
        self.config = config;
        self
    }

    /// Corrects what the mock infers about resources. `path` is for messages.
    pub fn state_settings(mut self, path: impl Into<String>, settings: StateSettings) -> Self {
        self.state = Some(StateChoice { settings, path: path.into(), ..self.state.unwrap_or_default() });
        self
    }

    /// Keeps the state in this store. By default, it is kept in memory.
    pub fn store(mut self, store: Arc<dyn Store>) -> Self {
        self.state = Some(StateChoice { store: Some(store), ..self.state.unwrap_or_default() });
        self
    }

    /// Sets the memory, roughly in bytes, that all records of the state may take. Beyond it,
    /// requests that store more are refused with 507. The default is 128 MiB.
    pub fn record_limit(mut self, bytes: usize) -> Self {
        self.state = Some(StateChoice { record_bytes: Some(bytes), ..self.state.unwrap_or_default() });
        self
    }

    /// Keeps no state. Every response then comes from the document.
    pub fn stateless(mut self) -> Self {
        self.state = None;
        self
    }

    /// Sets the number from which IDs are made, so that they are the same in every run. The default
    /// is 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets the port on loopback. The default, 0, selects a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Also allows requests for the pages that name this host. By default, only requests that name
    /// loopback are allowed.
    pub fn allow_host(mut self, name: impl Into<String>) -> Self {
        self.settings.hosts.push(name.into());
        self
    }

    /// Delays each response by a random time between `least` and `most`.
    pub fn latency(mut self, least: Duration, most: Duration) -> Self {
        self.settings.faults.latency = (least, most.max(least));
        self
    }

    /// Sets the share of requests that fail with 503, from 0 to 1.
    pub fn fail_rate(mut self, share: f64) -> Self {
        self.settings.faults.fail_rate = share;
        self
    }

    /// Sets the maximum size in bytes of a body that is read as a whole. The default is 2 MiB.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.settings.limits.body = bytes;
        self
    }

    /// Reads the document.
    ///
    /// # Errors
    /// If the document has errors.
    pub fn load(&self) -> Result<&'static crate::document::Document, StartError> {
        load(&self.source, self.overlay.as_deref(), &self.config).map_err(|error| StartError::Document(Box::new(error)))
    }

    /// The resources that the document implies: the path of the items, and the property with their
    /// ID.
    ///
    /// # Errors
    /// If the document has errors.
    pub fn resources(&self) -> Result<Vec<(String, String)>, StartError> {
        let settings = self.state.as_ref().map(|choice| choice.settings.clone()).unwrap_or_default();
        let found = crate::state::recognize(self.load()?, &settings).into_iter();
        Ok(found.map(|one| (one.item.to_owned(), one.id.name.to_owned())).collect())
    }

    /// Checks traffic against the document: recordings, or whatever an application passes on.
    ///
    /// # Errors
    /// If the document has errors.
    pub fn traffic(&self) -> Result<Traffic, StartError> {
        Ok(Traffic::new(self.original(), self.load()?))
    }

    fn original(&self) -> Original {
        Original { source: self.source.clone(), overlay: self.overlay.clone(), config: self.config.clone() }
    }

    /// The router of the mock, without pages, a log and a port, for tests in one process.
    ///
    /// # Errors
    /// If the document has errors.
    pub fn router(&self) -> Result<axum::Router, StartError> {
        Ok(Arc::new(self.service()?).router())
    }

    fn service(&self) -> Result<Service, StartError> {
        let document = self.load()?;
        let state = self
            .state
            .as_ref()
            .map(|choice| State::new(document, &choice.settings, &choice.path, self.seed, choice.database()));
        Ok(Service::new(document, state.transpose().map_err(StartError::Settings)?))
    }

    /// Starts the mock.
    ///
    /// # Errors
    /// If the document has errors, or the port is in use.
    pub async fn start(self) -> Result<Mock, StartError> {
        let service = self.service()?;
        let document = service.document;
        let app = Arc::new(App::new(Arc::new(service), self.original(), self.settings.clone()));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await.map_err(StartError::Port)?;
        let address = listener.local_addr().map_err(StartError::Port)?;
        app.origin.get_or_init(|| format!("http://{address}"));
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(serve(listener, app.router(), app.settings.limits.read_timeout, stopped));
        tracing::info!(%address, document = document.api.title, "the mock is running");
        Ok(Mock { app, address, stop: Some(stop), task })
    }
}

/// A running mock. It stops when it is dropped. [`stop`](Self::stop) also waits for the current
/// requests.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use specwright_mock::Mock;
///
/// let mock = Mock::of("openapi.yaml").start().await?;
/// mock.on("getPet").respond(404, &serde_json::json!({"message": "no such pet"}));
/// // Send requests to `mock.url()` …
/// assert_eq!(mock.requests().len(), 0);
/// mock.stop().await;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Mock {
    app: Arc<App>,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Mock {
    /// A mock of the document in a file.
    pub fn of(path: impl AsRef<Path>) -> Builder {
        Builder::new(Source::File(path.as_ref().to_owned()))
    }

    /// A mock of a document in YAML or JSON text.
    pub fn text(document: impl Into<String>) -> Builder {
        Builder::new(Source::Text(document.into()))
    }

    /// The address on which it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL, such as `http://127.0.0.1:4010`, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        self.app.origin()
    }

    /// The document.
    #[must_use]
    pub fn document(&self) -> &'static crate::document::Document {
        self.app.service.document
    }

    /// The last requests, oldest first, with their content and their faults.
    #[must_use]
    pub fn requests(&self) -> Vec<Seen> {
        self.app.seen()
    }

    /// Forgets the requests, the overrides and the state.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn reset(&self) -> Result<(), StoreError> {
        self.app.reset().await
    }

    /// The behaviour that the mock infers for resources.
    #[must_use]
    pub fn behaviours(&self) -> Vec<Behaviour> {
        self.app.service.behaviours()
    }

    /// Chooses the response of an operation, by its `operationId`. Only valid requests receive it.
    #[must_use = "nothing changes until a response is given"]
    pub fn on(&self, operation: &str) -> On<'_> {
        let found = self.document().operations.iter().find(|one| one.descriptor.id == operation);
        On { mock: self, operation: found.map(|operation| operation.descriptor.id), asked: operation.to_owned() }
    }

    /// Stops the mock after the current requests.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let _ = (&mut self.task).await;
        if let Some(state) = &self.app.service.state
            && let Err(error) = state.store().close().await
        {
            tracing::warn!(%error, "the store was not closed");
        }
    }
}

/// An operation whose response is overridden; made by [`Mock::on`].
#[derive(Debug)]
pub struct On<'m> {
    mock: &'m Mock,
    operation: Option<&'static str>,
    asked: String,
}

impl On<'_> {
    /// Always responds with this JSON.
    ///
    /// # Panics
    /// If the document has no such operation, because the test would wait for a response that never
    /// comes.
    pub fn respond(self, status: u16, body: &impl Serialize) {
        let response = OverrideResponse::json(status, body);
        self.respond_with(move |_| Some(response.clone()));
    }

    /// Responds with what a function returns for the request. If it returns `None`, the document
    /// decides.
    ///
    /// # Panics
    /// If the document has no such operation.
    pub fn respond_with(self, response: impl Fn(&Call) -> Option<OverrideResponse> + Send + Sync + 'static) {
        let Some(operation) = self.operation else {
            let known: Vec<&str> = self.mock.document().operations.iter().map(|one| one.descriptor.id).collect();
            panic!("the document has no operation `{}`; it has {}", self.asked, known.join(", "));
        };
        self.mock.app.service.set_override(operation, Arc::new(response));
    }
}
