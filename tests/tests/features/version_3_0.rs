//! Spellings of version 3.0.

use serde_json::json;
use specwright_runtime::server::{Context, Failure};
use specwright_runtime::{Body, MaybeAbsent};
use tests::generated::version_3_0::types::{Part, Thing};
use tests::generated::version_3_0::{operations as o, server as s};

use crate::raw_request;
use crate::received::Inputs;

#[derive(Clone, Default)]
struct Service(Inputs<Vec<u8>>);

impl s::Version3_0 for Service {
    async fn add_thing(
        &self,
        input: s::AddThingInput,
        _: Context,
    ) -> Result<o::AddThingSuccess, Failure<o::AddThingError>> {
        Ok(o::AddThingSuccess::Ok(input.body))
    }

    async fn add_file(
        &self,
        input: s::AddFileInput,
        _: Context,
    ) -> Result<o::AddFileSuccess, Failure<o::AddFileError>> {
        self.0.record(input.body.collect(10).await.map_err(Failure::internal)?.to_vec());
        Ok(o::AddFileSuccess::NoContent)
    }
}

#[tokio::test]
async fn nullable_allows_null() {
    let (client, sent) = connect!(version_3_0, Service::default());
    for (part, text) in [
        (MaybeAbsent::Absent, json!({"name": null})),
        (MaybeAbsent::Null, json!({"name": null, "part": null})),
        (MaybeAbsent::Value(Part::new("p")), json!({"name": null, "part": {"id": "p"}})),
    ] {
        let thing = Thing::new(None).part(part);
        let response = client.add_thing(&thing).await.unwrap().into_body();
        assert_eq!(response, thing);
        assert_eq!(sent.requests().last().unwrap().json(), text);
    }
}

#[tokio::test]
async fn exclusive_bounds_are_flags() {
    for (size, status) in [(0, 422), (1, 200), (9, 200), (10, 422)] {
        let body = json!({"name": "n", "size": size});
        let response = raw_request::json(s::router(Service::default()), "POST", "/things", &body).await;
        assert_eq!(response.status, status, "{size}");
    }
    let response =
        raw_request::json(s::router(Service::default()), "POST", "/things", &json!({"name": "n", "size": null})).await;
    assert_eq!(
        response.violations(),
        (422, vec!["/body/size".to_owned()]),
        "null is invalid unless the document allows it"
    );
}

#[tokio::test]
async fn a_file_is_bytes() {
    let service = Service::default();
    let (client, _) = connect!(version_3_0, service.clone());
    client.add_file(Body::from(vec![0, 255])).await.unwrap();
    assert_eq!(service.0.only(), [0, 255]);
}
