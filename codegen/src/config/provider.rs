//! The choices of `provider.toml`, which an API of `specwright.toml` can make, too.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;

use super::error::{ConfigError, ConfigFile, parse_toml, span_of};
use super::pages::PageChoice;
use super::select::Select;
use super::silence::Silence;
use super::spanned::Written;
use super::types::TypeChoices;
use crate::document::{Sources, Span};

/// The choices of `provider.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProviderConfig {
    /// The module or crate of the output. If empty, the name is made from the title.
    pub module: String,
    /// The document, relative to the provider's folder. The default is `openapi.yaml`.
    pub spec: Option<Written>,
    /// The document as generated headers name it. The command sets it.
    #[serde(skip)]
    pub cited: Option<String>,
    /// Operations that are generated.
    pub select: Select,
    /// Choices about types.
    pub types: TypeChoices,
    /// Choices about operations.
    pub operations: OperationChoices,
    /// Choices about the client.
    pub client: ClientChoices,
    /// Choices about the server.
    pub server: ServerChoices,
    /// Choices about webhooks and callbacks.
    pub webhooks: WebhookChoices,
    /// Names of earlier versions that stay as deprecated aliases.
    pub former: FormerNames,
    /// Diagnostics that are not reported.
    pub silence: Vec<Silence>,
    /// The file that this was read from, for diagnostics that point into it.
    #[serde(skip)]
    pub file: Option<ConfigFile>,
    /// Whether choices that match nothing in the document are errors.
    #[serde(skip)]
    pub unmatched: Unmatched,
}

/// Whether choices that match nothing in the document are errors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unmatched {
    /// Each is an error at its location, so that choices can't rot.
    #[default]
    Refused,
    /// They are ignored: the choices were made for another version of the document.
    Ignored,
}

/// Choices about operations.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct OperationChoices {
    /// Names of operations, by `operationId` or `GET /path`. Each replaces the `operationId`.
    pub rename: BTreeMap<Written, String>,
    /// Whether its own path and method, which `FastAPI` appends, are removed from an `operationId`.
    pub strip_paths: bool,
    /// How operations page, by `operationId` or `GET /path`.
    pub pages: BTreeMap<Written, PageChoice>,
    /// The header for idempotency keys of operations for which the document names none.
    pub idempotency_key: Option<Written>,
    /// How the operations are divided into the Cargo features of a generated crate.
    pub features: Option<toml::Spanned<FeatureChoice>>,
}

/// How the operations are divided into the Cargo features of a generated crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FeatureChoice {
    /// One feature for each tag: its operations, and the types that they reach.
    Tags,
}

/// Choices about the client.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClientChoices {
    /// Whether the client also has its methods grouped by tag: `client.users().list()`.
    pub groups: bool,
}

impl Default for ClientChoices {
    fn default() -> Self {
        Self { groups: true }
    }
}

/// Choices about the server.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ServerChoices {
    /// Whether there is one trait, or one for each tag.
    pub split: Split,
    /// Operations whose forms have files that are read as they arrive, by `operationId` or
    /// `POST /path`.
    pub stream_files: Vec<Written>,
}

/// How the server's trait is split.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Split {
    /// One trait with every operation.
    #[default]
    One,
    /// One trait for the operations of each tag.
    Tags,
}

/// Choices about webhooks and callbacks.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WebhookChoices {
    /// How they are signed. Receivers then refuse those that are not.
    pub signature: Option<toml::Spanned<SignatureChoice>>,
    /// The header with the signature, if it is not that of the scheme.
    pub signature_header: Option<Written>,
}

/// How webhooks are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each name says who signs like this")]
pub enum SignatureChoice {
    StandardWebhooks,
    Stripe,
    Github,
    Slack,
    Shopify,
}

/// Names that items had in earlier versions of the document, each with the name that replaced it.
/// They are Rust names, as in application code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FormerNames {
    /// Types: `Part = "Piece"`.
    pub types: BTreeMap<Written, String>,
    /// Methods of the client and the server: `fetch_pet = "get_pet"`.
    pub operations: BTreeMap<Written, String>,
    /// Setters of request builders: `"list_pets.size" = "page_size"`.
    pub setters: BTreeMap<Written, String>,
}

