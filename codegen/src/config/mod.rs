//! Turns `provider.toml`, `specwright.toml` and `source.toml` into choices and provenance.
//!
//! **Invariant:** an unknown key is refused. A misspelt choice is an error with its line and
//! column.

mod api;
mod error;
mod fault;
mod pages;
mod places;
mod project;
mod provider;
mod select;
mod silence;
mod source;
mod spanned;
mod types;

pub use api::{ApiConfig, ApiSettings, Side};
pub use error::{ConfigError, ConfigFile};
pub(crate) use error::{parse_toml, span_of};
pub use pages::{PageChoice, PagesBy};
pub use project::ProjectConfig;
pub use provider::{
    ClientChoices, FeatureChoice, FormerNames, OperationChoices, ProviderConfig, ServerChoices, SignatureChoice, Split,
    Unmatched, WebhookChoices,
};
pub(crate) use select::glob;
pub use select::{Candidate, Idle, Select};
pub use silence::Silence;
pub(crate) use silence::apply as silence;
pub use source::{Source, Verification};
pub use spanned::Written;
pub use types::{Dates, Decimals, Openness, TypeChoices, TypeModules, Urls, Uuids};
