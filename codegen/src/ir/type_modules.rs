//! Tags → modules with the types that their operations reach.
//!
//! **Invariant:** the module of a tag does not depend on the operations of other tags: a type that
//! they reach too is in each of the modules, and always in the module of all types.

use std::collections::BTreeMap;

use super::groups::Described;
use super::model::{Api, Operation, TypeModule};
use super::naming::{Scope, snake};
use crate::config::{ProviderConfig, TypeModules};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::Document;
use crate::limits::LISTED_TYPES;

/// Names that the file of types uses, so that none of its modules may have them.
const TAKEN: [&str; 5] = ["alloc", "core", "shared", "specwright_runtime", "std"];

/// The modules, in the order of their names; none unless `provider` asks for them.
pub(super) fn by_tag(
    api: &Api,
    document: &Document,
    provider: &ProviderConfig,
    out: &mut Diagnostics,
) -> Vec<TypeModule> {
    let Some(choice) = provider.types.modules.as_ref().filter(|choice| *choice.get_ref() == TypeModules::Tags) else {
        return Vec::new();
    };
    if let Some(modules) = modules(api, document, provider) {
        return modules;
    }
    let span = provider.place_of(choice, &document.sources).unwrap_or_default();
    let message = format!("the modules of all tags would list more than {LISTED_TYPES} types");
    let help = "remove `types.modules`, or select fewer operations";
    out.report(Diagnostic::new(&codes::INVALID_CONFIG, span, message).help(help));
    Vec::new()
}

/// `None` if the modules would list too many types.
fn modules(api: &Api, document: &Document, provider: &ProviderConfig) -> Option<Vec<TypeModule>> {
    let described = Described::of(document);
    let mut scope = scope(provider);
    let mut modules = Vec::new();
    let mut listed = 0;
    for tagged in tagged(api).into_values() {
        let mentioned = tagged.operations.iter().flat_map(|operation| api.mentioned_by(operation)).collect();
        let types = api.types.reached(mentioned);
        listed += types.len();
        if listed > LISTED_TYPES {
            return None;
        }
        if !types.is_empty() {
            let (name, doc) = (scope.module(tagged.tag), described.doc(tagged.tag));
            modules.push(TypeModule { tag: tagged.tag.to_owned(), name, doc, types: types.into_iter().collect() });
        }
    }
    Some(modules)
}

/// A scope without the names of crates that types of the application's own come from.
fn scope(provider: &ProviderConfig) -> Scope {
    let replacements = provider.types.replace.values().chain(provider.types.replace_formats.values());
    let crates = replacements.filter_map(|path| path.text.trim_start_matches("::").split("::").next());
    Scope::reserving(&TAKEN.into_iter().chain(crates).collect::<Vec<_>>())
}

/// The operations of a tag, or of several whose names differ in nothing that a module could show.
struct Tagged<'a> {
    /// The first of the tags.
    tag: &'a str,
    operations: Vec<&'a Operation>,
}

/// By the name that the module would have alone.
fn tagged(api: &Api) -> BTreeMap<String, Tagged<'_>> {
    let mut all: BTreeMap<String, Tagged<'_>> = BTreeMap::new();
    let called_back = api.called_back().map(|webhook| &webhook.operation);
    for operation in api.operations.iter().chain(called_back) {
        for tag in operation.nameable_tags() {
            let tagged = all.entry(snake(tag)).or_insert_with(|| Tagged { tag, operations: Vec::new() });
            tagged.tag = tagged.tag.min(tag);
            tagged.operations.push(operation);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::document::MemoryReader;
    use crate::ir::model::TypeId;
    use crate::pipeline::build_api;

    const SHOP: &str = r"
openapi: 3.1.0
info: {title: Shop, version: '1'}
tags: [{name: Pet Store, description: Animals.}]
paths:
  /pets: {get: {operationId: listPets, tags: [Pet Store], responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}}
  /owners: {get: {operationId: listOwners, tags: [std, pet_store], responses: {'200': {description: d, headers: {X-Kind: {schema: {$ref: '#/components/schemas/Kind'}}}}}}}
  /health: {get: {operationId: health, responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Health'}}}}}}}
  /ping: {get: {operationId: ping, tags: [ping], responses: {'204': {description: d}}}}
components:
  schemas:
    Pet: {type: object, properties: {tag: {$ref: '#/components/schemas/Tag'}}}
    Tag: {type: object, properties: {name: {type: string}}}
    Kind: {type: string, enum: [a, b]}
    Health: {type: object, properties: {ok: {type: boolean}}}
";

    fn shop(config: &str) -> (Vec<TypeModule>, Api) {
        let config = ProviderConfig::parse("provider.toml", config).unwrap();
        let api =
            build_api("openapi.yaml", &MemoryReader::new().with("openapi.yaml", SHOP), None, &config).api.unwrap();
        (api.type_modules.clone(), api)
    }

    #[test]
    fn a_module_has_what_the_operations_of_its_tag_reach() {
        let (modules, api) = shop("[types]\nmodules = \"tags\"\n");
        let names = |ids: &[TypeId]| ids.iter().map(|id| api.types.get(*id).name.to_string()).collect::<Vec<_>>();
        let found: Vec<_> =
            modules.iter().map(|one| (one.name.as_str(), one.tag.as_str(), names(&one.types))).collect();
        let all = ["Pet", "Tag", "Kind"].map(str::to_owned).to_vec();
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!((found[0].0, found[0].1), ("pet_store", "Pet Store"));
        assert_eq!(found[0].2.iter().collect::<BTreeSet<_>>(), all.iter().collect());
        assert_eq!(found[1], ("std_", "std", vec!["Kind".to_owned()]));
        assert_eq!(modules[0].doc.summary.as_deref(), Some("Animals."));
    }

    #[test]
    fn there_are_none_unless_they_are_asked_for() {
        assert!(shop("").0.is_empty());
        assert!(shop("[types]\nmodules = \"one\"\n").0.is_empty());
    }
}
