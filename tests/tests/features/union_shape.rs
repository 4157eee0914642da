//! Without a discriminator or a constant, the shape selects the member.

use serde_json::json;
use specwright_runtime::server::{Context, Failure};
use tests::generated::union_shape::types::{
    Measure, MeasureId, MeasurePlace, MeasureValue, Named, Point, PointRequired,
};
use tests::generated::union_shape::{operations as o, server as s};

use crate::raw_request;

struct Echo;

impl s::UnionShape for Echo {
    async fn measure(&self, input: s::MeasureInput, _: Context) -> Result<o::MeasureSuccess, Failure<o::MeasureError>> {
        Ok(o::MeasureSuccess::Ok(input.body))
    }
}

#[tokio::test]
async fn members_of_every_type_survive_the_round_trip() {
    let (client, sent) = connect!(union_shape, Echo);
    let values = [
        (MeasureValue::Boolean(true), json!(true)),
        (MeasureValue::Integer(-3), json!(-3)),
        (MeasureValue::List(vec![1, 2]), json!([1, 2])),
    ];
    for (index, (value, text)) in values.into_iter().enumerate() {
        let body = Measure::new(value);
        let response = client.measure(&body).await.unwrap().into_body();
        assert_eq!(response, body);
        assert_eq!(sent.requests()[index].json(), json!({"value": text}));
    }
    let word: Measure = serde_json::from_value(json!({"value": "none"})).unwrap();
    assert!(matches!(word.value, MeasureValue::String(_)));
}

#[tokio::test]
async fn objects_are_distinguished_by_properties() {
    let (client, _) = connect!(union_shape, Echo);
    for (place, id) in [
        (MeasurePlace::from(Point::new(PointRequired { x: 1, y: 2 })), MeasureId::Integer(7)),
        (MeasurePlace::from(Named::new("here")), MeasureId::String("7".to_owned())),
    ] {
        let body = Measure::new(MeasureValue::Integer(1)).place(place).id(id);
        assert_eq!(client.measure(&body).await.unwrap().into_body(), body);
    }
}

#[tokio::test]
async fn a_value_of_no_member_has_the_faults_of_the_closest_one() {
    for (place, pointer, detail) in [
        (json!({"name": 1}), "/body/place/name", "expected string, found number"),
        (json!({"x": 1}), "/body/place/y", "must be given"),
        (json!("here"), "/body/place", "expected object, found string"),
    ] {
        let body = json!({"value": 1, "place": place});
        let response = raw_request::json(s::router(Echo), "POST", "/measures", &body).await;
        let error = &response.json()["errors"][0];
        assert_eq!((response.status, &error["pointer"], &error["detail"]), (422, &json!(pointer), &json!(detail)));
    }
}
