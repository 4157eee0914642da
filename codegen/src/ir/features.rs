//! Tags → Cargo features, and the operations and types that each feature enables.
//!
//! **Invariant:** an item is enabled if anything that mentions it is enabled, so every choice of
//! features compiles.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Api, Gate, HeaderGroup, Operation, SharedErrors, Side, TagFeature, TagFeatures, TypeId, TypeTable};
use super::naming::snake;

/// An item that more tags than this reach is always present. Attributes stay short, and hardly any
/// choice of features would leave the item out.
const MOST: usize = 8;

/// Features that every generated crate has, or to which Cargo gives a meaning.
const TAKEN: [&str; 22] = [
    "blocking",
    "brotli",
    "cassettes",
    "chrono",
    "client",
    "decimal",
    "default",
    "file-bodies",
    "full",
    "gzip",
    "http2",
    "jiff",
    "logins",
    "native-tls",
    "rustls",
    "server",
    "system-proxy",
    "time",
    "url",
    "uuid",
    "validate",
    "zstd",
];

/// The features of an API; `None` if no operation has a tag.
pub(super) fn by_tag(api: &Api) -> Option<TagFeatures> {
    let features = features(api);
    if features.is_empty() {
        return None;
    }
    let operations: Vec<Gate> = api.operations.iter().map(|operation| gate(&features, operation)).collect();
    let mut reached = Reached::default();
    for (operation, gate) in api.operations.iter().zip(&operations) {
        reached.add(api, operation, gate);
    }
    for webhook in api.called_back() {
        reached.add(api, &webhook.operation, &Gate::Open);
    }
    reached.add_others(&api.types);
    reached.add_shared(&api.types);
    let of_header = |index: usize| reached.headers.get(&index).map_or(Gate::Open, short);
    let headers: Vec<Gate> = (0..api.header_groups.len()).map(of_header).collect();
    let shared_headers = (0..api.shared_headers.len()).map(|index| shared_gate(&api.header_groups, &headers, index));
    let shared_headers = shared_headers.collect();
    let shared_errors = api.shared_errors.iter().map(|shared| errors_gate(&operations, shared)).collect();
    let types = reached.types.iter().map(|(id, gate)| (*id, short(gate))).collect();
    Some(TagFeatures { features, operations, types, headers, shared_headers, shared_errors })
}

fn short(gate: &Gate) -> Gate {
    match gate {
        Gate::AnyOf(features) if features.len() > MOST => Gate::Open,
        gate => gate.clone(),
    }
}

/// One feature for tags whose names differ only in ways that a feature cannot show.
fn features(api: &Api) -> Vec<TagFeature> {
    let mut named: BTreeMap<String, BTreeSet<&String>> = BTreeMap::new();
    for tag in api.operations.iter().flat_map(Operation::nameable_tags) {
        named.entry(name(tag)).or_default().insert(tag);
    }
    named.into_iter().map(|(name, tags)| TagFeature { name, tags: tags.into_iter().cloned().collect() }).collect()
}

/// `user-profiles`.
fn name(tag: &str) -> String {
    let name = snake(tag).trim_matches('_').replace('_', "-");
    if TAKEN.contains(&name.as_str()) { format!("tag-{name}") } else { name }
}

fn gate(features: &[TagFeature], operation: &Operation) -> Gate {
    let of_tag = |tag: &String| features.iter().position(|feature| feature.tags.contains(tag));
    let needed: BTreeSet<usize> = operation.tags.iter().filter_map(of_tag).collect();
    if needed.is_empty() { Gate::Open } else { Gate::AnyOf(needed) }
}

/// The items that operations mention, and the items that those mention in turn.
#[derive(Default)]
struct Reached {
    types: BTreeMap<TypeId, Gate>,
    headers: BTreeMap<usize, Gate>,
}

impl Reached {
    fn add(&mut self, api: &Api, operation: &Operation, gate: &Gate) {
        for index in operation.header_groups() {
            widen(&mut self.headers, index, gate);
        }
        let mut types = api.mentioned_by(operation);
        while let Some(id) = types.pop() {
            if widen(&mut self.types, id, gate) {
                types.extend(api.types.get(id).kind.mentions());
            }
        }
    }

    /// Types that no operation reaches. They are present with every operation.
    fn add_others(&mut self, types: &TypeTable) {
        for (id, _) in types.iter() {
            self.types.entry(id).or_insert_with(|| Gate::AnyOf(BTreeSet::new()));
        }
    }

    /// Shared definitions, which are enabled if one of their places is.
    fn add_shared(&mut self, types: &TypeTable) {
        for shared in types.shared() {
            for place in &shared.places {
                if let Some(gate) = self.types.get(place).cloned() {
                    widen(&mut self.types, shared.id, &gate);
                }
            }
        }
    }
}

