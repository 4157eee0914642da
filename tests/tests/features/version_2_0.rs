//! A document of Swagger 2.0.

use specwright_runtime::security::Basic;
use specwright_runtime::server::{AuthError, Context, Failure};
use specwright_runtime::{Body, File, Secret};
use tests::generated::version_2_0::client::servers;
use tests::generated::version_2_0::types::{
    Cat, CatRequest, Dog, DogRequest, DogRequestRequired, DogRequired, ListPetsEachItem, ListPetsOkXMode,
    ListPetsOrder, LogInRequest, Pet, PetRequest, Problem, PutPhotoRequest,
};
use tests::generated::version_2_0::{Credentials, operations as o, server as s};

use crate::raw_request;
use crate::received::Inputs;

#[derive(Clone, Default)]
struct Service {
    lists: Inputs<s::ListPetsInput>,
    deleted: Inputs<Vec<i64>>,
    photos: Inputs<(String, Vec<u8>, Option<String>)>,
    logins: Inputs<LogInRequest>,
}

impl s::Version2_0 for Service {
    type Principal = ();

    async fn authenticate(&self, _: Credentials, _: &Context) -> Result<(), AuthError> {
        Ok(())
    }

    async fn list_pets(
        &self,
        (): (),
        input: s::ListPetsInput,
        _: Context,
    ) -> Result<o::ListPetsSuccess, Failure<o::ListPetsError>> {
        if input.name.as_deref() == Some("none") {
            let problem = Problem::new("no such pet");
            return Err(Failure::Api(o::ListPetsError::Default(http::StatusCode::NOT_FOUND, problem)));
        }
        self.lists.record(input);
        let headers =
            o::ListPetsOkHeaders { x_total: Some(2), x_mode: Some(ListPetsOkXMode::Fast), ..Default::default() };
        let dog = Dog::new(DogRequired { name: "Rex".to_owned(), barks: true });
        Ok(o::ListPetsSuccess::Ok(vec![Cat::new("Tom").into(), dog.into()], headers))
    }

    async fn create_pet(
        &self,
        (): (),
        input: s::CreatePetInput,
        _: Context,
    ) -> Result<o::CreatePetSuccess, Failure<o::CreatePetError>> {
        let pet: Pet = match input.body {
            PetRequest::Cat(cat) => Cat::new(cat.name).into(),
            PetRequest::Dog(dog) => Dog::new(DogRequired { name: dog.name, barks: dog.barks }).into(),
            other @ PetRequest::Other(_) => panic!("a cat or a dog, not {other:?}"),
        };
        Ok(o::CreatePetSuccess::Created(pet))
    }

    async fn delete_pets(
        &self,
        (): (),
        input: s::DeletePetsInput,
        _: Context,
    ) -> Result<o::DeletePetsSuccess, Failure<o::DeletePetsError>> {
        self.deleted.record(input.ids);
        Ok(o::DeletePetsSuccess::NoContent)
    }

    async fn put_photo(
        &self,
        (): (),
        input: s::PutPhotoInput,
        _: Context,
    ) -> Result<o::PutPhotoSuccess, Failure<o::PutPhotoError>> {
        let (_, _, body) = input.body.photo.into_parts();
        let bytes = body.collect(1 << 20).await.map_err(Failure::internal)?;
        self.photos.record((input.id, bytes.to_vec(), input.body.caption));
        Ok(o::PutPhotoSuccess::NoContent)
    }

    async fn get_photo(
        &self,
        (): (),
        _: s::GetPhotoInput,
        _: Context,
    ) -> Result<o::GetPhotoSuccess, Failure<o::GetPhotoError>> {
        Ok(o::GetPhotoSuccess::Ok(Body::from("png").into_stream()))
    }

    async fn log_in(
        &self,
        (): (),
        input: s::LogInInput,
        _: Context,
    ) -> Result<o::LogInSuccess, Failure<o::LogInError>> {
        self.logins.record(input.body);
        Ok(o::LogInSuccess::Ok("token".to_owned()))
    }
}

macro_rules! connected {
    ($service:expr) => {
        connect!(
            version_2_0,
            $service,
            .credentials(Credentials::Key(Secret::from("k")))
            .credentials(Credentials::Basic(Basic::new("jane", "pw")))
            .credentials(Credentials::Code(Secret::from("c")))
        )
    };
}

#[test]
fn the_host_and_its_schemes_are_servers_and_https_comes_first() {
    assert_eq!((servers::HTTPS, servers::HTTP), ("https://api.example.com/v1", "http://api.example.com/v1"));
}

