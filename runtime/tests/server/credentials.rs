//! Credentials of requests: which are accepted, and which are refused.

use std::sync::Arc;

use axum::body::Body;
use bytes::Bytes;
use specwright_runtime::descriptor::{Alternative, Operation, Requirement, Scheme, SchemeKind};
use specwright_runtime::server as rt;

use crate::service::{
    APP_KEY, APP_SECRET, Credentials, KEY, LOGIN, RawResponse, SESSION, TOKEN, call, echo, request, single,
};

static ANY: Operation = Operation {
    id: "any",
    segments: &[&[]],
    security: &[
        Alternative {
            requirements: &[
                Requirement { scheme: &APP_KEY, scopes: &[] },
                Requirement { scheme: &APP_SECRET, scopes: &[] },
            ],
        },
        Alternative { requirements: &[Requirement { scheme: &TOKEN, scopes: &["read"] }] },
        Alternative { requirements: &[Requirement { scheme: &LOGIN, scopes: &[] }] },
        Alternative { requirements: &[Requirement { scheme: &SESSION, scopes: &[] }] },
        Alternative { requirements: &[Requirement { scheme: &KEY, scopes: &[] }] },
    ],
    ..Operation::BASE
};

static OPTIONAL: Operation = Operation {
    security: &[
        Alternative { requirements: &[] },
        Alternative { requirements: &[Requirement { scheme: &TOKEN, scopes: &[] }] },
    ],
    ..ANY_BASE
};

const ANY_BASE: Operation = Operation { id: "optional", segments: &[&[]], ..Operation::BASE };

fn required(_: Arc<()>, mut request: rt::Request) -> rt::HandlerFuture {
    Box::pin(async move {
        let text = match request.credentials()? {
            Credentials::AppKeyAndAppSecret { app_key, app_secret } => {
                format!("pair {} {}", app_key.expose(), app_secret.expose())
            }
            Credentials::Token(token) => format!("token {}", token.expose()),
            Credentials::Login(login) => {
                format!("login {} {}", login.username, login.password.expose())
            }
            Credentials::Session(session) => format!("session {}", session.expose()),
            Credentials::Key(key) => format!("key {}", key.expose()),
        };
        Ok(echo(&(text, request.context().scopes().collect::<Vec<_>>())))
    })
}

fn optional(_: Arc<()>, mut request: rt::Request) -> rt::HandlerFuture {
    Box::pin(async move { Ok(echo(&request.optional_credentials::<Credentials>()?.is_some())) })
}

