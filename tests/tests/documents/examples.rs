//! Every example in the documents survives decoding into its generated type and encoding.

use std::collections::BTreeSet;

use generated_client::{looker, prelude_so, rownd, stateset};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tests::json::by_value;

/// Decodes a value into a type and encodes it again.
type Codec = fn(Value) -> serde_json::Result<Value>;

fn codec<T: DeserializeOwned + Serialize>(value: Value) -> serde_json::Result<Value> {
    serde_json::to_value(serde_json::from_value::<T>(value)?)
}

/// The pointers of objects with examples, and their generated types.
const ROWND: &[(&str, Codec)] = &[
    ("/paths/~1applications~1{app}~1users~1{user}~1data/get/parameters/0", codec::<Vec<String>>),
    (
        "/paths/~1applications~1{app}~1users~1{user}~1data/put/requestBody/content/application~1json",
        codec::<rownd::types::AppUserDataRequest>,
    ),
    (
        "/paths/~1applications~1{app}~1users~1{user}~1data/patch/requestBody/content/application~1json",
        codec::<rownd::types::AppUserDataRequest>,
    ),
    ("/components/parameters/Field", codec::<rownd::types::Field>),
    ("/components/schemas/AppUserData", codec::<rownd::types::AppUserData>),
    ("/components/schemas/AppUserDataAttributes", codec::<rownd::types::AppUserDataAttributes>),
    ("/components/schemas/AppUserDataData", codec::<rownd::types::AppUserDataData>),
    ("/components/schemas/Group", codec::<rownd::types::Group>),
    ("/components/schemas/GroupMember", codec::<rownd::types::GroupMember>),
    ("/components/schemas/CreatedBy", codec::<rownd::types::CreatedBy>),
    ("/components/schemas/UpdatedBy", codec::<rownd::types::UpdatedBy>),
    ("/components/schemas/UserUpsertError", codec::<rownd::types::UserUpsertError>),
    ("/components/schemas/App", codec::<rownd::types::App>),
    ("/components/schemas/AuthMetadata", codec::<rownd::types::AuthMetadata>),
    ("/components/schemas/JsonWebKey", codec::<rownd::types::JsonWebKey>),
];

const PRELUDE: &[(&str, Codec)] = &[
    ("/paths/~1v2~1session~1apps~1{appID}~1users/get/parameters/1", codec::<String>),
    ("/components/schemas/PatchUserProfileRequest", codec::<prelude_so::types::PatchUserProfileRequest>),
    ("/components/schemas/InvalidRequestError", codec::<prelude_so::types::InvalidRequestError>),
    ("/components/schemas/ReservedProfileKeyError", codec::<prelude_so::types::ReservedProfileKeyError>),
    ("/components/schemas/SessionDisabledError", codec::<prelude_so::types::SessionDisabledError>),
    ("/components/schemas/AppNotFoundError", codec::<prelude_so::types::AppNotFoundError>),
    ("/components/schemas/UserNotFoundError", codec::<prelude_so::types::UserNotFoundError>),
    ("/components/schemas/AppID", codec::<prelude_so::types::AppId>),
    ("/components/schemas/UserID", codec::<prelude_so::types::UserId>),
    ("/components/schemas/Identifier", codec::<prelude_so::types::Identifier>),
    ("/components/schemas/User", codec::<prelude_so::types::User>),
];

const LOOKER: &[(&str, Codec)] = &[("/components/schemas/AccessToken", codec::<looker::types::AccessToken>)];

/// An example and its pointer.
struct Example {
    pointer: String,
    value: Value,
}

/// Collects every value of `example` and `examples` below a node. Properties with these names are
/// not examples.
fn examples(node: &Value, pointer: &str, found: &mut Vec<Example>) {
    let Value::Object(members) = node else {
        for (index, item) in node.as_array().into_iter().flatten().enumerate() {
            examples(item, &format!("{pointer}/{index}"), found);
        }
        return;
    };
    for (name, value) in members {
        let named = pointer.ends_with("/properties");
        match (name.as_str(), value) {
            ("example", value) if !named => found.push(Example { pointer: pointer.to_owned(), value: value.clone() }),
            ("examples", Value::Array(values)) if !named => {
                found.extend(values.iter().map(|value| Example { pointer: pointer.to_owned(), value: value.clone() }));
            }
            _ => examples(value, &format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1")), found),
        }
    }
}

/// A valid value of a schema, for required properties that an example lacks.
fn sample(document: &Value, schema: &Value) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return sample(document, document.pointer(&reference[1..]).unwrap());
    }
    if let Some(values) = schema["enum"].as_array() {
        return values[0].clone();
    }
    match schema["type"].as_str() {
        Some("string") => json!("text"),
        Some("integer" | "number") => json!(1),
        Some("boolean") => json!(true),
        Some("array") => json!([]),
        _ => object(document, schema),
    }
}

fn object(document: &Value, schema: &Value) -> Value {
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    required.map(|name| (name.to_owned(), sample(document, &schema["properties"][name]))).collect()
}

fn check(name: &str, document: &str, codecs: &[(&str, Codec)], count: usize) {
    let document: Value = serde_yaml::from_str(document).unwrap();
    let mut found = Vec::new();
    examples(&document, "", &mut found);
    assert_eq!(found.len(), count, "{name}: examples");
    let mut used = BTreeSet::new();
    for Example { pointer, value } in found {
        let (owner, property) =
            pointer.split_once("/properties/").map_or((pointer.as_str(), None), |(owner, name)| (owner, Some(name)));
        let (_, codec) =
            codecs.iter().find(|(at, _)| *at == owner).unwrap_or_else(|| panic!("{name}: {pointer} has no type"));
        used.insert(owner.to_owned());
        let original = match property {
            None => value,
            Some(property) => {
                let mut whole = object(&document, document.pointer(owner).unwrap());
                whole[property] = value;
                whole
            }
        };
        let again = codec(original.clone()).unwrap_or_else(|error| panic!("{name}: {pointer}: {error}"));
        assert_eq!(by_value(again), by_value(original), "{name}: {pointer}");
    }
    assert_eq!(used.len(), codecs.len(), "{name}: types without an example");
}

#[test]
fn every_example_survives_decoding_and_encoding() {
    check("rownd", rownd::DOCUMENT, ROWND, 30);
    check("prelude", prelude_so::DOCUMENT, PRELUDE, 23);
    check("looker", looker::DOCUMENT, LOOKER, 2);
    check("stateset", stateset::DOCUMENT, &[], 0);
}

/// The response in Rownd's documentation of the whole profile. No document contains it.
#[test]
fn the_response_in_the_documentation_survives_decoding_and_encoding() {
    let page: Value = serde_json::from_str(include_str!("../../fixtures/rownd-profile-response.json")).unwrap();
    let again = codec::<rownd::types::AppUserProfile>(page.clone()).unwrap();
    assert_eq!(by_value(again), by_value(page));
}
