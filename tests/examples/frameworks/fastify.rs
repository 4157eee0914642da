//! `tests/clients/frameworks/fastify_app.cjs`, called and served.

use serde_json::json;
use specwright_runtime::client::{Error as CallError, Retry};
use specwright_runtime::server::{AuthError, Context, Failure};
use specwright_runtime::{MaybeAbsent, Secret};
use tests::generated::fastify::security::Credentials;
use tests::generated::fastify::types::{
    self, AddBookRequest, AddBookRequestKind, AddPetOk, AddPetRequestCat, AddPetRequestDog, ChangeBookRequest,
    ListBooksKindItem,
};
use tests::generated::fastify::{Client, operations as o, server as s};

use super::{CallResult, Store, convert};

pub async fn call(url: &str) -> CallResult {
    let client = builder!(Client, url).retry(Retry::none()).build()?;
    books(&client).await?;
    let cat = client.add_pet(&AddPetRequestCat::new(9).into()).await?.into_body();
    assert!(matches!(cat, AddPetOk::Cat(cat) if cat.lives == 9));
    let dog = client.add_pet(&AddPetRequestDog::new(1.5).into()).await?.into_body();
    assert!(matches!(dog, AddPetOk::Dog(dog) if dog.bark == 1.5));
    assert_eq!(client.export_books().await?.into_body(), "1");
    let mut plain = client.plain().await?;
    // The document does not know this body, so a generated server has none.
    let body = plain.take_body().collect(99).await?;
    assert!(body.is_empty() || body == r#"{"free":3}"#);
    // Fastify writes a string as it is, although it documents JSON.
    let _ = client.get_file("a b").await;
    let known = builder!(Client, url).credentials(Credentials::Bearer(Secret::new("jane-token"))).build()?;
    assert_eq!(known.me().await?.into_body().name, MaybeAbsent::Null);
    let unknown = builder!(Client, url).credentials(Credentials::Bearer(Secret::new("?"))).build()?;
    match unknown.me().await {
        Err(error) => assert_eq!(error.status().map(|status| status.as_u16()), Some(401)),
        Ok(other) => return Err(format!("expected a refusal, not {other:?}").into()),
    }
    Ok(())
}

async fn books(client: &Client) -> CallResult {
    let book = AddBookRequest::new("Dune")
        .price(9.5)
        .kind(AddBookRequestKind::Audio)
        .tags(["a", "b"])
        .sizes([("pages".to_owned(), 412)]);
    let made = client.add_book(&book).await?.into_body();
    assert_eq!((made.id, made.title.as_str(), made.price), (1, "Dune", MaybeAbsent::Value(9.5)));
    match client.add_book(&AddBookRequest::new("")).await {
        Err(error) => assert!(error.status().is_some_and(|status| status.is_client_error()), "{error}"),
        Ok(other) => return Err(format!("expected a refusal, not {other:?}").into()),
    }
    let kinds = [ListBooksKindItem::Audio, ListBooksKindItem::Paper];
    let listed = client.list_books().kind(kinds).limit(5).exact(true).x_trace("t 1").await?;
    let echo = listed.headers().get("x-echo").and_then(|value| value.to_str().ok()).unwrap_or_default();
    assert!(echo.is_empty() || echo == r#"[["audio","paper"],5,true,"t 1"]"#, "{echo}");
    let o::ListBooksSuccess::Ok(books, headers) = listed.into_inner();
    assert_eq!((books.len(), headers.x_total), (1, Some(1)));
    assert_eq!(client.get_book(1).await?.into_body(), made);
    let change = ChangeBookRequest::new().price(MaybeAbsent::Null).title("Sand");
    let changed = client.change_book(1, &change).await?.into_body();
    assert_eq!((changed.title.as_str(), changed.price), ("Sand", MaybeAbsent::Null));
    client.remove_book(7).await?;
    match client.get_book(7).await {
        Err(CallError::Api(response)) => {
            assert!(matches!(response.into_inner(), o::GetBookError::NotFound(problem) if problem.status_code == 404));
        }
        other => return Err(format!("expected no book, not {other:?}").into()),
    }
    Ok(())
}

#[derive(Default)]
pub struct Books(Store<types::Book>);

impl s::Fastify for Books {
    type Principal = ();

    async fn authenticate(&self, credentials: Credentials, _: &Context) -> Result<(), AuthError> {
        let Credentials::Bearer(token) = credentials;
        if token.matches("jane-token") { Ok(()) } else { Err(AuthError::Unauthorized) }
    }

    async fn list_books(
        &self,
        _: s::ListBooksInput,
        _: Context,
    ) -> Result<o::ListBooksSuccess, Failure<o::ListBooksError>> {
        let books = self.0.all();
        let x_total = i64::try_from(books.len()).ok();
        Ok(o::ListBooksSuccess::Ok(books, o::ListBooksOkHeaders { x_total }))
    }

    async fn add_book(
        &self,
        input: s::AddBookInput,
        _: Context,
    ) -> Result<o::AddBookSuccess, Failure<o::AddBookError>> {
        let mut books = self.0.lock();
        let id = i64::try_from(books.len()).unwrap_or_default() + 1;
        let book: types::Book = convert(&input.body, json!({"id": id})).map_err(Failure::internal)?;
        books.insert(id, book.clone());
        Ok(o::AddBookSuccess::Created(book))
    }

    async fn get_book(
        &self,
        input: s::GetBookInput,
        _: Context,
    ) -> Result<o::GetBookSuccess, Failure<o::GetBookError>> {
        let missing = || {
            let message = "there is no such book".to_owned();
            let required = types::GetBookNotFoundRequired { status_code: 404, message };
            o::GetBookError::NotFound(types::GetBookNotFound::new(required)).into()
        };
        self.0.get(input.id).map(o::GetBookSuccess::Ok).ok_or_else(missing)
    }

    async fn change_book(
        &self,
        input: s::ChangeBookInput,
        _: Context,
    ) -> Result<o::ChangeBookSuccess, Failure<o::ChangeBookError>> {
        let mut books = self.0.lock();
        let missing = || Failure::refused(specwright_runtime::StatusCode::NOT_FOUND, "there is no such book");
        let book = books.get_mut(&input.id).ok_or_else(missing)?;
        let change = serde_json::to_value(&input.body).map_err(Failure::internal)?;
        *book = convert(book, change).map_err(Failure::internal)?;
        Ok(o::ChangeBookSuccess::Ok(book.clone()))
    }

    async fn remove_book(
        &self,
        input: s::RemoveBookInput,
        _: Context,
    ) -> Result<o::RemoveBookSuccess, Failure<o::RemoveBookError>> {
        self.0.lock().remove(&input.id);
        Ok(o::RemoveBookSuccess::NoContent)
    }

    async fn add_pet(&self, input: s::AddPetInput, _: Context) -> Result<o::AddPetSuccess, Failure<o::AddPetError>> {
        Ok(o::AddPetSuccess::Ok(input.body))
    }

    async fn export_books(
        &self,
        _: s::ExportBooksInput,
        _: Context,
    ) -> Result<o::ExportBooksSuccess, Failure<o::ExportBooksError>> {
        let ids: Vec<String> = self.0.lock().keys().map(i64::to_string).collect();
        Ok(o::ExportBooksSuccess::Ok(ids.join("\n")))
    }

    async fn plain(&self, _: s::PlainInput, _: Context) -> Result<o::PlainSuccess, Failure<o::PlainError>> {
        Ok(o::PlainSuccess::Ok)
    }

    async fn me(&self, (): (), _: s::MeInput, _: Context) -> Result<o::MeSuccess, Failure<o::MeError>> {
        Ok(o::MeSuccess::Ok(types::MeOk::new().name(MaybeAbsent::Null)))
    }

    async fn get_file(
        &self,
        input: s::GetFileInput,
        _: Context,
    ) -> Result<o::GetFileSuccess, Failure<o::GetFileError>> {
        Ok(o::GetFileSuccess::Ok(input.star))
    }
}
