//! Properties whose names match a pattern.

use std::collections::BTreeMap;

use serde_json::json;
use specwright_runtime::server::{Context, Failure};
use tests::generated::pattern_properties::types::Settings;
use tests::generated::pattern_properties::{operations as o, server as s};

use crate::raw_request;

struct Echo;

impl s::PatternProperties for Echo {
    async fn put_settings(
        &self,
        input: s::PutSettingsInput,
        _: Context,
    ) -> Result<o::PutSettingsSuccess, Failure<o::PutSettingsError>> {
        Ok(o::PutSettingsSuccess::Ok(input.body))
    }
}

#[tokio::test]
async fn pattern_properties_are_kept_beside_named_ones() {
    let (client, sent) = connect!(pattern_properties, Echo);
    let settings =
        Settings::new().name("n").additional_properties(BTreeMap::from([("automation_a".to_owned(), "on".to_owned())]));
    let response = client.put_settings(&settings).await.unwrap().into_body();
    assert_eq!(response, settings);
    assert_eq!(sent.requests()[0].json(), json!({"name": "n", "automation_a": "on"}));
}

#[tokio::test]
async fn a_name_that_matches_nothing_is_refused() {
    let body = json!({"name": "n", "automation_a": "on", "manual_a": "on"});
    let response = raw_request::json(s::router(Echo), "PUT", "/settings", &body).await;
    assert_eq!(response.violations(), (422, vec!["/body/manual_a".to_owned()]));
    let response = raw_request::json(s::router(Echo), "PUT", "/settings", &json!({"automation_a": 1})).await;
    assert_eq!(response.violations(), (422, vec!["/body/automation_a".to_owned()]));
}
