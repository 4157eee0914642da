//! Alternatives that each combine several schemes.

use axum::body::Body;
use axum::http::Request;
use specwright_runtime::Secret;
use specwright_runtime::client::Error;
use specwright_runtime::server::{AuthError, ClientCertificate, Context, Extension, Failure};
use tests::generated::security_alternatives::{Credentials, operations as o, server as s};

use crate::raw_request;
use crate::received::Inputs;

#[derive(Clone, Default)]
struct Service(Inputs<Option<String>>);

impl s::SecurityAlternatives for Service {
    type Principal = String;

    async fn authenticate(&self, credentials: Credentials, context: &Context) -> Result<String, AuthError> {
        match credentials {
            Credentials::KeyAndSecret { key, secret } if key.matches("k") && secret.matches("s") => {
                Ok("pair".to_owned())
            }
            Credentials::Token(token) if token.matches("t") => Ok("token".to_owned()),
            Credentials::Certificate => match context.extension::<ClientCertificate>() {
                Some(certificate) => Ok(format!("certificate {}", certificate.0.len())),
                None => Err(AuthError::Unauthorized),
            },
            _ => Err(AuthError::Unauthorized),
        }
    }

    async fn strict(
        &self,
        who: String,
        _: s::StrictInput,
        _: Context,
    ) -> Result<o::StrictSuccess, Failure<o::StrictError>> {
        self.0.record(Some(who));
        Ok(o::StrictSuccess::NoContent)
    }

    async fn optional(
        &self,
        who: Option<String>,
        _: s::OptionalInput,
        _: Context,
    ) -> Result<o::OptionalSuccess, Failure<o::OptionalError>> {
        self.0.record(who);
        Ok(o::OptionalSuccess::NoContent)
    }

    async fn open(&self, _: s::OpenInput, _: Context) -> Result<o::OpenSuccess, Failure<o::OpenError>> {
        self.0.record(None);
        Ok(o::OpenSuccess::NoContent)
    }

    async fn by_certificate(
        &self,
        who: String,
        _: s::ByCertificateInput,
        _: Context,
    ) -> Result<o::ByCertificateSuccess, Failure<o::ByCertificateError>> {
        self.0.record(Some(who));
        Ok(o::ByCertificateSuccess::NoContent)
    }
}

fn pair() -> Credentials {
    Credentials::KeyAndSecret { key: Secret::from("k"), secret: Secret::from("s") }
}

fn token() -> Credentials {
    Credentials::Token(Secret::from("t"))
}

#[tokio::test]
async fn either_alternative_authorizes_a_call() {
    let service = Service::default();
    let (client, sent) = connect!(security_alternatives, service.clone(), .credentials(pair()));
    client.strict().await.unwrap();
    assert_eq!(service.0.only().as_deref(), Some("pair"));
    let request = &sent.requests()[0];
    assert_eq!((request.header("x-key"), request.header("x-secret")), (Some("k"), Some("s")));
    assert_eq!(request.header("authorization"), None);

    let (client, _) = connect!(security_alternatives, service.clone(), .credentials(token()));
    client.strict().await.unwrap();
    assert_eq!(service.0.only().as_deref(), Some("token"));
}

#[tokio::test]
async fn optional_security_sends_available_credentials_and_open_operations_send_none() {
    let service = Service::default();
    let (client, _) = connect!(security_alternatives, service.clone());
    client.optional().await.unwrap();
    let (client, sent) = connect!(security_alternatives, service.clone(), .credentials(token()));
    client.optional().await.unwrap();
    client.open().await.unwrap();
    assert_eq!(service.0.all(), [None, Some("token".to_owned()), None]);
    assert_eq!(sent.requests()[1].header("authorization"), None);
}

#[tokio::test]
async fn a_call_without_sufficient_credentials_is_not_sent() {
    let (client, sent) = connect!(security_alternatives, Service::default());
    let error = client.strict().await.unwrap_err();
    let Error::MissingCredentials(missing) = &error else { panic!("{error}") };
    assert_eq!(missing.alternatives(), [vec!["key", "secret"], vec!["token"]]);
    assert_eq!(sent.requests().len(), 0);
}

#[tokio::test]
async fn half_of_a_conjunction_is_not_enough() {
    let service = Service::default();
    for (path, name, value, status) in [
        ("/strict", "x-key", "k", 401),
        ("/strict", "authorization", "Bearer wrong", 401),
        ("/optional", "authorization", "Bearer wrong", 401),
        ("/strict", "authorization", "Bearer t", 204),
    ] {
        let request = Request::builder().uri(path).header(name, value).body(Body::empty()).unwrap();
        let response = raw_request::send(s::router(service.clone()), request).await;
        assert_eq!(response.status, status, "{path}, {name}: {value}");
    }
    assert_eq!(service.0.only().as_deref(), Some("token"));
}

#[tokio::test]
async fn a_layer_provides_the_certificate_of_the_connection() {
    let service = Service::default();
    assert_eq!(raw_request::empty(s::router(service.clone()), "GET", "/tls").await.status, 401);
    let certificate = ClientCertificate(vec![1, 2, 3].into());
    let router = s::router(service.clone()).layer(Extension(certificate));
    assert_eq!(raw_request::empty(router, "GET", "/tls").await.status, 204);
    assert_eq!(service.0.only().as_deref(), Some("certificate 3"));
}
