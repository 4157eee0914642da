//! IDs that are numbers are accepted where the document has strings.

use generated_client::{looker, prelude_so, stateset};
use serde_json::{Value, json};

fn looker_value(id: &Value) -> serde_json::Result<looker::types::UserAttributeWithValue> {
    serde_json::from_value(json!({ "user_id": id, "user_attribute_id": id }))
}

#[test]
fn numbers_are_read_as_digits_and_written_as_strings() {
    for (number, text) in [
        (json!(7), "7"),
        (json!(-1), "-1"),
        (json!(u64::MAX), "18446744073709551615"),
        (json!(12.0), "12"),
        (json!("07"), "07"),
    ] {
        let value = looker_value(&number).unwrap();
        assert_eq!(value.user_id.value().map(looker::types::UserId::as_str), Some(text));
        assert_eq!(serde_json::to_value(&value).unwrap(), json!({ "user_id": text, "user_attribute_id": text }));
        let user: stateset::types::User = serde_json::from_value(json!({ "id": number })).unwrap();
        assert_eq!(user.id.unwrap().as_str(), text);
    }
    let user: looker::types::User = serde_json::from_value(json!({ "id": 1, "group_ids": [2, "3"] })).unwrap();
    assert_eq!(user.group_ids.into_option().unwrap(), ["2", "3"].map(looker::types::GroupId::from));
}

#[test]
fn other_values_are_refused() {
    for other in [json!(1.5), json!(1e300), json!(true), json!([1]), json!({})] {
        let error = looker_value(&other).unwrap_err().to_string();
        assert!(error.contains("text or a whole number"), "{other}: {error}");
    }
    assert!(looker_value(&Value::Null).unwrap().user_id.is_null());
}

#[test]
fn only_the_configured_types_accept_numbers() {
    assert!(serde_json::from_value::<prelude_so::types::UserId>(json!(7)).is_err());
}
