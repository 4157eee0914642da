//! `tests/clients/frameworks/django_app.py`, called and served.

use serde::Serialize;
use serde_json::{Value, json};
use specwright_runtime::client::{RequestOptions, Retry};
use specwright_runtime::server::{AuthError, Context, Failure};
use specwright_runtime::{DateTime, File, MaybeAbsent, Secret, StatusCode, Time};
use tests::generated::django::security::Credentials;
use tests::generated::django::types::{
    self, AuthTokenRequest, AuthTokenRequestRequired, Book, BookRequest, BookRequestForm, BookRequestGenre, CatRequest,
    DogRequest, PatchedBookRequest, PatchedBookRequestForm, Pet, PetRequest, RatingRequest,
};
use tests::generated::django::{Client, operations as o, server as s};

use super::{CallResult, Store, convert};

pub async fn call(url: &str) -> CallResult {
    let client = builder!(Client, url).retry(Retry::none()).build()?;
    made(&client).await?;
    changed(&client).await?;
    let rating = client.books_rate_create(1, &RatingRequest::new(5).note("good")).await?.into_body();
    assert_eq!((rating.stars, rating.note.as_deref()), (5, Some("good")));
    let exported = client.export_retrieve().columns(["id", "title"]).await?.into_body();
    assert!(exported.starts_with("1,Dune"), "{exported}");
    let body = client.ping_retrieve().await?.take_body().collect(99).await?;
    // The document does not know this body, so a generated server has none.
    assert!(body.is_empty() || body == "pong");
    for (pet, cat) in [(PetRequest::from(CatRequest::new(9)), true), (DogRequest::new(1.5).into(), false)] {
        let json = client.pets_create().json(&pet).await?.into_body();
        let form = client.pets_create().form(&pet).await?.into_body();
        assert_eq!((json == form, matches!(json, Pet::Cat(_))), (true, cat));
    }
    let login = AuthTokenRequest::new(AuthTokenRequestRequired {
        username: "jane".to_owned(),
        password: "hush & co".to_owned(),
    });
    // The document demands credentials for the operation that gives them, as a generated server does.
    let anonymous = RequestOptions::new().anonymous();
    let token = match client.token_create().form(&login).with(anonymous).await {
        Err(error) if error.status() == Some(StatusCode::UNAUTHORIZED) => "jane-token".to_owned(),
        response => response?.into_body().token,
    };
    let token = Secret::new(format!("Token {token}"));
    let known = builder!(Client, url).credentials(Credentials::TokenAuth(token)).build()?;
    assert_eq!(known.me_retrieve().await?.into_body().name.as_deref(), Some("jane"));
    let json = known.token_create().json(&login).await?.into_body();
    assert_eq!(known.token_create().multipart(login).await?.into_body(), json);
    client.books_destroy(1).await?;
    match client.books_retrieve(1).await {
        Err(error) => assert_eq!(error.status(), Some(StatusCode::NOT_FOUND)),
        Ok(other) => return Err(format!("expected no book, not {other:?}").into()),
    }
    Ok(())
}

