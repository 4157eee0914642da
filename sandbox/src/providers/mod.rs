//! The four systems: what each of them keeps, and how it behaves as far as that is known.
//!
//! The rule kept here: each behaviour is a line in the provider's `RULES`, with how sure it is.

pub mod looker;
pub mod prelude;
pub mod rownd;
pub mod stateset;

mod fault;
mod make;
mod methods;
mod refuse;

use std::fmt;
use std::str::FromStr;

use axum::Router;
use serde_json::Value;

pub use self::refuse::Wrong;
use crate::store::{Database, Key};

/// One of the systems.
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
    // Without the backticks that documentation wants.
    #[value(help = "StateSet: users")]
    Stateset,
}

/// How sure a behaviour is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// On the page that documents the operation.
    Seed,
    /// In the provider's published document.
    Spec,
    /// In an official SDK.
    Sdk,
    /// On another page of its documentation.
    Page,
    /// From third parties, or what is customary.
    Inferred,
    /// Looked for and not found: a decision of this sandbox.
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

/// A behaviour, and how sure it is.
pub type Rule = (Certainty, &'static str);

impl Provider {
    /// All of them, in the order in which they are listed.
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

    /// Its name as people write it.
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

    /// Schemas of ids that are texts in its document and are read as numbers, too, because other
    /// pages or older releases have them so; `read_numbers` in its `provider.toml` lists the same.
    pub(crate) fn ids_as_numbers(self) -> &'static [&'static str] {
        match self {
            Self::Looker => &["UserId", "UserAttributeId", "GroupId"],
            Self::Stateset => &["UserId"],
            Self::Rownd | Self::Prelude => &[],
        }
    }

    /// What is known of its behaviour, and what was decided here.
    #[must_use]
    pub fn rules(self) -> &'static [Rule] {
        match self {
            Self::Rownd => rownd::RULES,
            Self::Prelude => prelude::RULES,
            Self::Looker => looker::RULES,
            Self::Stateset => stateset::RULES,
        }
    }

    /// Whose request this is, and its path as the provider's document has it.
    ///
    /// Each provider answers under its own prefix and where its SDKs expect it when only the host
    /// is replaced: `/rownd/hub/app-config` and `/hub/app-config` are the same.
    #[must_use]
    pub fn of_path(path: &str) -> Option<(Self, &str)> {
        const PLACES: [(&str, Provider); 9] = [
            ("/rownd/", Provider::Rownd),
            ("/prelude/", Provider::Prelude),
            ("/looker/api/4.0/", Provider::Looker),
            ("/stateset/v1/", Provider::Stateset),
            // The same without the prefix.
            ("/api/4.0/", Provider::Looker),
            ("/v1/", Provider::Stateset),
            // Looker's Python SDK logs out without a version.
            ("/looker/api/", Provider::Looker),
            ("/api/", Provider::Looker),
            ("/stateset/", Provider::Stateset),
        ];
        for (prefix, provider) in PLACES {
            if path.starts_with(prefix) {
                return Some((provider, &path[prefix.len() - 1..]));
            }
        }
        let whole = [("/applications/", Self::Rownd), ("/hub/", Self::Rownd), ("/v2/session/", Self::Prelude)];
        let found = whole.iter().find(|(prefix, _)| path.starts_with(prefix));
        found.map(|(_, provider)| (*provider, path))
    }

    /// Its router over this state.
    pub(crate) fn router(self, world: &World) -> Router {
        let database = world.database.clone();
        match self {
            Self::Rownd => generated_client::rownd::server::router(rownd::Service { database }),
            Self::Prelude => generated_client::prelude_so::server::router(prelude::Service { database }),
            Self::Looker => {
                let token_lifetime = world.token_lifetime;
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

/// What the services share.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub database: Database,
    /// How long a token lives that `login` hands out, in seconds.
    pub token_lifetime: i64,
}

/// Records by which others are found; they are made from those, and no export has them.
pub(crate) const INDEX: &str = "index/";

/// The index records that belong to a record.
pub(crate) fn index(key: &Key, body: &Value) -> Vec<(Key, Value)> {
    match key.collection.split('/').next() {
        Some("rownd") => rownd::index(key, body),
        Some("prelude") => prelude::index(key, body),
        Some("looker") => looker::index(key, body),
        _ => Vec::new(),
    }
}
