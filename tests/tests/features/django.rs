//! A document of Django REST framework. `tests/examples/frameworks` calls the application that it
//! describes.

use serde_json::{from_value, json};
use specwright_runtime::server::{AuthError, Context, Failure};
use specwright_runtime::{File, MaybeAbsent, Time};
use tests::generated::django::security::Credentials;
use tests::generated::django::types::{
    Book, BookRequest, BookRequestGenre, Cat, CatRequest, PatchedBookRequestForm, PetRequest,
};
use tests::generated::django::{operations as o, server as s};

use crate::received::Inputs;

#[derive(Clone, Default)]
struct Library(Inputs<s::BooksPartialUpdateBody>);

impl s::Django for Library {
    type Principal = ();

    async fn authenticate(&self, _: Credentials, _: &Context) -> Result<(), AuthError> {
        Ok(())
    }

    async fn books_partial_update(
        &self,
        _: Option<()>,
        input: s::BooksPartialUpdateInput,
        _: Context,
    ) -> Result<o::BooksPartialUpdateSuccess, Failure<o::BooksPartialUpdateError>> {
        input.body.into_iter().for_each(|body| self.0.record(body));
        let book: Book = from_value(json!({"id": input.id, "label": "l", "title": "t"})).map_err(Failure::internal)?;
        Ok(o::BooksPartialUpdateSuccess::Ok(book))
    }

    async fn pets_create(
        &self,
        _: Option<()>,
        input: s::PetsCreateInput,
        _: Context,
    ) -> Result<o::PetsCreateSuccess, Failure<o::PetsCreateError>> {
        assert!(matches!(input.body, Some(s::PetsCreateBody::Form(PetRequest::Cat(_)))));
        Ok(o::PetsCreateSuccess::Ok(Cat::new(9).into()))
    }
}

#[tokio::test]
async fn a_change_in_parts_clears_only_what_is_null() {
    let library = Library::default();
    let (client, _) = connect!(django, library.clone());
    let forms = [
        PatchedBookRequestForm::new().opens(MaybeAbsent::Null).cover(MaybeAbsent::Null),
        PatchedBookRequestForm::new().opens("08:30:00".parse::<Time>().unwrap()).cover(File::new("a.txt", "four")),
    ];
    for form in &forms {
        client.books_partial_update(7).multipart(form.clone()).await.unwrap();
    }
    let received: Vec<_> = library.0.all();
    let [s::BooksPartialUpdateBody::Multipart(first), s::BooksPartialUpdateBody::Multipart(second)] = &received[..]
    else {
        panic!("{received:?}")
    };
    assert_eq!((first, &second.opens, &first.price), (&forms[0], &forms[1].opens, &MaybeAbsent::Absent));
    assert_eq!(second.cover.value().and_then(File::name), Some("a.txt"));
}

#[tokio::test]
async fn a_tag_that_is_plain_text_is_sent_in_a_form() {
    let (client, sent) = connect!(django, Library::default());
    client.pets_create().form(&CatRequest::new(9).into()).await.unwrap();
    assert_eq!(sent.requests()[0].body, "kind=cat&lives=9");
}

#[test]
fn a_blank_choice_is_a_value_of_the_enum_and_null_is_apart() {
    let genre = |value| from_value::<BookRequest>(json!({"title": "t", "genre": value})).unwrap().genre;
    assert_eq!(genre(json!("")), MaybeAbsent::Value(BookRequestGenre::Empty));
    assert_eq!(genre(json!("poetry")), MaybeAbsent::Value(BookRequestGenre::Poetry));
    assert_eq!(genre(json!(null)), MaybeAbsent::Null);
}
