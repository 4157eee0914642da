//! Rownd, Prelude, Looker and `StateSet` on one machine, stateful, validated by their `OpenAPI`
//! documents.
//!
//! It serves the generated traits and nothing else: routing, credentials and validation are those
//! of the generated routers; here is what the four systems keep and how they behave.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = sandbox::Sandbox::start().await?;
//! let app = sandbox.credentials().rownd_app.clone();
//! let user = sandbox.rownd()?.application_user_data_get().app(app).user("user_gary").send().await?;
//! assert!(user.into_inner().into_body().data.is_some());
//! sandbox.stop().await;
//! # Ok(())
//! # }
//! ```

mod clients;
mod credentials;
mod documents;
pub mod providers;
mod records;
mod start;
pub mod store;
mod web;

pub use credentials::{Credentials, curl};
pub use providers::{Certainty, Provider, Wrong};
pub use records::{DEFAULT_SEED, SeedError};
pub use start::{Builder, Data, Sandbox, StartError};
pub use web::{Noted, SANDBOX_HEADER, SandboxUser, VERSION, VERSION_HEADER};
