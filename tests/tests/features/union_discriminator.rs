//! A discriminator selects the member.

use serde_json::{from_value, json, to_value};
use specwright_runtime::server::{Context, Failure};
use tests::generated::union_discriminator::types::{Added, Animal, Cat, Dog, Event, Pet, Queued};
use tests::generated::union_discriminator::{operations as o, server as s};

use crate::raw_request;

struct Shop;

impl s::UnionDiscriminator for Shop {
    async fn add_pet(&self, input: s::AddPetInput, _: Context) -> Result<o::AddPetSuccess, Failure<o::AddPetError>> {
        let event: Event = match input.body {
            Pet::Cat(_) => Added::new().into(),
            Pet::Dog(_) => Queued::new("pet-delayed").into(),
        };
        Ok(o::AddPetSuccess::Ok(event))
    }
}

#[tokio::test]
async fn without_a_mapping_the_name_of_the_schema_is_the_tag_value() {
    let (client, sent) = connect!(union_discriminator, Shop);
    let response = client.add_pet(&Cat::new("Tom").into()).await.unwrap();
    assert_eq!(sent.requests()[0].json(), json!({"kind": "Cat", "name": "Tom"}));
    assert_eq!(response.into_body(), Event::Added(Added::new()));
}

#[tokio::test]
async fn several_tag_values_can_select_one_member() {
    let (client, _) = connect!(union_discriminator, Shop);
    let response = client.add_pet(&Dog::new("Rex").into()).await.unwrap();
    assert_eq!(response.into_body(), Event::Queued(Queued::new("pet-delayed")));
    let event = |name: &str| from_value::<Event>(json!({"event": name}));
    assert!(matches!(event("pet-queued"), Ok(Event::Queued(_))));
    let error = event("pet-sold").unwrap_err().to_string();
    assert!(error.contains("Event") && error.contains("pet-added, pet-queued, pet-delayed"), "{error}");
}

#[test]
fn a_member_gets_the_tag_value_of_the_union_that_it_becomes() {
    let cat = Cat::new("Tom");
    let (pet, animal) = (Pet::from(cat.clone()), Animal::from(cat.clone()));
    assert_eq!(to_value(&pet).unwrap(), json!({"kind": "Cat", "name": "Tom"}));
    assert_eq!(to_value(&animal).unwrap(), json!({"kind": "feline", "name": "Tom"}));
    assert_eq!(from_value::<Animal>(to_value(&animal).unwrap()).unwrap(), animal);
    // The tag value of the union is written, even if the member was put into it without a
    // conversion.
    let Pet::Cat(pet) = pet else { panic!("{pet:?}") };
    assert_eq!(to_value(Animal::Cat(pet)).unwrap()["kind"], "feline");
}

#[tokio::test]
async fn an_unknown_tag_value_is_refused() {
    let response = raw_request::json(s::router(Shop), "POST", "/pets", &json!({"name": "Tom"})).await;
    assert_eq!(response.status, 422, "{:?}", response.json());
}
