//! A proxy before the sandbox, and before a variant of it with planted faults.

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use reqwest::{Client, Method};
use sandbox::{Provider, Sandbox};
use serde_json::{Value, json};
use specwright_mock::traffic::{Report, Side};
use specwright_mock::{Mock, Proxy};

use crate::TestResult;

/// A fault that the variant plants in a response.
struct Planted {
    name: &'static str,
    /// The path of a `GET`.
    path: &'static str,
    plant: fn(&mut u16, &mut String, &mut Value),
    /// The pointer and the kind of the violation.
    expected: (&'static str, &'static str),
}

const ATTRIBUTE: &str = "/user_attributes/2";

const PLANTED: [Planted; 14] = [
    Planted {
        name: "another word",
        path: ATTRIBUTE,
        plant: |_, _, body| body["type"] = json!("colour"),
        expected: ("/body/type", "enum"),
    },
    Planted {
        name: "a number for text",
        path: ATTRIBUTE,
        plant: |_, _, body| body["label"] = json!(7),
        expected: ("/body/label", "type"),
    },
    Planted {
        name: "text for a boolean",
        path: ATTRIBUTE,
        plant: |_, _, body| body["is_system"] = json!("no"),
        expected: ("/body/is_system", "type"),
    },
    Planted {
        name: "null",
        path: ATTRIBUTE,
        plant: |_, _, body| body["name"] = Value::Null,
        expected: ("/body/name", "type"),
    },
    Planted {
        name: "a property less",
        path: ATTRIBUTE,
        plant: |_, _, body| drop(body.as_object_mut().and_then(|object| object.remove("label"))),
        expected: ("/body/label", "required"),
    },
    Planted {
        name: "a value in a map",
        path: ATTRIBUTE,
        plant: |_, _, body| body["can"] = json!({"show": "yes"}),
        expected: ("/body/can/show", "type"),
    },
    Planted {
        name: "a list for an object",
        path: ATTRIBUTE,
        plant: |_, _, body| *body = json!([body.clone()]),
        expected: ("/body", "type"),
    },
    Planted {
        name: "an object for a list",
        path: "/users",
        plant: |_, _, body| *body = json!({"users": body.clone()}),
        expected: ("/body", "type"),
    },
    Planted {
        name: "one item of a list",
        path: "/users",
        plant: |_, _, body| body[1]["is_disabled"] = json!("no"),
        expected: ("/body/*/is_disabled", "type"),
    },
    Planted {
        name: "an item of a list in an item",
        path: "/users",
        plant: |_, _, body| body[0]["group_ids"] = json!(["1", [2]]),
        expected: ("/body/*/group_ids/*", "type"),
    },
    Planted { name: "another status", path: "/users", plant: |status, _, _| *status = 418, expected: ("", "status") },
    Planted {
        name: "another media type",
        path: "/users",
        plant: |_, media, _| "text/html".clone_into(media),
        expected: ("/header/content-type", "mediaType"),
    },
    Planted {
        name: "no media type",
        path: "/users",
        plant: |_, media, _| media.clear(),
        expected: ("/header/content-type", "mediaType"),
    },
    Planted {
        name: "an error of another form",
        path: "/users/nobody",
        plant: |_, _, body| *body = json!({"error": "not found"}),
        expected: ("/body/message", "required"),
    },
];

/// The base URL of a service that responds as the sandbox does, with the fault that the header
/// `plant` names.
async fn variant(sandbox: &Sandbox) -> Result<String, std::io::Error> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let router = Router::new().fallback(respond).with_state(sandbox.base_url(Provider::Looker));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(url)
}

async fn respond(State(sandbox): State<String>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let call = Client::new().get(format!("{sandbox}{}", parts.uri)).header("authorization", header("authorization"));
    let (mut status, mut body) = crate::response_of(call).await.unwrap_or_default();
    let mut media = "application/json".to_owned();
    if let Some(planted) = PLANTED.iter().find(|planted| planted.name == header("plant")) {
        (planted.plant)(&mut status, &mut media, &mut body);
    }
    let mut response = Response::builder().status(status);
    if !media.is_empty() {
        response = response.header("content-type", media);
    }
    response.body(Body::from(body.to_string())).unwrap_or_default()
}

/// A proxy with the sandbox's document of Looker, and a token.
async fn proxy(sandbox: &Sandbox, service: &str) -> Result<(Proxy, String), Box<dyn std::error::Error + Send + Sync>> {
    let document = format!("{}/_sandbox/openapi/{}.json", sandbox.origin(), Provider::Looker);
    let proxy = Mock::text(reqwest::get(document).await?.text().await?).proxy(service).await?;
    let own = sandbox.credentials();
    let form = [("client_id", &own.looker_client_id), ("client_secret", &own.looker_client_secret)];
    let login = Client::new().post(format!("{}/login", sandbox.base_url(Provider::Looker))).form(&form);
    let token = login.send().await?.json::<Value>().await?["access_token"].as_str().unwrap_or_default().to_owned();
    Ok((proxy, token))
}

fn found(report: &Report) -> Vec<(Side, String, &'static str)> {
    report.violations.iter().map(|one| (one.side(), one.pointer().to_owned(), one.kind())).collect()
}

#[tokio::test]
async fn nothing_is_found_before_the_sandbox_and_each_planted_fault_before_its_variant() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let (good, token) = proxy(&sandbox, &sandbox.base_url(Provider::Looker)).await?;
    let (faulty, _) = proxy(&sandbox, &variant(&sandbox).await?).await?;
    let get = |proxy: &Proxy, planted: &Planted| {
        let call = Client::new().get(format!("{}{}", proxy.url(), planted.path)).bearer_auth(&token);
        call.header("plant", planted.name).send()
    };
    for planted in &PLANTED {
        get(&good, planted).await?;
        get(&faulty, planted).await?;
        let report = faulty.report().await;
        let expected = (Side::Response, planted.expected.0.to_owned(), planted.expected.1);
        assert!(found(&report).contains(&expected), "{}: {}", planted.name, report.to_text(&[]));
        assert!(found(&report).iter().all(|(side, ..)| *side == Side::Response));
        faulty.reset();
    }
    let report = good.stop().await;
    assert!(report.is_clean(), "{}", report.to_text(&[]));
    assert_eq!(report.exchanges, PLANTED.len() as u64);
    Ok(())
}

#[tokio::test]
async fn a_program_changes_the_sandbox_through_the_proxy() -> TestResult {
    let sandbox = Sandbox::start().await?;
    let (proxy, token) = proxy(&sandbox, &sandbox.base_url(Provider::Looker)).await?;
    let call = |method: Method, path: &str| Client::new().request(method, format!("{}{path}", proxy.url()));
    let made = call(Method::POST, "/users").bearer_auth(&token).json(&json!({"first_name": "Ann"})).send().await?;
    let id = made.json::<Value>().await?["id"].as_str().unwrap_or_default().to_owned();
    let path = format!("/users/{id}");
    let change = call(Method::PATCH, &path).bearer_auth(&token).json(&json!({"last_name": "Lee"}));
    assert_eq!(change.send().await?.json::<Value>().await?["first_name"], "Ann");
    assert_eq!(call(Method::DELETE, &path).bearer_auth(&token).send().await?.status(), 204);
    assert_eq!(call(Method::GET, &path).bearer_auth(&token).send().await?.status(), 404);
    let report = proxy.stop().await;
    assert!(report.is_clean(), "{}", report.to_text(&[]));
    assert_eq!(report.operations.len(), 4);
    Ok(())
}
