//! The `[types]` table: choices about the types of schemas.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Written;

/// Choices about types. Schema names are those of the document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TypeChoices {
    /// Whether enums keep values that the document does not name.
    pub enums: Openness,
    /// Schemas whose enums keep unknown values, whatever `enums` says.
    pub open_enums: Vec<Written>,
    /// Schemas whose enums refuse unknown values, whatever `enums` says.
    pub strict_enums: Vec<Written>,
    /// String schemas whose values may also arrive as numbers, since some APIs have changed the
    /// type of their IDs. Clients and servers read a number as its decimal digits.
    pub read_numbers: Vec<Written>,
    /// Rust names of schemas.
    pub rename: BTreeMap<Written, String>,
    /// Rust names of properties, by `Schema.property`.
    pub rename_fields: BTreeMap<Written, String>,
    /// Rust names of the values of enums, by `Schema.value`.
    pub rename_variants: BTreeMap<Written, String>,
    /// Types of other crates that replace schemas: `Money = "my_money::Money"`.
    pub replace: BTreeMap<Written, Written>,
    /// Types of other crates for the values of a format: `ulid = "ulid::Ulid"`.
    pub replace_formats: BTreeMap<Written, Written>,
    /// The type of `date-time` and `date`.
    pub dates: Dates,
    /// The type of `uuid`.
    pub uuids: Uuids,
    /// The type of `decimal`.
    pub decimals: Decimals,
    /// The type of `uri`.
    pub urls: Urls,
    /// Whether types can also be found in a module for each tag.
    pub modules: Option<toml::Spanned<TypeModules>>,
    /// Further derives, by schema; `*` matches any text.
    pub derive: BTreeMap<Written, Vec<Written>>,
    /// Further attributes, by schema; `*` matches any text.
    pub attributes: BTreeMap<Written, Vec<Written>>,
}

/// Whether enums keep values that the document does not name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Openness {
    /// They do, in a variant `Unknown`.
    #[default]
    Open,
    /// They refuse them, unless the document says that values will be added.
    Closed,
}

/// How the module of types is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TypeModules {
    /// One module with every type.
    One,
    /// That module, and in it one for each tag, with the types that its operations reach.
    Tags,
}

macro_rules! crates {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident),+ })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            /// Checked text, kept as it was received.
            #[default]
            Text,
            $(#[doc = concat!("The crate `", stringify!($variant), "`.")] $variant),+
        }
    )*};
}

crates! {
    /// The type of dates and times.
    Dates { Jiff, Chrono, Time }
    /// The type of UUIDs.
    Uuids { Uuid }
    /// The type of decimal numbers.
    Decimals { RustDecimal }
    /// The type of URLs.
    Urls { Url }
}

/// A format, and the type of its values.
pub(crate) type Replacement = (&'static str, &'static str);

impl TypeChoices {
    /// The types from known crates for formats. The runtime re-exports the crates, so that a
    /// generated crate uses the same versions.
    pub(crate) fn known_formats(&self) -> Vec<Replacement> {
        let mut known = Vec::new();
        known.extend(match self.dates {
            Dates::Text => &[][..],
            Dates::Jiff => &[
                ("date-time", "specwright_runtime::jiff::Timestamp"),
                ("date", "specwright_runtime::jiff::civil::Date"),
            ],
            Dates::Chrono => &[
                ("date-time", "specwright_runtime::chrono::DateTime<specwright_runtime::chrono::FixedOffset>"),
                ("date", "specwright_runtime::chrono::NaiveDate"),
            ],
            Dates::Time => &[("date-time", "specwright_runtime::Rfc3339"), ("date", "specwright_runtime::time::Date")],
        });
        known.extend((self.uuids == Uuids::Uuid).then_some(("uuid", "specwright_runtime::uuid::Uuid")));
        known.extend(
            (self.decimals == Decimals::RustDecimal)
                .then_some(("decimal", "specwright_runtime::rust_decimal::Decimal")),
        );
        known.extend((self.urls == Urls::Url).then_some(("uri", "specwright_runtime::url::Url")));
        known
    }

    /// The features of the runtime that the chosen crates need, sorted.
    #[must_use]
    pub fn runtime_features(&self) -> Vec<&'static str> {
        let dates = match self.dates {
            Dates::Text => None,
            Dates::Jiff => Some("jiff"),
            Dates::Chrono => Some("chrono"),
            Dates::Time => Some("time"),
        };
        let chosen = [
            dates,
            (self.uuids == Uuids::Uuid).then_some("uuid"),
            (self.decimals == Decimals::RustDecimal).then_some("decimal"),
            (self.urls == Urls::Url).then_some("url"),
        ];
        let mut features: Vec<&str> = chosen.into_iter().flatten().collect();
        features.sort_unstable();
        features
    }
}
