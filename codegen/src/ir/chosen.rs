//! Turns the choices of `provider.toml` about types into the ones that types are made with.

use std::collections::BTreeMap;

use super::model::{Foreign, ForeignId, Probe};
use super::types::{Choices, Chosen, DecorationChoice, Renamed, SchemaNames};
use crate::config::{Openness, ProviderConfig, Written};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Document, Span};

/// The choices. A type, derive or attribute that is not valid Rust is reported and left out.
pub(super) fn choices(provider: &ProviderConfig, document: &Document, out: &mut Diagnostics) -> Choices {
    let types = &provider.types;
    let span = |written: &Written| provider.place(written, &document.sources);
    let names = |list: &[Written]| -> SchemaNames { list.iter().map(|one| (one.text.clone(), span(one))).collect() };
    let renamed = |(from, to): (&Written, &String)| (from.text.clone(), Renamed { name: to.clone(), span: span(from) });
    let by_member = |names: &BTreeMap<Written, String>| -> Chosen<String> {
        names.iter().map(|(from, to)| (from.text.clone(), to.clone(), span(from))).collect()
    };
    let mut reader = Reader { provider, document, foreign: Vec::new(), out };
    let (replaced, formats) = (reader.replaced(), reader.formats());
    let decorations = reader.decorations();
    let foreign = reader.foreign;
    Choices {
        closed: types.enums == Openness::Closed,
        open_enums: names(&types.open_enums),
        strict_enums: names(&types.strict_enums),
        read_numbers: names(&types.read_numbers),
        rename: types.rename.iter().map(renamed).collect(),
        rename_fields: by_member(&types.rename_fields),
        rename_variants: by_member(&types.rename_variants),
        foreign,
        replaced,
        formats,
        decorations,
        // Without a selection, nothing is pruned, because schemas that no operation reaches are
        // often sent by webhooks.
        prune: !provider.select.is_everything(),
    }
}

/// Reads the choices that are written in Rust.
struct Reader<'r> {
    provider: &'r ProviderConfig,
    document: &'r Document,
    foreign: Vec<Foreign>,
    out: &'r mut Diagnostics,
}

impl Reader<'_> {
    fn span(&self, written: &Written) -> Option<Span> {
        self.provider.place(written, &self.document.sources)
    }

    fn replaced(&mut self) -> Chosen<ForeignId> {
        let mut found = Vec::new();
        for (name, path) in &self.provider.types.replace {
            let foreign = Foreign { json: Probe::ALL, ..Foreign::of(path.text.clone()) };
            found.extend(self.foreign(path, foreign).map(|id| (name.text.clone(), id, self.span(name))));
        }
        found.into_iter().collect()
    }

    /// A format that `replace_formats` names has no other type.
    fn formats(&mut self) -> Chosen<ForeignId> {
        let mut found = Vec::new();
        for (format, path) in self.provider.types.known_formats() {
            let id = self.add(Foreign { json: Probe::STRING, known: true, ..Foreign::of(path.to_owned()) });
            found.push((format.to_owned(), id, None));
        }
        for (format, path) in &self.provider.types.replace_formats {
            let json = Probe::STRING | Probe::INTEGER | Probe::NUMBER;
            let foreign = Foreign { json, ..Foreign::of(path.text.clone()) };
            found.extend(self.foreign(path, foreign).map(|id| (format.text.clone(), id, self.span(format))));
        }
        found.into_iter().collect()
    }

    fn foreign(&mut self, path: &Written, foreign: Foreign) -> Option<ForeignId> {
        if syn::parse_str::<syn::Type>(&path.text).is_ok() {
            return Some(self.add(foreign));
        }
        self.refuse(path, "the path of a type, such as `my_crate::Money`");
        None
    }

    fn add(&mut self, foreign: Foreign) -> ForeignId {
        let id = ForeignId(u32::try_from(self.foreign.len()).unwrap_or(u32::MAX));
        self.foreign.push(foreign);
        id
    }

    fn decorations(&mut self) -> Vec<DecorationChoice> {
        let types = &self.provider.types;
        let mut found: BTreeMap<&Written, DecorationChoice> = BTreeMap::new();
        for (pattern, derives) in &types.derive {
            let valid = derives.iter().filter(|one| {
                let is_valid = syn::parse_str::<syn::Path>(&one.text).is_ok();
                if !is_valid {
                    self.refuse(one, "the path of a derive macro, such as `Hash` or `schemars::JsonSchema`");
                }
                is_valid
            });
            let derives = valid.map(|one| one.text.clone()).collect();
            let span = self.provider.place(pattern, &self.document.sources);
            found.insert(
                pattern,
                DecorationChoice { pattern: pattern.text.clone(), derives, attributes: Vec::new(), span },
            );
        }
        for (pattern, attributes) in &types.attributes {
            let mut valid = Vec::new();
            for one in attributes {
                match attribute(&one.text) {
                    Some(attribute) => valid.push(attribute),
                    None => self.refuse(one, "an outer attribute, such as `#[serde_with::serde_as]`"),
                }
            }
            let span = self.span(pattern);
            let empty = || DecorationChoice {
                pattern: pattern.text.clone(),
                derives: Vec::new(),
                attributes: Vec::new(),
                span,
            };
            found.entry(pattern).or_insert_with(empty).attributes = valid;
        }
        found.into_values().collect()
    }

    fn refuse(&mut self, written: &Written, wanted: &str) {
        let sources = &self.document.sources;
        let file = self.provider.file.as_ref();
        let source = sources.iter().find(|(_, source)| file.is_some_and(|file| source.path() == file.path));
        let range = written.range.clone().unwrap_or_default();
        let span = source.map(|(id, _)| crate::config::span_of(id, &range)).unwrap_or_default();
        let message = format!("`{}` is not {wanted}", written.text);
        let help = "write it as in Rust code, or remove it";
        self.out.report(Diagnostic::new(&codes::INVALID_CONFIG, span, message).help(help));
    }
}

/// An attribute in its brackets, whether or not they were written.
fn attribute(text: &str) -> Option<String> {
    use syn::parse::Parser as _;
    let text = text.trim();
    let text = if text.starts_with('#') { text.to_owned() } else { format!("#[{text}]") };
    let parsed = syn::Attribute::parse_outer.parse_str(&text).ok()?;
    (!parsed.is_empty()).then_some(text)
}
