//! Defaults are documented, filled in by servers, and never sent.

use std::collections::BTreeMap;

use serde_json::json;
use specwright_runtime::server::{Context, Failure};
use tests::generated::defaults::types::{SearchMost, SearchMostString, SearchRequest, SearchSort, Where};
use tests::generated::defaults::{operations as o, server as s};

use crate::raw_request;
use crate::received::Inputs;

#[derive(Clone, Default)]
struct Service(Inputs<s::SearchInput>);

impl s::Defaults for Service {
    async fn search(&self, input: s::SearchInput, _: Context) -> Result<o::SearchSuccess, Failure<o::SearchError>> {
        self.0.record(input);
        Ok(o::SearchSuccess::NoContent)
    }
}

#[tokio::test]
async fn a_default_is_never_sent_and_servers_fill_in_those_of_parameters() {
    let service = Service::default();
    let (client, sent) = connect!(defaults, service.clone());
    client.search(&SearchRequest::default()).await.unwrap();
    let request = &sent.requests()[0];
    assert_eq!((&request.body[..], request.query.as_deref(), request.header("x-dry")), (&b"{}"[..], None, None));
    let input = service.0.only();
    assert_eq!((input.page, input.sort, input.x_dry), (1, SearchSort::Name, false));
    assert_eq!(input.fields, ["id", "name"]);
    assert_eq!((input.r#where, input.most), (Where::new("Rome"), SearchMost::String(SearchMostString::All)));
    assert_eq!(input.ages.iter().map(|age| *age.get()).collect::<Vec<_>>(), [18, 21]);
    assert_eq!(input.labels, BTreeMap::from([("color".to_owned(), "red".to_owned())]));
    assert_eq!(input.since.as_str(), "2026-01-31T12:00:00Z");
    assert_eq!(input.until, None, "not a date and time, so not a default");
    assert_eq!(input.body, SearchRequest::new());
}

#[tokio::test]
async fn a_value_takes_precedence_over_the_default() {
    let service = Service::default();
    let (client, _) = connect!(defaults, service.clone());
    let call = client.search(&SearchRequest::default());
    call.page(3).sort(SearchSort::Age).fields(["id"]).x_dry(true).await.unwrap();
    let input = service.0.only();
    assert_eq!((input.page, input.sort, input.x_dry), (3, SearchSort::Age, true));
    assert_eq!(input.fields, ["id"]);
    let response = raw_request::json(s::router(service), "POST", "/searches?page=0", &json!({})).await;
    assert_eq!(response.violations(), (422, vec!["/query/page".to_owned()]));
}

#[test]
fn a_valid_default_is_documented() {
    let types = include_str!("../../src/generated/defaults/types.rs");
    assert!(types.contains("`20`"), "{types}");
    assert!(!types.contains("many"), "{types}");
}
