//! `tests/clients/frameworks/fastapi_app.py`, called and served.

use serde_json::json;
use specwright_runtime::client::{Error as CallError, Retry};
use specwright_runtime::server::{Context, Failure};
use specwright_runtime::{File, MaybeAbsent, StatusCode};
use tests::generated::fastapi::types::{
    BodyUploadUploadsPostForm, BodyUploadUploadsPostFormRequired, Cat, Color, CreatePetOk, Dog, Item, ItemRequired,
    Patch, TreeInput,
};
use tests::generated::fastapi::{Client, operations, operations as o, server as s, types};

use super::{CallResult, Store, convert};

pub async fn call(url: &str) -> CallResult {
    let client = builder!(Client, url).retry(Retry::none()).build()?;
    items(&client).await?;
    bodies(&client).await
}

async fn items(client: &Client) -> CallResult {
    let item = Item::new(ItemRequired { name: "Lamp".to_owned(), price: 9.5.into() })
        .color(Color::DarkBlue)
        .tags(["a", "b"])
        .attributes([("watts".to_owned(), Some(40.into())), ("socket".to_owned(), None)])
        .size((3, 4))
        .released("2024-02-29".parse::<specwright_runtime::Date>()?);
    let made = client.create_item(&item).await?.into_body();
    assert_eq!((made.name.as_str(), made.price.as_str(), made.color), ("Lamp", "9.5", Some(Color::DarkBlue)));
    assert_eq!(made.created.as_str(), "2024-01-02T03:04:05Z");
    match client.create_item(&item).await {
        Err(CallError::Api(response)) => {
            assert!(
                matches!(response.into_inner(), operations::CreateItemError::Conflict(problem) if problem.code == 7)
            );
        }
        other => return Err(format!("expected a conflict, not {other:?}").into()),
    }
    let listed = client
        .list_items()
        .color([Color::DarkBlue, Color::Red])
        .limit(5)
        .since("2024-01-02T03:04:05Z")
        .x_trace("t 1")
        .session("s")
        .await?;
    let echo = listed.headers().get("x-echo").and_then(|value| value.to_str().ok()).unwrap_or_default();
    // The document leaves the header out, so a generated server cannot send it.
    if !echo.is_empty() {
        assert_eq!(echo, r#"[["dark-blue", "red"], 5, "2024-01-02T03:04:05+00:00", "t 1", "s"]"#);
    }
    assert_eq!(listed.into_body().len(), 1);
    assert_eq!(client.read_item(made.id).await?.into_body().size, Some((3, 4)));
    let patch = Patch::new().released(MaybeAbsent::Null);
    assert_eq!(client.patch_item(made.id, &patch).await?.into_body(), [("released".to_owned(), None)].into());
    client.delete_item(made.id).await?;
    match client.read_item(made.id).await {
        Err(error) => assert_eq!(error.status(), Some(StatusCode::NOT_FOUND)),
        Ok(other) => return Err(format!("expected no item, not {other:?}").into()),
    }
    match client.list_items().limit(1000).await {
        Err(CallError::Api(response)) => assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY),
        other => return Err(format!("expected a refusal, not {other:?}").into()),
    }
    Ok(())
}

async fn bodies(client: &Client) -> CallResult {
    let dog = client.create_pet(&Dog::new(1.5).into()).await?.into_body();
    assert!(matches!(dog, CreatePetOk::Dog(dog) if dog.bark == 1.5));
    let cat = client.create_pet(&Cat::new(9).into()).await?.into_body();
    assert!(matches!(cat, CreatePetOk::Cat(cat) if cat.lives == 9));
    let tree = client.grow(&TreeInput::new(1).children([TreeInput::new(2)])).await?.into_body();
    assert_eq!((tree.value, tree.children.unwrap_or_default()[0].value), (2, 1));
    let form = BodyUploadUploadsPostForm::new(BodyUploadUploadsPostFormRequired {
        file: File::new("a.txt", "four"),
        title: "T".to_owned(),
    });
    let uploaded = client.upload(form).await?.into_body();
    assert_eq!(format!("{:?}", uploaded["size"]), "Some(Integer(4))");
    let mut download = client.download().await?;
    // Nor does it know the body.
    let bytes = download.take_body().collect(99).await?;
    assert!(bytes.is_empty() || bytes == "bytes");
    assert_eq!(client.text("a b").await?.into_body(), "a b");
    assert_eq!(client.total(&[1, 2, 3]).await?.into_body(), 6);
    Ok(())
}

