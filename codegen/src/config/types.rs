//! The `[types]` table: choices about the types of schemas.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Written;

/// Choices about types. Names of schemas are those of the document.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TypeChoices {
    /// Whether enums keep values that the document does not name.
    pub enums: Openness,
    /// Schemas whose enums keep unknown values, whatever `enums` says.
    pub open_enums: Vec<Written>,
    /// Schemas whose enums refuse unknown values, whatever `enums` says.
    pub strict_enums: Vec<Written>,
    /// Schemas of strings whose values may also arrive as numbers. Clients and servers read those as
    /// their decimal digits: some APIs have changed the type of their IDs.
    pub read_numbers: Vec<Written>,
    /// Rust names of schemas.
    pub rename: BTreeMap<Written, String>,
    /// Rust names of properties, by `Schema.property`.
    pub rename_fields: BTreeMap<Written, String>,
    /// Rust names of the values of enums, by `Schema.value`.
    pub rename_variants: BTreeMap<Written, String>,
    /// Types of other crates that stand for schemas: `Money = "my_money::Money"`.
    pub replace: BTreeMap<Written, Written>,
    /// Types of other crates that stand for the values of a format: `ulid = "ulid::Ulid"`.
    pub replace_formats: BTreeMap<Written, Written>,
    /// What stands for `date-time` and `date`.
    pub dates: Dates,
    /// What stands for `uuid`.
    pub uuids: Uuids,
    /// What stands for `decimal`.
    pub decimals: Decimals,
    /// What stands for `uri`.
    pub urls: Urls,
    /// Further derives, by schema; `*` is any text.
    pub derive: BTreeMap<Written, Vec<Written>>,
    /// Further attributes, by schema; `*` is any text.
    pub attributes: BTreeMap<Written, Vec<Written>>,
}

/// Whether enums keep values that the document does not name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Openness {
    /// They do, in a variant `Unknown`.
    #[default]
    Open,
    /// They refuse them, unless the document says that there will be others.
    Closed,
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
    /// What stands for dates and times.
    Dates { Jiff, Chrono, Time }
    /// What stands for UUIDs.
    Uuids { Uuid }
    /// What stands for decimal numbers.
    Decimals { RustDecimal }
    /// What stands for URLs.
    Urls { Url }
}

/// A format, and the type that stands for its values.
pub(crate) type Replacement = (&'static str, &'static str);

impl TypeChoices {
    /// The types of known crates that stand for formats. The runtime re-exports the crates, so that a
    /// generated crate has their versions.
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
