//! The members of `allOf` become one struct.

use serde_json::json;
use specwright_runtime::server::{Context, Failure};
use tests::generated::all_of::types::{Address, Order, OrderCard, OrderCardRequired, OrderIban, OrderIbanRequired};
use tests::generated::all_of::{operations as o, server as s};

use crate::raw_request;

struct Echo;

impl s::AllOf for Echo {
    async fn place_order(
        &self,
        input: s::PlaceOrderInput,
        _: Context,
    ) -> Result<o::PlaceOrderSuccess, Failure<o::PlaceOrderError>> {
        Ok(o::PlaceOrderSuccess::Ok(input.body))
    }
}

#[tokio::test]
async fn properties_of_all_members_are_in_one_struct_in_order() {
    let (client, sent) = connect!(all_of, Echo);
    let order =
        OrderCard::new(OrderCardRequired { id: "o1".to_owned(), lines: vec!["l".to_owned()], card: "4000".to_owned() })
            .note("n")
            .address(Address::new("Bern"));
    let order = Order::from(order);
    let response = client.place_order(&order).await.unwrap().into_body();
    assert_eq!(response, order);
    let text = r#"{"id":"o1","note":"n","lines":["l"],"address":{"city":"Bern"},"card":"4000"}"#;
    assert_eq!(sent.requests()[0].body, text);
}

#[tokio::test]
async fn nested_alternatives_are_distinguished() {
    let (client, _) = connect!(all_of, Echo);
    let order = Order::from(OrderIban::new(OrderIbanRequired {
        id: "o2".to_owned(),
        lines: Vec::new(),
        iban: "CH93".to_owned(),
    }));
    assert_eq!(client.place_order(&order).await.unwrap().into_body(), order);
}

#[tokio::test]
async fn a_property_is_required_if_any_member_requires_it() {
    let response = raw_request::json(s::router(Echo), "POST", "/orders", &json!({"lines": [], "card": "4000"})).await;
    assert_eq!(response.violations(), (422, vec!["/body/id".to_owned()]), "the base has `id` as optional");
}