#[derive(Default)]
pub struct Shelf(Store<types::Stored>);

impl s::Fastapi for Shelf {
    async fn list_items(
        &self,
        input: s::ListItemsInput,
        _: Context,
    ) -> Result<o::ListItemsSuccess, Failure<o::ListItemsError>> {
        let is_wanted = |item: &types::Stored| {
            input.color.is_empty() || item.color.as_ref().is_some_and(|color| input.color.contains(color))
        };
        Ok(o::ListItemsSuccess::Ok(self.0.all().into_iter().filter(is_wanted).collect()))
    }

    async fn create_item(
        &self,
        input: s::CreateItemInput,
        _: Context,
    ) -> Result<o::CreateItemSuccess, Failure<o::CreateItemError>> {
        let mut items = self.0.lock();
        if items.values().any(|item| item.name == input.body.name) {
            return Err(o::CreateItemError::Conflict(types::Problem::new(7)).into());
        }
        let id = i64::try_from(items.len()).unwrap_or_default() + 1;
        let price = serde_json::to_value(&input.body.price).map_err(Failure::internal)?;
        let price = price.as_str().map_or_else(|| price.to_string(), str::to_owned);
        let more = json!({"id": id, "created": "2024-01-02T03:04:05Z", "price": price});
        let stored: types::Stored = convert(&input.body, more).map_err(Failure::internal)?;
        items.insert(id, stored.clone());
        Ok(o::CreateItemSuccess::Created(stored))
    }

    async fn read_item(
        &self,
        input: s::ReadItemInput,
        _: Context,
    ) -> Result<o::ReadItemSuccess, Failure<o::ReadItemError>> {
        let missing = || Failure::refused(StatusCode::NOT_FOUND, "there is no such item");
        self.0.get(input.item_id).map(o::ReadItemSuccess::Ok).ok_or_else(missing)
    }

    async fn patch_item(
        &self,
        input: s::PatchItemInput,
        _: Context,
    ) -> Result<o::PatchItemSuccess, Failure<o::PatchItemError>> {
        let patched = convert(&input.body, json!({})).map_err(Failure::internal)?;
        Ok(o::PatchItemSuccess::Ok(patched))
    }

    async fn delete_item(
        &self,
        input: s::DeleteItemInput,
        _: Context,
    ) -> Result<o::DeleteItemSuccess, Failure<o::DeleteItemError>> {
        self.0.lock().remove(&input.item_id);
        Ok(o::DeleteItemSuccess::NoContent)
    }

    async fn create_pet(
        &self,
        input: s::CreatePetInput,
        _: Context,
    ) -> Result<o::CreatePetSuccess, Failure<o::CreatePetError>> {
        Ok(o::CreatePetSuccess::Ok(input.body))
    }

    async fn grow(&self, input: s::GrowInput, _: Context) -> Result<o::GrowSuccess, Failure<o::GrowError>> {
        let value = input.body.value + 1;
        let grown = convert(&input.body, json!({"value": value, "children": [input.body]}));
        Ok(o::GrowSuccess::Ok(grown.map_err(Failure::internal)?))
    }

    async fn upload(&self, input: s::UploadInput, _: Context) -> Result<o::UploadSuccess, Failure<o::UploadError>> {
        let form = input.body;
        let name = form.file.name().unwrap_or_default().to_owned();
        let size = form.file.into_body().collect(1 << 20).await.map_err(Failure::internal)?.len();
        let made = json!({"name": name, "size": size, "title": form.title, "rating": form.rating.into_option()});
        Ok(o::UploadSuccess::Ok(serde_json::from_value(made).map_err(Failure::internal)?))
    }

    async fn download(&self, _: s::DownloadInput, _: Context) -> Result<o::DownloadSuccess, Failure<o::DownloadError>> {
        Ok(o::DownloadSuccess::Ok)
    }

    async fn text(&self, input: s::TextInput, _: Context) -> Result<o::TextSuccess, Failure<o::TextError>> {
        Ok(o::TextSuccess::Ok(input.path))
    }

    async fn total(&self, input: s::TotalInput, _: Context) -> Result<o::TotalSuccess, Failure<o::TotalError>> {
        Ok(o::TotalSuccess::Ok(input.body.iter().sum()))
    }
}
