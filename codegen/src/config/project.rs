//! Turns `specwright.toml` into the APIs of a project: for each, the places of its document and
//! output, and the choices of a `provider.toml`.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::api::{ApiConfig, ApiSettings};
use super::error::lower_first;
use super::fault::{Fault, listed};
use super::{ConfigError, ConfigFile, ProviderConfig, Written, places};
use crate::diagnostics::codes;

/// Keys of `specwright.toml`.
const KEYS: [&str; 2] = ["generator", "api"];

/// Keys of an API other than the choices.
const SETTINGS: [&str; 10] =
    ["document", "sha256", "upstream", "overlay", "allow_read", "crate", "module", "name", "sides", "runtime"];

/// The content of `specwright.toml`.
#[derive(Clone, Debug)]
pub struct ProjectConfig {
    /// The version of the generator that wrote the output.
    pub generator: Option<Written>,
    /// The APIs by name.
    pub apis: BTreeMap<Written, ApiConfig>,
    /// The file that this was read from.
    pub file: ConfigFile,
}

impl ProjectConfig {
    /// Reads `specwright.toml`.
    ///
    /// # Errors
    /// If the text is not TOML, a key does not exist, is missing or has the wrong type. The error
    /// has the location.
    pub fn parse(path: &str, text: &str) -> Result<Self, ConfigError> {
        let file = ConfigFile { path: path.to_owned(), text: text.to_owned() };
        parse(&file).map_err(|Fault { range, message, help }| ConfigError {
            file,
            code: &codes::INVALID_CONFIG,
            range,
            message,
            help,
        })
    }
}

fn parse(file: &ConfigFile) -> Result<ProjectConfig, Fault> {
    let table = DeTable::parse(&file.text).map_err(|error| syntax(&error))?;
    let (mut generator, mut apis) = (None, BTreeMap::new());
    for (key, value) in table.into_inner() {
        let span = key.span();
        match key.get_ref().as_ref() {
            "generator" => generator = Some(read(value, &span)?),
            "api" => {
                for (name, value) in inner_table(value, "api")?.into_inner() {
                    let range = Some(name.span());
                    let name = Written { text: name.into_inner().into_owned(), range };
                    let api = api(value, &name, file)?;
                    apis.insert(name, api);
                }
            }
            key => return Err(Fault::unknown(key, span, &KEYS)),
        }
    }
    places::apart(&apis)?;
    Ok(ProjectConfig { generator, apis, file: file.clone() })
}

fn api(value: Spanned<DeValue<'_>>, name: &Written, file: &ConfigFile) -> Result<ApiConfig, Fault> {
    let table = inner_table(value, &name.text)?;
    let whole = name.range.clone().unwrap_or_default();
    let (mut settings, mut choices) = (DeTable::new(), DeTable::new());
    for (key, value) in table.into_inner() {
        if SETTINGS.contains(&key.get_ref().as_ref()) {
            settings.insert(key, value);
        } else if key.get_ref() == "spec" {
            return Err(Fault::unknown("spec", key.span(), &["document"]));
        } else {
            choices.insert(key, value);
        }
    }
    let settings: ApiSettings = read(Spanned::new(whole.clone(), settings), &whole)?;
    places::check(name, &settings)?;
    let keys: Vec<Range<usize>> = choices.keys().map(Spanned::span).collect();
    let mut choices: ProviderConfig = read(Spanned::new(whole.clone(), choices), &whole).map_err(|fault| {
        // A key that `provider.toml` does not have may be a misspelt setting.
        let is_unknown = fault.message.starts_with("unknown field") && keys.contains(&fault.range);
        let more = if is_unknown { format!(", {}", listed(&SETTINGS)) } else { String::new() };
        Fault { message: fault.message + &more, ..fault }
    })?;
    choices.file = Some(file.clone());
    Ok(ApiConfig { settings, choices })
}

fn inner_table<'t>(value: Spanned<DeValue<'t>>, name: &str) -> Result<Spanned<DeTable<'t>>, Fault> {
    let span = value.span();
    match value.into_inner() {
        DeValue::Table(table) => Ok(Spanned::new(span, table)),
        _ => Err(Fault::new(span, format!("`{name}` is not a table"))),
    }
}

/// Reads a value. An error without a place of its own gets that of `whole`.
fn read<'t, T: Deserialize<'t>>(
    value: impl IntoDeserializer<'t, toml::de::Error>,
    whole: &Range<usize>,
) -> Result<T, Fault> {
    T::deserialize(value.into_deserializer()).map_err(|error| fault(&error, whole.clone()))
}