async fn ask(uri: &str, headers: &[(&str, &str)]) -> RawResponse {
    let request = headers.iter().fold(request("GET", uri), |request, (name, value)| request.header(*name, *value));
    call(single(&ANY, required), request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn the_first_completely_presented_alternative_is_used() {
    for (uri, headers, expected) in [
        ("/", &[("x-app-key", "k"), ("x-app-secret", "s")][..], "pair k s"),
        ("/", &[("x-app-key", "k"), ("authorization", "bearer t")], "token t"),
        ("/?api_key=q", &[("x-app-secret", "s"), ("x-app-key", "")], "key q"),
        ("/", &[("authorization", "Basic QWxhZGRpbjpvcGVuOnNlc2FtZQ==")], "login Aladdin open:sesame"),
        ("/", &[("cookie", "a=b; sid=x%20y; c=d")], "session x y"),
        ("/?x=1&api%5Fkey=a%2Bb", &[], "key a+b"),
    ] {
        let response = ask(uri, headers).await;
        assert_eq!(response.status, 200, "{}", response.text);
        assert_eq!(response.json()[0], expected);
    }
    assert_eq!(ask("/", &[("authorization", "Bearer t")]).await.json()[1][0], "read");
}

#[tokio::test]
async fn missing_malformed_or_repeated_credentials_are_refused() {
    for (uri, headers) in [
        ("/", &[][..]),
        ("/", &[("x-app-key", "k")]),
        ("/", &[("authorization", "Bearer ")]),
        ("/", &[("authorization", "Bearer a b")]),
        ("/", &[("authorization", "Bearer a"), ("authorization", "Bearer b")]),
        ("/", &[("authorization", "Basic !!!")]),
        ("/", &[("authorization", "Basic QQ==")]),
        ("/", &[("authorization", "Digest x")]),
        ("/", &[("x-app-key", "k"), ("x-app-key", "l"), ("x-app-secret", "s")]),
        ("/", &[("cookie", "sid=a; sid=b")]),
        ("/", &[("cookie", "sid=a"), ("cookie", "sid=b")]),
        ("/?api_key=a&api_key=b", &[]),
        ("/?api_key=%FF", &[]),
    ] {
        let response = ask(uri, headers).await;
        assert_eq!(response.status, 401, "{headers:?} {}", response.text);
        let challenges: Vec<_> = response.headers.get_all("www-authenticate").iter().collect();
        let expected = [
            "ApiKey in=\"header\", name=\"x-app-key\"",
            "ApiKey in=\"header\", name=\"x-app-secret\"",
            "Bearer realm=\"api\"",
            "Basic realm=\"api\", charset=\"UTF-8\"",
            "ApiKey in=\"cookie\", name=\"sid\"",
            "ApiKey in=\"query\", name=\"api_key\"",
        ];
        assert_eq!(challenges, expected);
    }
}

#[tokio::test]
async fn a_caller_without_credentials_learns_which_ones_are_accepted() {
    let response = ask("/", &[("x-app-key", "k")]).await;
    let expected = "credentials are missing: this operation requires the header `x-app-key` and the header `x-app-secret`, \
                    or for `Authorization: Bearer`, or for `Authorization: Basic`, or for the cookie `sid`, \
                    or for the query parameter `api_key`";
    assert_eq!(response.json()["detail"], expected);
}

#[tokio::test]
async fn optional_credentials_may_be_absent_but_not_malformed() {
    let ask = |authorization: Option<&'static str>| {
        let request = request("GET", "/");
        let request = match authorization {
            Some(text) => request.header("authorization", text),
            None => request,
        };
        call(single(&OPTIONAL, optional), request.body(Body::empty()).unwrap())
    };
    assert_eq!(ask(None).await.text, "false");
    assert_eq!(ask(Some("Bearer t")).await.text, "true");
    assert_eq!(ask(Some("Bearer ")).await.status, 401);
}

#[tokio::test]
async fn a_client_certificate_is_presented_by_the_connection() {
    static TLS: Scheme = Scheme { name: "tls", kind: SchemeKind::MutualTls };
    static SECURED: Operation = Operation {
        security: &[Alternative { requirements: &[Requirement { scheme: &TLS, scopes: &[] }] }],
        ..ANY_BASE
    };
    #[derive(Clone, Debug)]
    struct Tls;
    impl specwright_runtime::security::CredentialSet for Tls {
        fn present(self) -> specwright_runtime::security::Presented {
            specwright_runtime::security::Presented::new().connection(&TLS)
        }
        fn recognize(presented: specwright_runtime::security::Presented) -> Option<Self> {
            presented.is(&[&TLS]).then_some(Self)
        }
    }
    fn handler(_: Arc<()>, mut request: rt::Request) -> rt::HandlerFuture {
        Box::pin(async move { request.credentials::<Tls>().map(|_| echo(&true)) })
    }
    let plain = request("GET", "/").body(Body::empty()).unwrap();
    assert_eq!(call(single(&SECURED, handler), plain).await.status, 401);
    let certified = request("GET", "/").extension(rt::ClientCertificate(Bytes::from_static(b"der")));
    assert_eq!(call(single(&SECURED, handler), certified.body(Body::empty()).unwrap()).await.status, 200);
}
