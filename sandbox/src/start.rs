//! Starts a sandbox from its settings.

use std::error::Error;
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use specwright_mock::web::faults::Faults;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::credentials::Credentials;
use crate::providers::{Provider, Shared, rownd};
use crate::records::{self, DEFAULT_SEED};
use crate::store::{Action, Change, Database, MemoryStore, Store, StoreError};
use crate::web::{self, App, LogEntry, SandboxUser, Settings};

/// Where the state is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Data {
    /// In memory, until the sandbox stops.
    #[default]
    Memory,
    /// In a `SQLite` file.
    #[cfg(feature = "sqlite")]
    File(std::path::PathBuf),
    /// In a `PostgreSQL` database, which several sandboxes can share: `postgres://user@host/name`.
    #[cfg(feature = "postgres")]
    Postgres(String),
}

/// Why a sandbox cannot start, or an operation on it fails.
#[derive(Debug)]
pub struct StartError(Box<dyn Error + Send + Sync>);

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for StartError {}

impl From<StoreError> for StartError {
    fn from(error: StoreError) -> Self {
        Self(error.into())
    }
}

impl From<records::SeedError> for StartError {
    fn from(error: records::SeedError) -> Self {
        Self(error.into())
    }
}

impl From<std::io::Error> for StartError {
    fn from(error: std::io::Error) -> Self {
        Self(error.into())
    }
}

/// Settings of a sandbox, made by [`Sandbox::builder`].
#[derive(Clone, Debug)]
#[must_use = "a builder does nothing before `start`"]
pub struct Builder {
    port: u16,
    data: Data,
    seed: String,
    providers: Vec<Provider>,
    token_lifetime: Duration,
    settings: Settings,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            port: 0,
            data: Data::default(),
            seed: DEFAULT_SEED.to_owned(),
            providers: Provider::ALL.to_vec(),
            token_lifetime: Duration::from_secs(3600),
            settings: Settings {
                faults: Faults::default(),
                rate_limit: None,
                body_timeout: Duration::from_secs(30),
                hosts: Vec::new(),
            },
        }
    }
}

impl Builder {
    /// Sets the port on loopback. The default, 0, selects a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets where the state is kept.
    pub fn data(mut self, data: Data) -> Self {
        self.data = data;
        self
    }

    /// Sets the initial records, in the format of an export; see `seeds/default.yaml`. They are
    /// used if there is no state yet, and by `reset`.
    pub fn seed(mut self, yaml: impl Into<String>) -> Self {
        self.seed = yaml.into();
        self
    }

    /// Serves only these providers. By default, all of them are served.
    pub fn providers(mut self, providers: &[Provider]) -> Self {
        self.providers = providers.to_vec();
        self
    }

    /// Sets the lifetime of the tokens of Looker's `login`. The default is one hour.
    pub fn token_lifetime(mut self, lifetime: Duration) -> Self {
        self.token_lifetime = lifetime;
        self
    }

    /// Also allows requests for the page and the admin routes that name this host, such as
    /// `sandbox.internal`. By default, only requests that name loopback are allowed.
    pub fn allow_host(mut self, name: impl Into<String>) -> Self {
        self.settings.hosts.push(name.into());
        self
    }

    /// Delays each response of a provider by a random time between `least` and `most`.
    pub fn latency(mut self, least: Duration, most: Duration) -> Self {
        self.settings.faults.latency = (least, most.max(least));
        self
    }

    /// Sets the share of requests that fail with 503, from 0 to 1.
    pub fn fail_rate(mut self, share: f64) -> Self {
        self.settings.faults.fail_rate = share;
        self
    }

    /// Sets the number of requests per second and token before Looker responds with 429.
    pub fn rate_limit(mut self, requests: u32) -> Self {
        self.settings.rate_limit = Some(requests);
        self
    }

    /// Sets the time limit for receiving a body, after which the response is 408. The default is 30
    /// seconds. The connection is closed if the head of a request takes more than 10 seconds, or if
    /// the caller takes no part of a response for 30 seconds. If this time limit is shorter, it
    /// applies to both.
    pub fn body_timeout(mut self, timeout: Duration) -> Self {
        self.settings.body_timeout = timeout;
        self
    }

