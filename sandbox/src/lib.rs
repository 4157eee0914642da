//! Local servers of Rownd, Prelude, Looker and `StateSet`. They are stateful, and validate requests
//! against their `OpenAPI` documents.
//!
//! The sandbox implements the generated server traits. The generated routers provide routing,
//! credentials and validation. This crate adds the state and the behaviour of the four providers.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = sandbox::Sandbox::start().await?;
//! let app = sandbox.credentials().rownd_app.clone();
//! let user = sandbox.rownd()?.application_user_data_get(app, "user_gary").await?;
//! assert!(user.into_body().data.is_some());
//! sandbox.stop().await;
//! # Ok(())
//! # }
//! ```

mod clients;
mod credentials;
mod documents;
mod limits;
pub mod providers;
mod records;
mod start;
pub mod store;
mod web;
mod yaml;

pub use credentials::{Credentials, curl};
pub use providers::{Certainty, Provider};
pub use records::{DEFAULT_SEED, SeedError};
pub use specwright_mock::web::log::ProblemReport;
pub use start::{Builder, Data, Sandbox, StartError};
pub use web::{LogEntry, SANDBOX_HEADER, SandboxUser, VERSION, VERSION_HEADER};