/// Whether the gate of a key is wider than before.
fn widen<K: Ord + Copy>(gates: &mut BTreeMap<K, Gate>, key: K, gate: &Gate) -> bool {
    let known = gates.get(&key);
    let wider = known.map_or_else(|| gate.clone(), |known| known.or(gate));
    if known == Some(&wider) {
        return false;
    }
    gates.insert(key, wider);
    true
}

fn shared_gate(groups: &[HeaderGroup], gates: &[Gate], shared: usize) -> Gate {
    let places = groups.iter().zip(gates).filter(|(group, _)| group.shared == Some(shared)).map(|(_, gate)| gate);
    places.cloned().reduce(|one, other| one.or(&other)).unwrap_or(Gate::Open)
}

/// Shared errors are enabled with any of their operations. Those of webhooks are always present.
fn errors_gate(operations: &[Gate], shared: &SharedErrors) -> Gate {
    if shared.side == Side::Webhooks {
        return Gate::Open;
    }
    let places = shared.places.iter().filter_map(|index| operations.get(*index)).cloned();
    places.reduce(|one, other| one.or(&other)).map_or(Gate::Open, |gate| short(&gate))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ProviderConfig;
    use crate::document::MemoryReader;
    use crate::pipeline::build_api;

    const SHOP: &str = r"
openapi: 3.1.0
info: {title: Shop, version: '1'}
paths:
  /pets: {get: {operationId: listPets, tags: [Pet Store], responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}}
  /owners: {get: {operationId: listOwners, tags: [client, pet_store], responses: {'200': {description: d, headers: {X-Kind: {schema: {$ref: '#/components/schemas/Kind'}}}, content: {application/json: {schema: {$ref: '#/components/schemas/Owner'}}}}}}}
  /health: {get: {operationId: health, responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Health'}}}}}}}
components:
  schemas:
    Pet: {type: object, properties: {tag: {$ref: '#/components/schemas/Tag'}, state: {type: object, properties: {since: {type: string}}}}}
    Tag: {type: object, properties: {name: {type: string}}}
    Owner: {type: object, properties: {tag: {$ref: '#/components/schemas/Tag'}, state: {type: object, properties: {since: {type: string}}}}}
    Kind: {type: string, enum: [a, b]}
    Health: {type: object, properties: {ok: {type: boolean}}}
    Idle: {type: object, properties: {tag: {$ref: '#/components/schemas/Tag'}}}
";

    fn shop() -> (Api, TagFeatures) {
        let config = ProviderConfig::parse("provider.toml", "[operations]\nfeatures = \"tags\"\n").unwrap();
        let reader = MemoryReader::new().with("openapi.yaml", SHOP);
        let api = build_api("openapi.yaml", &reader, None, &config).api.unwrap();
        let features = api.features.clone().unwrap();
        (api, features)
    }

    fn any_of(features: &[usize]) -> Gate {
        Gate::AnyOf(features.iter().copied().collect())
    }

    #[test]
    fn a_feature_is_named_after_its_tag_and_never_after_what_a_crate_has_anyway() {
        let (_, features) = shop();
        let named: Vec<(&str, Vec<&str>)> = features
            .features
            .iter()
            .map(|feature| (feature.name.as_str(), feature.tags.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(named, [("pet-store", vec!["Pet Store", "pet_store"]), ("tag-client", vec!["client"])]);
    }

    #[test]
    fn an_operation_without_a_tag_is_always_there() {
        let (_, features) = shop();
        assert_eq!(features.operations, [any_of(&[0]), any_of(&[0, 1]), Gate::Open]);
    }

    #[test]
    fn a_type_is_there_with_whatever_mentions_it() {
        let (api, features) = shop();
        let gate = |name: &str| {
            let (id, _) = api.types.iter().find(|(_, definition)| definition.name.as_str() == name).unwrap();
            features.types[&id].clone()
        };
        assert_eq!((gate("Pet"), gate("Owner"), gate("Kind")), (any_of(&[0]), any_of(&[0, 1]), any_of(&[0, 1])));
        assert_eq!((gate("Tag"), gate("Health"), gate("Idle")), (any_of(&[0, 1]), Gate::Open, any_of(&[])));
        let shared = api.types.shared().first().unwrap();
        assert_eq!((features.types[&shared.id].clone(), features.headers), (any_of(&[0, 1]), vec![any_of(&[0, 1])]));
    }

    #[test]
    fn an_item_that_most_tags_reach_is_always_there() {
        assert_eq!(short(&any_of(&[0, 1, 2, 3, 4, 5, 6, 7, 8])), Gate::Open);
        assert_eq!(short(&any_of(&[0, 1])), any_of(&[0, 1]));
    }
}