    /// Starts the sandbox.
    ///
    /// # Errors
    /// If the store cannot be opened, the seed cannot be read, or the port is in use.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        let database = Database::new(open(&self.data).await?);
        plant_seed(&database, &self.seed).await?;
        let shared =
            Shared { database, token_lifetime: i64::try_from(self.token_lifetime.as_secs()).unwrap_or(i64::MAX) };
        let app = Arc::new(App::new(shared, &self.providers, self.settings, self.seed));
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let address = listener.local_addr()?;
        app.origin.get_or_init(|| format!("http://{address}"));
        let credentials = Credentials::read(&app.shared.database).await?;
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(web::serve(listener, app.router(), app.settings.body_timeout, stopped));
        tracing::info!(%address, store = app.shared.database.store().describe(), "the sandbox is running");
        Ok(Sandbox { app, address, credentials, stop: Some(stop), task })
    }
}

async fn open(data: &Data) -> Result<Arc<dyn Store>, StartError> {
    Ok(match data {
        Data::Memory => Arc::new(MemoryStore::new()),
        #[cfg(feature = "sqlite")]
        Data::File(path) => Arc::new(crate::store::SqliteStore::open(path)?),
        #[cfg(feature = "postgres")]
        Data::Postgres(url) => Arc::new(crate::store::PostgresStore::connect(url).await?),
    })
}

/// Writes the seed into an empty store. If several sandboxes start at the same time, only one of
/// them writes it.
async fn plant_seed(database: &Database, seed: &str) -> Result<(), StartError> {
    let records = records::parse(seed)?;
    if !database.store().dump().await?.is_empty() {
        return Ok(());
    }
    let changes = records.into_iter().map(|(key, body)| Change { key, expected: None, action: Action::Put(body) });
    database.store().commit(changes.collect()).await?;
    Ok(())
}

/// A running sandbox. It stops when it is dropped. [`stop`](Self::stop) also waits for the current
/// requests.
#[derive(Debug)]
pub struct Sandbox {
    app: Arc<App>,
    address: SocketAddr,
    credentials: Credentials,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Sandbox {
    /// Starts a sandbox with all providers, on a free port, with its state in memory.
    ///
    /// # Errors
    /// If there is no free port.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Settings of a sandbox.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The address on which it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL, such as `http://127.0.0.1:4010`, without a trailing slash.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.app.origin()
    }

    /// The base URL of a provider.
    #[must_use]
    pub fn base_url(&self, provider: Provider) -> String {
        self.app.base_url(provider)
    }

    /// The providers that it serves.
    pub fn providers(&self) -> impl Iterator<Item = Provider> + '_ {
        self.app.mounts.iter().map(|mount| mount.provider)
    }

    /// The credentials that it accepted when it started.
    #[must_use]
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Restores the seed, and clears the request log.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn reset(&self) -> Result<(), StartError> {
        let seed = self.app.seed.clone();
        self.import(&seed).await?;
        self.app.log.clear();
        Ok(())
    }

    /// Replaces all records with those of an export.
    ///
    /// # Errors
    /// If they cannot be read, or the store fails.
    pub async fn import(&self, yaml: &str) -> Result<(), StartError> {
        let records = records::parse(yaml)?;
        Ok(self.app.shared.database.replace(records).await?)
    }

    /// All records, as YAML. If they are kept in a file, a remark at the start says whether that
    /// file alone contains them.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn export(&self) -> Result<String, StartError> {
        Ok(records::export(&self.app.shared.database).await?)
    }

    /// Issues a token for a user of Rownd's application, to test code that verifies such tokens;
    /// `None` if there is no such user.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn rownd_token(&self, user: &str) -> Result<Option<String>, StartError> {
        let database = &self.app.shared.database;
        Ok(rownd::tokens::issue(database, self.origin(), &self.credentials.rownd_app, user).await?)
    }

    /// The users of all providers.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn users(&self) -> Result<Vec<SandboxUser>, StartError> {
        Ok(web::users(&self.app).await?)
    }

    /// The last requests, newest first.
    #[must_use]
    pub fn requests(&self) -> Vec<LogEntry> {
        self.app.log.newest()
    }

    /// Stops the sandbox after the current requests. Its file is then complete.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let _ = (&mut self.task).await;
        if let Err(error) = self.app.shared.database.store().close().await {
            tracing::warn!(%error, "the store was not closed");
        }
    }
}
