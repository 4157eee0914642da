//! Equal inline schemas become one type, and each place has its own name for it.

use serde_json::json;
use specwright_runtime::client::Error;
use specwright_runtime::server::{Context, Failure};
use tests::generated::equal_shapes::{operations as o, server as s, types as t};

use crate::raw_request;

struct Zoo;

fn page(name: &str) -> t::ListCatsOk {
    let kind = t::ListCatsOkItemsItemKind::Wild;
    let animal = t::ListCatsOkItemsItem::new(t::ListCatsOkItemsItemRequired { name: name.to_owned(), kind });
    t::ListCatsOk::new([animal]).next("2")
}

impl s::EqualShapes for Zoo {
    async fn list_cats(
        &self,
        _: s::ListCatsInput,
        _: Context,
    ) -> Result<o::ListCatsSuccess, Failure<o::ListCatsError>> {
        Ok(o::ListCatsSuccess::Ok(page("Tom"), o::ListCatsOkHeaders { x_total: Some(1) }))
    }

    async fn list_dogs(
        &self,
        _: s::ListDogsInput,
        _: Context,
    ) -> Result<o::ListDogsSuccess, Failure<o::ListDogsError>> {
        let missing = t::ListDogsNotFound::new("no dogs");
        Err(o::ListDogsError::NotFound(missing).into())
    }

    async fn add_dog(&self, input: s::AddDogInput, _: Context) -> Result<o::AddDogSuccess, Failure<o::AddDogError>> {
        assert_eq!(input.body.kind, t::AddDogRequestKind::Wild);
        Ok(o::AddDogSuccess::NoContent)
    }

    async fn choose(&self, input: s::ChooseInput, _: Context) -> Result<o::ChooseSuccess, Failure<o::ChooseError>> {
        assert_eq!(input.body, t::ChoiceOne::new().label("a").into());
        Ok(o::ChooseSuccess::NoContent)
    }
}

#[tokio::test]
async fn values_of_one_place_are_values_of_another() {
    let (client, _) = connect!(equal_shapes, Zoo);
    let response = client.list_cats().await.unwrap();
    let o::ListCatsSuccess::Ok(cats, headers) = response.into_inner();
    let headers: o::ListDogsOkHeaders = headers;
    assert_eq!(headers.x_total, Some(1));
    let dogs: t::ListDogsOk = cats;
    let body: &t::AddDogRequest = &dogs.items[0];
    client.add_dog(body).await.unwrap();
    let Err(Error::Api(error)) = client.list_dogs().await else { panic!("no error") };
    let o::ListDogsError::NotFound(missing) = error.into_inner() else { panic!("another error") };
    let missing: t::ListCatsNotFound = missing;
    assert_eq!(missing.why, "no dogs");
}

#[tokio::test]
async fn a_shared_type_is_validated_where_it_is_received() {
    let body = json!({"name": "", "kind": "wild"});
    let response = raw_request::json(s::router(Zoo), "POST", "/dogs", &body).await;
    assert_eq!(response.status, 422);
}

#[tokio::test]
async fn members_of_one_union_stay_apart() {
    let (client, sent) = connect!(equal_shapes, Zoo);
    let one: t::Choice = t::ChoiceOne::new().label("a").into();
    client.choose(&one).await.unwrap();
    assert_eq!(sent.requests()[0].json(), json!({"label": "a"}));
    let many: t::Choice = vec![t::ChoiceManyItem::new().label("a")].into();
    assert_ne!(one, many);
}

#[test]
fn each_place_documents_its_parts() {
    let types = include_str!("../../src/generated/equal_shapes/types.rs");
    assert!(types.contains("/// * `items`: The cats.\npub type ListCatsOk = shared::"), "{types}");
    let shared = include_str!("../../src/generated/equal_shapes/shared.rs");
    assert!(shared.contains("/// The location of the next page.\n    pub next: Option<String>,"), "{shared}");
}