impl ProviderConfig {
    /// Reads `provider.toml`.
    ///
    /// # Errors
    /// If the text is not TOML, a key does not exist or a value has the wrong type. The error has
    /// the location.
    pub fn parse(path: &str, text: &str) -> Result<Self, ConfigError> {
        let mut config: Self = parse_toml(path, text)?;
        config.file = Some(ConfigFile { path: path.to_owned(), text: text.to_owned() });
        Ok(config)
    }

    /// These choices, for another version of the document, which may not have what they name.
    #[must_use]
    pub fn for_another_version(&self) -> Self {
        Self { unmatched: Unmatched::Ignored, ..self.clone() }
    }

    /// The span of a choice, if its file is among the sources and a choice that matches nothing is
    /// an error.
    pub(crate) fn place(&self, written: &Written, sources: &Sources) -> Option<Span> {
        self.place_at(written.range.as_ref()?, sources)
    }

    /// As [`place`](Self::place), for a choice that is not text.
    pub(crate) fn place_of<T>(&self, choice: &toml::Spanned<T>, sources: &Sources) -> Option<Span> {
        self.place_at(&choice.span(), sources)
    }

    fn place_at(&self, range: &Range<usize>, sources: &Sources) -> Option<Span> {
        let file = self.file.as_ref().filter(|_| self.unmatched == Unmatched::Refused)?;
        let (source, _) = sources.iter().find(|(_, source)| source.path() == file.path)?;
        Some(span_of(source, range))
    }

    /// The document, relative to the provider's folder.
    #[must_use]
    pub fn spec(&self) -> &str {
        self.spec.as_ref().map_or("openapi.yaml", |spec| &spec.text)
    }

    /// Adds the file to the sources and returns the span of the key that names the document. `None`
    /// if there is no such key.
    pub(crate) fn spec_place(&self, sources: &mut Sources) -> Option<Span> {
        let (file, range) = (self.file.as_ref()?, self.spec.as_ref()?.range.as_ref()?);
        Some(span_of(sources.add(&file.path, file.text.clone()), range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complete_file_is_read() {
        let config = ProviderConfig::parse(
            "provider.toml",
            r#"
module = "acme"
[select]
tags = ["Users"]
exclude = ["/internal/**"]
[types]
strict_enums = ["State"]
read_numbers = ["UserId"]
rename = { Foo = "Bar" }
[operations.rename]
"GET /users" = "list_users"
[server]
split = "tags"
[webhooks]
signature = "standard-webhooks"
[former.operations]
all_users = "list_users"
"#,
        )
        .unwrap();
        assert_eq!(config.module, "acme");
        assert_eq!(config.spec(), "openapi.yaml");
        assert_eq!(config.server.split, Split::Tags);
        let signature = config.webhooks.signature.as_ref().map(|one| *one.get_ref());
        assert_eq!(signature, Some(SignatureChoice::StandardWebhooks));
        assert_eq!(config.former.operations.get("all_users").map(String::as_str), Some("list_users"));
        assert_eq!(config.types.strict_enums, [Written::from("State")]);
        assert_eq!(config.types.read_numbers, [Written::from("UserId")]);
        let (renamed, _) = config.types.rename.first_key_value().unwrap();
        let text = &config.file.as_ref().unwrap().text;
        assert_eq!(renamed.range.as_ref().and_then(|range| text.get(range.clone())), Some("Foo"));
        assert_eq!(config.operations.rename.get("GET /users").map(String::as_str), Some("list_users"));
    }

    #[test]
    fn a_misspelt_key_is_refused_at_its_location() {
        let error =
            ProviderConfig::parse("specs/acme/provider.toml", "module = \"acme\"\n[select]\ntag = [\"Users\"]\n")
                .unwrap_err();
        assert_eq!(error.line_column(), (3, 1));
        assert!(error.to_string().starts_with("unknown field `tag`, expected one of"), "{error}");
        assert!(error.to_string().ends_with("specs/acme/provider.toml:3:1"), "{error}");
    }

    #[test]
    fn a_value_of_the_wrong_type_is_refused_at_its_location() {
        let error = ProviderConfig::parse("p.toml", "module = 3\n").unwrap_err();
        assert_eq!(error.line_column(), (1, 10));
    }
}