#[tokio::test]
async fn lists_are_sent_in_their_collection_format_and_read_back() {
    let service = Service::default();
    let (client, sent) = connected!(service.clone());
    let call = client.list_pets().plain(["a", "b"]).comma(["a", "b"]).space(["a", "b"]).tab(["a", "b"]).bar([1, 2]);
    call.each([ListPetsEachItem::Cat, ListPetsEachItem::Dog]).x_sort(["name", "age"]).await.unwrap();
    let request = &sent.requests()[0];
    assert_eq!(request.query.as_deref(), Some("plain=a,b&comma=a,b&space=a%20b&tab=a%09b&bar=1%7C2&each=cat&each=dog"));
    assert_eq!(request.header("x-sort"), Some("name|age"));
    let input = service.lists.only();
    for list in [&input.plain, &input.comma, &input.space, &input.tab] {
        assert_eq!(list.as_deref(), Some(&["a".to_owned(), "b".to_owned()][..]));
    }
    assert_eq!(input.bar.as_deref(), Some(&[1, 2][..]));
    assert_eq!(input.each, Some(vec![ListPetsEachItem::Cat, ListPetsEachItem::Dog]));
    assert_eq!(input.x_sort.as_deref(), Some(&["name".to_owned(), "age".to_owned()][..]));
    assert_eq!(input.order, ListPetsOrder::Up);
}

#[tokio::test]
async fn a_list_in_a_path_has_its_collection_format() {
    let service = Service::default();
    let (client, sent) = connected!(service.clone());
    client.delete_pets([1, 2]).await.unwrap();
    assert_eq!(sent.requests()[0].path, "/pets/1%7C2");
    assert_eq!(service.deleted.only(), [1, 2]);
}

#[tokio::test]
async fn constraints_of_parameters_are_checked() {
    let refused = |target: &'static str| async move {
        let request = axum::http::Request::get(target).header("x-key", "k").body(axum::body::Body::empty()).unwrap();
        raw_request::send(s::router(Service::default()), request).await
    };
    for query in [
        "limit=0",
        "limit=100",
        "limit=7",
        "name=a",
        "name=abcde",
        "name=AB",
        "bar=1%7C2%7C3%7C4",
        "bar=1%7C1",
        "each=cow",
        "order=left",
    ] {
        let target: &'static str = Box::leak(format!("/pets?{query}").into_boxed_str());
        let name = query.split('=').next().unwrap();
        let response = refused(target).await;
        assert_eq!(response.status, 422, "{query}");
        // In the shape that the document gives to problems.
        let problem = response.json();
        assert!(problem["title"].as_str().unwrap().contains(&format!("/query/{name}")), "{query}: {problem}");
    }
    assert_eq!(refused("/pets?limit=95&name=abcd&bar=1%7C2").await.status, 200);
}

#[tokio::test]
async fn headers_and_problems_are_typed() {
    let (client, _) = connected!(Service::default());
    let o::ListPetsSuccess::Ok(pets, headers) = client.list_pets().await.unwrap().into_inner();
    assert_eq!((pets.len(), headers.x_total, headers.x_mode), (2, Some(2), Some(ListPetsOkXMode::Fast)));
    let error = client.list_pets().name("none").await.unwrap_err();
    assert!(error.to_string().contains("404"), "{error}");
}

#[tokio::test]
async fn a_discriminator_names_the_definition_or_its_own_value() {
    let (client, sent) = connected!(Service::default());
    let cat = client.create_pet(&CatRequest::new("Tom").into()).await.unwrap().into_body();
    assert!(matches!(cat, Pet::Cat(_)));
    let dog = DogRequest::new(DogRequestRequired { name: "Rex".to_owned(), barks: true });
    let dog = client.create_pet(&dog.into()).await.unwrap().into_body();
    assert!(matches!(dog, Pet::Dog(_)));
    let bodies: Vec<String> = sent.requests().iter().map(|request| request.json()["kind"].to_string()).collect();
    assert_eq!(bodies, [r#""Cat""#, r#""hound""#]);
}

#[tokio::test]
async fn files_are_sent_and_received() {
    let service = Service::default();
    let (client, _) = connected!(service.clone());
    let body = PutPhotoRequest::new(File::new("a.png", Body::from("png"))).caption("A");
    client.put_photo("a", body).await.unwrap();
    assert_eq!(service.photos.only(), ("a".to_owned(), b"png".to_vec(), Some("A".to_owned())));
    let photo = client.get_photo("a").await.unwrap().into_body();
    assert_eq!(photo.collect(1 << 20).await.unwrap(), "png");
}

#[tokio::test]
async fn a_form_has_its_collection_formats() {
    let service = Service::default();
    let (client, sent) = connected!(service.clone());
    let body = LogInRequest::new(true).scopes(["a", "b"]).roles(["c", "d"]);
    assert_eq!(client.log_in(&body).await.unwrap().into_body(), "token");
    let request = &sent.requests()[0];
    assert_eq!(request.header("content-type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(request.header("authorization"), Some("Basic amFuZTpwdw=="));
    assert_eq!(request.body, "remember=true&scopes=a+b&roles=c&roles=d");
    assert_eq!(service.logins.only(), body);
}
