//! Starts a proxy from the settings of a mock.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, OnceLock};

use tokio::net::TcpListener;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::forward::Upstream;
use super::in_flight::InFlight;
use super::pass::App;
use crate::document::Document;
use crate::limits::GRACE;
use crate::mock::{Builder, StartError};
use crate::traffic::{Proposal, Report, Violations};
use crate::web::log::Log;
use crate::web::serve::serve;

/// A running proxy. It stops when it is dropped.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use specwright_mock::Mock;
///
/// let proxy = Mock::of("openapi.yaml").proxy("https://api.example.com/v1").await?;
/// // Send requests to `proxy.url()` …
/// let report = proxy.report().await;
/// assert!(report.is_clean(), "{}", report.to_text(&[]));
/// proxy.stop().await;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Proxy {
    app: Arc<App>,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Builder {
    /// Starts a proxy instead of a mock: it passes everything on to the service at a base URL, and
    /// checks requests and responses against the document. State, latency and failures are not
    /// used.
    ///
    /// # Errors
    /// If the document has errors, the URL is not a base URL, or the port is in use.
    pub async fn proxy(self, url: &str) -> Result<Proxy, StartError> {
        let upstream = Upstream::new(url).map_err(StartError::Upstream)?;
        let app = Arc::new(App {
            traffic: self.traffic()?,
            upstream,
            in_flight: Arc::default(),
            log: Log::default(),
            hosts: self.settings.hosts.clone(),
            origin: OnceLock::new(),
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await.map_err(StartError::Port)?;
        let address = listener.local_addr().map_err(StartError::Port)?;
        app.origin.get_or_init(|| format!("http://{address}"));
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(serve(listener, app.router(), self.settings.limits.read_timeout, stopped));
        tracing::info!(%address, document = app.traffic.document().api.title, "the proxy is running");
        Ok(Proxy { app, address, stop: Some(stop), task })
    }
}

impl Proxy {
    /// The address on which it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL for clients, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        self.app.origin.get().map_or("", String::as_str)
    }

    /// The document.
    #[must_use]
    pub fn document(&self) -> &'static Document {
        self.app.traffic.document()
    }

    /// Receives each kind of violation when it occurs for the first time.
    #[must_use]
    pub fn listen(&self) -> UnboundedReceiver<Violations> {
        self.app.traffic.listen()
    }

    /// The violations found so far. Complete responses are checked first; for those that have not
    /// ended, this waits a few seconds.
    pub async fn report(&self) -> Report {
        let in_flight: &InFlight = &self.app.in_flight;
        // Streams may never end.
        let _ = tokio::time::timeout(GRACE, in_flight.settle()).await;
        self.app.traffic.report()
    }

    /// The overlay actions with which the document would allow the violations that occurred several
    /// times.
    pub async fn proposals(&self) -> Vec<Proposal> {
        self.app.traffic.proposals().await
    }

    /// Forgets all violations.
    pub fn reset(&self) {
        self.app.traffic.reset();
        self.app.log.clear();
    }

    /// Stops after the current requests, and returns the violations.
    pub async fn stop(mut self) -> Report {
        self.end().await
    }

    /// Stops after the current requests, and also returns the [proposals](Self::proposals).
    pub async fn finish(mut self) -> (Report, Vec<Proposal>) {
        let report = self.end().await;
        let proposals = self.proposals().await;
        (report, proposals)
    }

    async fn end(&mut self) -> Report {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let _ = (&mut self.task).await;
        self.report().await
    }
}