/// Books made in each media type, listed in pages.
async fn made(client: &Client) -> CallResult {
    let book = BookRequest::new("Dune")
        .price("9.50".parse::<specwright_runtime::Decimal>()?)
        .genre(BookRequestGenre::SciFi)
        .level(2)
        .published("2024-01-02T03:04:05".parse::<DateTime>()?)
        .opens("08:30:00".parse::<Time>()?)
        .meta(json!({"pages": 412}))
        .tags(["a", "b"])
        .site("");
    let json = client.books_create().json(&book).await?.into_body();
    assert_eq!(
        (json.id, json.label.as_str(), json.genre.value().map(types::BookGenre::as_str)),
        (1, "Dune!", Some("sci-fi"))
    );
    // Without an offset, as naive times of Django are.
    assert_eq!(json.published.value().map(DateTime::as_str), Some("2024-01-02T03:04:05"));
    assert_eq!(
        (json.opens.value().map(Time::as_str), json.price.value().map(|one| one.as_str())),
        (Some("08:30:00"), Some("9.50"))
    );
    let form = client.books_create().form(&BookRequest::new("Sand").genre(BookRequestGenre::Empty)).await?.into_body();
    assert_eq!((form.id, form.genre.value().map(types::BookGenre::as_str)), (2, Some("")));
    let upload = BookRequestForm::new("Spice").cover(File::new("a.txt", "four")).tags(["a", "b"]);
    let multipart = client.books_create().multipart(upload).await?.into_body();
    assert_eq!((multipart.id, multipart.pages), (3, MaybeAbsent::Value(4)));
    let page = client.books_list().limit(1).offset(1).await?.into_body();
    assert_eq!((page.count, page.results.len(), page.results[0].id), (3, 1, 2));
    let all = client.books_list().limit(2).all(9).await?;
    assert_eq!(all.iter().map(|book| book.id).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(client.books_retrieve(1).await?.into_body(), json);
    match client.books_create().json(&BookRequest::new("")).await {
        Err(error) => assert!(error.status().is_some_and(|status| status.is_client_error()), "{error}"),
        Ok(other) => return Err(format!("expected a refusal, not {other:?}").into()),
    }
    Ok(())
}

/// What a change leaves out stays, and `null` clears: in JSON, and as empty text in both forms.
async fn changed(client: &Client) -> CallResult {
    let kept = client.books_partial_update(1).json(&PatchedBookRequest::new().title("Sand")).await?.into_body();
    assert_eq!((kept.title.as_str(), kept.price.is_null(), kept.published.is_null()), ("Sand", false, false));
    let cleared =
        client.books_partial_update(1).json(&PatchedBookRequest::new().price(MaybeAbsent::Null)).await?.into_body();
    assert_eq!((cleared.price.is_null(), cleared.published.is_null()), (true, false));
    let patch = PatchedBookRequest::new().published(MaybeAbsent::Null);
    let cleared = client.books_partial_update(1).form(&patch).await?.into_body();
    assert_eq!((cleared.published.is_null(), cleared.opens.is_null()), (true, false));
    let patch = PatchedBookRequestForm::new().opens(MaybeAbsent::Null).cover(MaybeAbsent::Null);
    let cleared = client.books_partial_update(1).multipart(patch).await?.into_body();
    assert_eq!((cleared.opens.is_null(), cleared.title.as_str()), (true, "Sand"));
    let put = client.books_update(1).json(&BookRequest::new("Dune")).await?.into_body();
    assert_eq!(put.title, "Dune");
    Ok(())
}

#[derive(Default)]
pub struct Library(Store<Book>);

impl Library {
    fn keep(&self, id: Option<i64>, body: &impl Serialize, file: Option<File>) -> Result<Book, serde_json::Error> {
        let mut books = self.0.lock();
        let new = i64::try_from(books.len()).unwrap_or_default() + 1;
        let before = id.and_then(|id| books.get(&id)).map_or_else(
            || {
                json!({"price": null, "pages": null, "genre": null, "level": 1, "published": null, "opens": null,
                    "meta": {}, "site": ""})
            },
            |book| serde_json::to_value(book).unwrap_or_default(),
        );
        let mut sent = serde_json::to_value(body)?;
        if let Some(sent) = sent.as_object_mut() {
            sent.remove("cover");
            sent.remove("tags");
            if let Some(bytes) = file.as_ref().and_then(|file| file.body().as_bytes()) {
                sent.insert("pages".to_owned(), bytes.len().into());
            }
        }
        let mut book: Value = convert(&before, sent)?;
        let title = book["title"].as_str().unwrap_or_default().to_owned();
        book["label"] = format!("{title}!").into();
        book["id"] = id.unwrap_or(new).into();
        let book: Book = serde_json::from_value(book)?;
        books.insert(book.id, book.clone());
        Ok(book)
    }
}

/// The properties of a form but for its file.
macro_rules! properties {
    ($form:expr, $($name:ident),+) => {{
        let mut sent = serde_json::Map::new();
        $(if !$form.$name.is_absent() {
            let value = serde_json::to_value(&$form.$name).map_err(Failure::internal)?;
            sent.insert(stringify!($name).to_owned(), value);
        })+
        sent
    }};
}

fn missing<E>() -> Failure<E> {
    Failure::refused(StatusCode::NOT_FOUND, "there is no such book")
}

fn token() -> types::AuthToken {
    types::AuthToken::new("jane-token")
}

impl s::Django for Library {
    type Principal = ();

    async fn authenticate(&self, credentials: Credentials, _: &Context) -> Result<(), AuthError> {
        let Credentials::TokenAuth(token) = credentials;
        if token.matches("Token jane-token") { Ok(()) } else { Err(AuthError::Unauthorized) }
    }

    async fn books_list(
        &self,
        _: Option<()>,
        input: s::BooksListInput,
        _: Context,
    ) -> Result<o::BooksListSuccess, Failure<o::BooksListError>> {
        let books = self.0.all();
        let count = |number: Option<i64>, default| number.and_then(|it| usize::try_from(it).ok()).unwrap_or(default);
        let (limit, offset) = (count(input.limit, 2), count(input.offset, 0));
        let (total, next) = (books.len(), offset + limit);
        let results: Vec<Book> = books.into_iter().skip(offset).take(limit).collect();
        let link = (next < total).then(|| format!("/books/?limit={limit}&offset={next}"));
        let page = json!({"count": total, "next": link, "previous": null, "results": results});
        Ok(o::BooksListSuccess::Ok(serde_json::from_value(page).map_err(Failure::internal)?))
    }

    async fn books_create(
        &self,
        _: Option<()>,
        input: s::BooksCreateInput,
        _: Context,
    ) -> Result<o::BooksCreateSuccess, Failure<o::BooksCreateError>> {
        let book = match input.body {
            s::BooksCreateBody::Json(body) | s::BooksCreateBody::Form(body) => self.keep(None, &body, None),
            s::BooksCreateBody::Multipart(form) => {
                let mut sent = properties!(form, price, pages, genre, published, opens);
                sent.insert("title".to_owned(), form.title.into());
                self.keep(None, &sent, form.cover.into_option())
            }
        };
        Ok(o::BooksCreateSuccess::Created(book.map_err(Failure::internal)?))
    }

    async fn books_retrieve(
        &self,
        _: Option<()>,
        input: s::BooksRetrieveInput,
        _: Context,
    ) -> Result<o::BooksRetrieveSuccess, Failure<o::BooksRetrieveError>> {
        self.0.get(input.id).map(o::BooksRetrieveSuccess::Ok).ok_or_else(missing)
    }

    async fn books_update(
        &self,
        _: Option<()>,
        input: s::BooksUpdateInput,
        _: Context,
    ) -> Result<o::BooksUpdateSuccess, Failure<o::BooksUpdateError>> {
        let book = match input.body {
            s::BooksUpdateBody::Json(body) | s::BooksUpdateBody::Form(body) => self.keep(Some(input.id), &body, None),
            s::BooksUpdateBody::Multipart(form) => {
                self.keep(Some(input.id), &json!({"title": form.title}), form.cover.into_option())
            }
        };
        Ok(o::BooksUpdateSuccess::Ok(book.map_err(Failure::internal)?))
    }

    async fn books_partial_update(
        &self,
        _: Option<()>,
        input: s::BooksPartialUpdateInput,
        _: Context,
    ) -> Result<o::BooksPartialUpdateSuccess, Failure<o::BooksPartialUpdateError>> {
        let id = Some(input.id);
        let book = match input.body {
            None => self.keep(id, &json!({}), None),
            Some(s::BooksPartialUpdateBody::Json(body) | s::BooksPartialUpdateBody::Form(body)) => {
                self.keep(id, &body, None)
            }
            Some(s::BooksPartialUpdateBody::Multipart(form)) => {
                let sent = properties!(form, price, pages, genre, published, opens);
                self.keep(id, &sent, form.cover.into_option())
            }
        };
        Ok(o::BooksPartialUpdateSuccess::Ok(book.map_err(Failure::internal)?))
    }

    async fn books_destroy(
        &self,
        _: Option<()>,
        input: s::BooksDestroyInput,
        _: Context,
    ) -> Result<o::BooksDestroySuccess, Failure<o::BooksDestroyError>> {
        self.0.lock().remove(&input.id);
        Ok(o::BooksDestroySuccess::NoContent)
    }

    async fn books_rate_create(
        &self,
        _: Option<()>,
        input: s::BooksRateCreateInput,
        _: Context,
    ) -> Result<o::BooksRateCreateSuccess, Failure<o::BooksRateCreateError>> {
        Ok(o::BooksRateCreateSuccess::Ok(convert(&input.body, json!({})).map_err(Failure::internal)?))
    }

    async fn export_retrieve(
        &self,
        _: Option<()>,
        _: s::ExportRetrieveInput,
        _: Context,
    ) -> Result<o::ExportRetrieveSuccess, Failure<o::ExportRetrieveError>> {
        let rows: Vec<String> = self.0.all().iter().map(|book| format!("{},{}", book.id, book.title)).collect();
        Ok(o::ExportRetrieveSuccess::Ok(rows.join("\n")))
    }

    async fn me_retrieve(
        &self,
        (): (),
        _: s::MeRetrieveInput,
        _: Context,
    ) -> Result<o::MeRetrieveSuccess, Failure<o::MeRetrieveError>> {
        Ok(o::MeRetrieveSuccess::Ok(types::MeRetrieveOk::new().name("jane")))
    }

    async fn pets_create(
        &self,
        _: Option<()>,
        input: s::PetsCreateInput,
        _: Context,
    ) -> Result<o::PetsCreateSuccess, Failure<o::PetsCreateError>> {
        let Some(s::PetsCreateBody::Json(pet) | s::PetsCreateBody::Form(pet)) = input.body else {
            return Err(Failure::refused(StatusCode::BAD_REQUEST, "there is no pet"));
        };
        Ok(o::PetsCreateSuccess::Ok(convert(&pet, json!({})).map_err(Failure::internal)?))
    }

    async fn ping_retrieve(
        &self,
        _: Option<()>,
        _: s::PingRetrieveInput,
        _: Context,
    ) -> Result<o::PingRetrieveSuccess, Failure<o::PingRetrieveError>> {
        Ok(o::PingRetrieveSuccess::Ok)
    }

    async fn token_create(
        &self,
        (): (),
        _: s::TokenCreateInput,
        _: Context,
    ) -> Result<o::TokenCreateSuccess, Failure<o::TokenCreateError>> {
        Ok(o::TokenCreateSuccess::Ok(token()))
    }
}
