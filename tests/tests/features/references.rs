//! References to every kind of component.

use serde_json::json;
use specwright_runtime::Secret;
use specwright_runtime::server::{AuthError, Context, Failure};
use tests::generated::references::types::{
    Address, AddressCity, Color, Filter, FilterAllItem, Order, Size, Tree, Weight,
};
use tests::generated::references::{Credentials, operations as o, server as s};

use crate::raw_request;

struct Echo;

impl s::References for Echo {
    type Principal = ();

    async fn authenticate(&self, Credentials::Key(key): Credentials, _: &Context) -> Result<(), AuthError> {
        if key.matches("k") { Ok(()) } else { Err(AuthError::Unauthorized) }
    }

    async fn place_order(
        &self,
        (): (),
        input: s::PlaceOrderInput,
        _: Context,
    ) -> Result<o::PlaceOrderSuccess, Failure<o::PlaceOrderError>> {
        assert_eq!(input.dry, Some(true));
        Ok(o::PlaceOrderSuccess::Ok(input.body))
    }
}

#[tokio::test]
async fn every_kind_of_reference_is_resolved() {
    let (client, sent) = connect!(references, Echo, .credentials(Credentials::Key(Secret::from("k"))));
    let leaf = Tree::new().children(Vec::new());
    let inner = Filter::new(vec![FilterAllItem::String("new".to_owned())]);
    let order = Order::new("o")
        .filter(Filter::new(vec![FilterAllItem::Filter(inner)]))
        .city(AddressCity::new("Bern"))
        .address(Address::new().city(AddressCity::new("Basel")))
        .size(Size::new(3))
        .weight(Weight::new(1.5))
        .color(Color::new("red"))
        .tree(Tree::new().children([leaf]));
    let response = client.place_order(&order).dry(true).await.unwrap().into_body();
    assert_eq!(response, order);
    assert_eq!(
        sent.requests()[0].json(),
        json!({
            "id": "o", "city": {"name": "Bern"}, "address": {"city": {"name": "Basel"}}, "size": {"cm": 3},
            "weight": {"kg": 1.5}, "color": {"name": "red"}, "tree": {"children": [{"children": []}]},
            "filter": {"all": [{"all": ["new"]}]},
        })
    );
    assert_eq!(sent.requests()[0].header("x-key"), Some("k"));
}

#[tokio::test]
async fn referenced_constraints_are_validated() {
    let request = |body: serde_json::Value| {
        let request = axum::http::Request::builder().method("POST").uri("/orders?dry=true");
        let request = request.header("x-key", "k").header("content-type", "application/json");
        raw_request::send(s::router(Echo), request.body(body.to_string().into()).unwrap())
    };
    for (body, pointer) in [
        (json!({"id": "o", "size": {"cm": "3"}}), "/body/size/cm"),
        (json!({"id": "o", "color": {"name": 1}}), "/body/color/name"),
        (json!({"id": "o", "tree": {"children": [{"children": 1}]}}), "/body/tree/children/0/children"),
        (json!({"id": "o", "filter": {"all": [{"all": [1]}]}}), "/body/filter/all/0/all/0"),
    ] {
        assert_eq!(request(body.clone()).await.violations(), (422, vec![pointer.to_owned()]), "{body}");
    }
    assert_eq!(request(json!({"id": "o"})).await.status, 200);
}

#[test]
fn the_description_beside_a_reference_is_on_the_property() {
    let types = include_str!("../../src/generated/references/types.rs");
    assert!(types.contains("/// The delivery address\n    pub address:"), "{types}");
}