fn fault(error: &toml::de::Error, whole: Range<usize>) -> Fault {
    let fault = Fault::new(error.span().unwrap_or(whole), lower_first(error.message()));
    let missing = fault.message.strip_prefix("missing field ").map(|field| format!("add {field}"));
    Fault { help: missing, ..fault }
}

/// What is wrong with the TOML itself.
fn syntax(error: &toml::de::Error) -> Fault {
    let fault = fault(error, 0..0);
    let help = if fault.message == "duplicate key" {
        "it is there already: remove one of the two"
    } else {
        "correct the TOML here: nothing of the file can be read before"
    };
    fault.helped(help)
}

#[cfg(test)]
mod tests {
    use super::super::Side;
    use super::*;

    const COMPLETE: &str = r#"
generator = "0.1.1"

[api.petstore]
document = "openapi.yaml"
module = "src/petstore"
sides = ["client", "server"]

[api.petstore.select]
tags = ["pets"]

[api.billing]
document = "https://example.com/openapi.json"
sha256 = "00"
crate = "crates/billing"
runtime = "path:../runtime"
types = { rename = { Foo = "Bar" } }
server = { split = "tags" }
"#;

    fn refused(text: &str) -> (String, (usize, usize)) {
        let error = ProjectConfig::parse("specwright.toml", text).unwrap_err();
        (error.message.clone(), error.line_column())
    }

    #[test]
    fn a_complete_file_is_read_with_the_spans_of_its_choices() {
        let config = ProjectConfig::parse("specwright.toml", COMPLETE).unwrap();
        assert_eq!(config.generator, Some(Written::from("0.1.1")));
        let petstore = config.apis.get("petstore").unwrap();
        assert_eq!(petstore.settings.module, Some(Written::from("src/petstore")));
        let sides = petstore.settings.sides.as_ref().map(Spanned::get_ref);
        assert_eq!(sides, Some(&vec![Side::Client, Side::Server]));
        let range = petstore.choices.select.tags[0].range.clone().unwrap();
        assert_eq!(COMPLETE.get(range), Some("\"pets\""));
        let billing = config.apis.get("billing").unwrap();
        assert_eq!(billing.choices.types.rename.get("Foo").map(String::as_str), Some("Bar"));
        let (key, _) = billing.choices.types.rename.first_key_value().unwrap();
        assert_eq!(COMPLETE.get(key.range.clone().unwrap()), Some("Foo"));
    }

    #[test]
    fn a_key_that_does_not_exist_is_refused_at_its_location() {
        let api = "[api.a]\ndocument = \"a.yaml\"\ncrate = \"a\"\n";
        for (text, key, place) in [
            ("generater = \"1\"\n".to_owned(), "generater", (1, 1)),
            (format!("{api}overlays = \"b\"\n"), "overlays", (4, 1)),
            (format!("{api}spec = \"b\"\n"), "spec", (4, 1)),
            (format!("{api}[api.a.select]\ntag = []\n"), "tag", (5, 1)),
        ] {
            let (message, found) = refused(&text);
            assert!(message.starts_with(&format!("unknown field `{key}`, expected")), "{message}");
            assert_eq!(found, place, "{text}");
        }
        assert!(refused(&format!("{api}overlays = \"b\"\n")).0.contains("`overlay`"));
    }

    #[test]
    fn a_missing_setting_of_an_api_is_reported() {
        assert!(refused("[api.a]\ncrate = \"a\"\n").0.contains("missing field `document`"));
        assert_eq!(refused("[api.a]\ncrate = \"a\"\n").1, (1, 6));
        let help = |text: &str| ProjectConfig::parse("specwright.toml", text).unwrap_err().help.unwrap_or_default();
        assert_eq!(help("[api.a]\ncrate = \"a\"\n"), "add `document`");
        assert!(help("[api.a\n").starts_with("correct the TOML"));
        assert!(help("[api.a]\n[api.a]\n").ends_with("remove one of the two"));
        assert!(refused("[api.a]\ndocument = \"a\"\n").0.contains("either `crate` or `module`"));
        let (message, place) = refused("[api.a]\ndocument = \"a\"\ncrate = \"a\"\nmodule = \"b\"\n");
        assert!(message.contains("either"), "{message}");
        assert_eq!(place, (4, 10));
        assert_eq!(refused("api = 1\n"), ("`api` is not a table".to_owned(), (1, 7)));
    }
}
