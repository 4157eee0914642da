//! Calls every operation of the application in `tests/clients/frameworks/fastapi_app.py` with the
//! client that is generated from its document.
//!
//! `cargo run -p tests --example fastapi -- http://127.0.0.1:5001`

use std::error::Error;

use specwright_runtime::client::{Error as CallError, Retry};
use specwright_runtime::{File, MaybeAbsent, StatusCode};
use tests::generated::fastapi::types::{
    BodyUploadUploadsPostForm, BodyUploadUploadsPostFormRequired, Cat, Color, CreatePetOk, Dog, Item, ItemRequired,
    Patch, TreeInput,
};
use tests::generated::fastapi::{Client, operations};

type CallResult = Result<(), Box<dyn Error>>;

#[tokio::main]
async fn main() -> CallResult {
    let url = std::env::args().nth(1).ok_or("expected the URL of the application")?;
    let client = Client::builder(url).retry(Retry::none()).build()?;
    items(&client).await?;
    bodies(&client).await?;
    println!("fastapi: all calls succeeded");
    Ok(())
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
    assert_eq!(echo, r#"[["dark-blue", "red"], 5, "2024-01-02T03:04:05+00:00", "t 1", "s"]"#);
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
    assert_eq!(download.take_body().collect(99).await?, "bytes");
    assert_eq!(client.text("a b").await?.into_body(), "a b");
    assert_eq!(client.total(&[1, 2, 3]).await?.into_body(), 6);
    Ok(())
}
