//! The four providers: their state, and their behaviour to the extent that it is known.
//!
//! **Invariant:** each behaviour is an entry in the provider's `RULES`, with its certainty.

pub mod looker;
pub mod prelude;
pub mod rownd;
pub mod stateset;

mod error;
mod make;
mod methods;
mod reject;

use std::fmt;
use std::str::FromStr;

use axum::Router;
use serde_json::Value;

use crate::store::{Database, Key};

/// A provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// Rownd: users, fields and groups of applications.
    Rownd,
    /// Prelude: session management.
    Prelude,
    /// Looker 4.0: users and user attributes.
    Looker,
    /// `StateSet`: users.
    // Help text must not have the backticks of the documentation.
    #[value(help = "StateSet: users")]
    Stateset,
}

/// How certain a behaviour is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// Documented on the page of the operation.
    Seed,
    /// In the provider's OpenAPI document.
    Spec,
    /// In an official SDK.
    Sdk,
    /// On another page of the documentation.
    Page,
    /// From third parties, or by convention.
    Inferred,
    /// Documented nowhere; a decision of this sandbox.
    Decided,
}

impl fmt::Display for Certainty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Seed => "seed",
            Self::Spec => "spec",
            Self::Sdk => "sdk",
            Self::Page => "page",
            Self::Inferred => "inferred",
            Self::Decided => "decided",
        })
    }
}

/// A behaviour and its certainty.
pub type Rule = (Certainty, &'static str);

impl Provider {
    /// All providers, in the order in which they are listed.
    pub const ALL: [Self; 4] = [Self::Rownd, Self::Prelude, Self::Looker, Self::Stateset];

    /// `rownd`, `prelude`, `looker` or `stateset`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rownd => "rownd",
            Self::Prelude => "prelude",
            Self::Looker => "looker",
            Self::Stateset => "stateset",
        }
    }

    /// Its name, as people write it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Rownd => "Rownd",
            Self::Prelude => "Prelude",
            Self::Looker => "Looker 4.0",
            Self::Stateset => "StateSet",
        }
    }

    /// The path of its base URL.
    #[must_use]
    pub fn base_path(self) -> &'static str {
        match self {
            Self::Rownd => "/rownd",
            Self::Prelude => "/prelude",
            Self::Looker => "/looker/api/4.0",
            Self::Stateset => "/stateset/v1",
        }
    }

    /// Its `OpenAPI` document, in YAML.
    #[must_use]
    pub fn document(self) -> &'static str {
        match self {
            Self::Rownd => generated_client::rownd::DOCUMENT,
            Self::Prelude => generated_client::prelude_so::DOCUMENT,
            Self::Looker => generated_client::looker::DOCUMENT,
            Self::Stateset => generated_client::stateset::DOCUMENT,
        }
    }

    /// Schemas of IDs that are strings in its document and are also accepted as numbers, because
    /// other pages or older releases have numbers. Its `provider.toml` also lists them, as
    /// `read_numbers`.
    pub(crate) fn ids_as_numbers(self) -> &'static [&'static str] {
        match self {
            Self::Looker => &["UserId", "UserAttributeId", "GroupId"],
            Self::Stateset => &["UserId"],
            Self::Rownd | Self::Prelude => &[],
        }
    }

    /// Its behaviour: known, inferred and decided.
    #[must_use]
    pub fn rules(self) -> &'static [Rule] {
        match self {
            Self::Rownd => rownd::RULES,
            Self::Prelude => prelude::RULES,
            Self::Looker => looker::RULES,
            Self::Stateset => stateset::RULES,
        }
    }

    /// The provider of a request path, and the path as it appears in the provider's document.
    ///
    /// Each provider has a prefix, and also works without it, for SDKs that allow only the host to
    /// be replaced: `/rownd/hub/app-config` and `/hub/app-config` are equivalent.
    #[must_use]
    pub fn of_path(path: &str) -> Option<(Self, &str)> {
        const PREFIXES: [(&str, Provider); 9] = [
            ("/rownd/", Provider::Rownd),
            ("/prelude/", Provider::Prelude),
            ("/looker/api/4.0/", Provider::Looker),
            ("/stateset/v1/", Provider::Stateset),
            // Paths without the prefix.
            ("/api/4.0/", Provider::Looker),
            ("/v1/", Provider::Stateset),
            // Looker's Python SDK logs out without a version.
            ("/looker/api/", Provider::Looker),
            ("/api/", Provider::Looker),
            ("/stateset/", Provider::Stateset),
        ];
        for (prefix, provider) in PREFIXES {
            if path.starts_with(prefix) {
                return Some((provider, &path[prefix.len() - 1..]));
            }
        }
        let roots = [("/applications/", Self::Rownd), ("/hub/", Self::Rownd), ("/v2/session/", Self::Prelude)];
        let found = roots.iter().find(|(prefix, _)| path.starts_with(prefix));
        found.map(|(_, provider)| (*provider, path))
    }

    /// Its router, over the shared state.
    pub(crate) fn router(self, shared: &Shared) -> Router {
        let database = shared.database.clone();
        match self {
            Self::Rownd => generated_client::rownd::server::router(rownd::Service { database }),
            Self::Prelude => generated_client::prelude_so::server::router(prelude::Service { database }),
            Self::Looker => {
                let token_lifetime = shared.token_lifetime;
                generated_client::looker::server::router(looker::Service { database, token_lifetime })
            }
            Self::Stateset => generated_client::stateset::server::router(stateset::Service { database }),
        }
    }
}

impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Provider {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|one| one.name() == text);
        found.ok_or_else(|| format!("there is no provider `{text}`"))
    }
}

/// The state that all services share.
#[derive(Clone, Debug)]
pub(crate) struct Shared {
    pub database: Database,
    /// Lifetime of the tokens of `login`, in seconds.
    pub token_lifetime: i64,
}

/// Prefix of index collections. Index records are derived from other records, and are not exported.
pub(crate) const INDEX: &str = "index/";

/// The index records of a record.
pub(crate) fn index(key: &Key, body: &Value) -> Vec<(Key, Value)> {
    match key.collection.split('/').next() {
        Some("rownd") => rownd::index(key, body),
        Some("prelude") => prelude::index(key, body),
        Some("looker") => looker::index(key, body),
        _ => Vec::new(),
    }
}
