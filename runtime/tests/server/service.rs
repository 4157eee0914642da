//! A handwritten service in the form of generated code.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body as HttpBody;
use http::Request;
use http_body_util::BodyExt as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use specwright_runtime::descriptor::{
    Alternative, Operation, Parameter, Piece, RequestBody, Requirement, Scheme, SchemeKind,
};
use specwright_runtime::security::{Basic, CredentialSet, Presented};
use specwright_runtime::server as rt;
use specwright_runtime::{Secret, StatusCode};
use tower::ServiceExt as _;

pub static APP_KEY: Scheme = Scheme { name: "appKey", kind: SchemeKind::Header("x-app-key") };
pub static APP_SECRET: Scheme = Scheme { name: "appSecret", kind: SchemeKind::Header("x-app-secret") };
pub static TOKEN: Scheme = Scheme { name: "token", kind: SchemeKind::Bearer };
pub static LOGIN: Scheme = Scheme { name: "login", kind: SchemeKind::Basic };
pub static SESSION: Scheme = Scheme { name: "session", kind: SchemeKind::Cookie("sid") };
pub static KEY: Scheme = Scheme { name: "key", kind: SchemeKind::Query("api_key") };

#[derive(Clone, Debug, PartialEq)]
pub enum Credentials {
    AppKeyAndAppSecret { app_key: Secret, app_secret: Secret },
    Token(Secret),
    Login(Basic),
    Session(Secret),
    Key(Secret),
}

impl CredentialSet for Credentials {
    fn present(self) -> Presented {
        match self {
            Self::AppKeyAndAppSecret { app_key, app_secret } => {
                Presented::new().secret(&APP_KEY, app_key).secret(&APP_SECRET, app_secret)
            }
            Self::Token(token) => Presented::new().secret(&TOKEN, token),
            Self::Login(login) => Presented::new().basic(&LOGIN, login),
            Self::Session(session) => Presented::new().secret(&SESSION, session),
            Self::Key(key) => Presented::new().secret(&KEY, key),
        }
    }

    fn recognize(mut presented: Presented) -> Option<Self> {
        if presented.is(&[&APP_KEY, &APP_SECRET]) {
            return Some(Self::AppKeyAndAppSecret {
                app_key: presented.take_secret(&APP_KEY)?,
                app_secret: presented.take_secret(&APP_SECRET)?,
            });
        }
        if presented.is(&[&TOKEN]) {
            return Some(Self::Token(presented.take_secret(&TOKEN)?));
        }
        if presented.is(&[&LOGIN]) {
            return Some(Self::Login(presented.take_basic(&LOGIN)?));
        }
        if presented.is(&[&SESSION]) {
            return Some(Self::Session(presented.take_secret(&SESSION)?));
        }
        if presented.is(&[&KEY]) {
            return Some(Self::Key(presented.take_secret(&KEY)?));
        }
        None
    }
}

pub static PATCH_USER: Operation = Operation {
    id: "patchUser",
    method: "PATCH",
    path: "/apps/{appID}/users/{userID}",
    segments: &[&[Piece::Literal("apps")], &[Piece::Parameter(0)], &[Piece::Literal("users")], &[Piece::Parameter(1)]],
    parameters: &[Parameter { name: "appID", ..Parameter::PATH }, Parameter { name: "userID", ..Parameter::PATH }],
    body: Some(RequestBody { required: true, media: &["application/json"] }),
    security: &[
        Alternative {
            requirements: &[
                Requirement { scheme: &APP_KEY, scopes: &[] },
                Requirement { scheme: &APP_SECRET, scopes: &[] },
            ],
        },
        Alternative { requirements: &[Requirement { scheme: &TOKEN, scopes: &["users:write"] }] },
    ],
    ..Operation::BASE
};

pub static GET_USER: Operation = Operation {
    id: "getUser",
    method: "GET",
    path: PATCH_USER.path,
    segments: PATCH_USER.segments,
    parameters: PATCH_USER.parameters,
    ..Operation::BASE
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Patch {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age: Option<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Closed {
    pub patch: Patch,
    #[serde(default)]
    pub inner: Vec<Point>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    pub x: f64,
}

impl rt::Validate for Patch {
    fn validate(&self, constraints: &'static rt::Constraints, validator: &mut rt::Validator<'_>) {
        validator.count(1 + usize::from(self.age.is_some()) + self.extra.len(), constraints);
        validator.field(
            "name",
            &self.name,
            &rt::Constraints { min_length: Some(1), max_length: Some(8), ..rt::Constraints::NONE },
        );
        validator.field(
            "age",
            &self.age,
            &rt::Constraints { minimum: Some(rt::Bound::Integer(0)), ..rt::Constraints::NONE },
        );
        validator.field(
            "tags",
            &self.tags,
            &rt::Constraints {
                unique_items: true,
                items: Some(&rt::Constraints { pattern: Some("^[a-z]+$"), ..rt::Constraints::NONE }),
                ..rt::Constraints::NONE
            },
        );
        validator.rest(&self.extra, &["^automation_.*$"], &rt::Constraints::NONE);
    }
}

impl rt::Validate for Closed {
    fn validate(&self, _: &'static rt::Constraints, validator: &mut rt::Validator<'_>) {
        validator.field("patch", &self.patch, &rt::Constraints::NONE);
        validator.field("inner", &self.inner, &rt::Constraints::NONE);
        validator.closed(&["patch", "inner"]);
    }
}

impl rt::Validate for Point {
    fn validate(&self, _: &'static rt::Constraints, validator: &mut rt::Validator<'_>) {
        validator.closed(&["x"]);
    }
}

#[derive(Debug)]
pub enum PatchUserSuccess {
    NoContent,
    Accepted(Value),
}

#[derive(Debug)]
pub enum PatchUserError {
    NotFound(Value),
    ServerError(StatusCode, Value),
}

impl rt::IntoOperationResponse for PatchUserSuccess {
    fn into_operation_response(self) -> rt::OperationResponse {
        match self {
            Self::NoContent => rt::OperationResponse::empty(204),
            Self::Accepted(body) => rt::OperationResponse::json(202, "application/json", &body),
        }
    }
}

impl rt::IntoOperationResponse for PatchUserError {
    fn into_operation_response(self) -> rt::OperationResponse {
        match self {
            Self::NotFound(body) => rt::OperationResponse::json(404, "application/json", &body),
            Self::ServerError(status, body) => {
                rt::OperationResponse::json(rt::in_class(status, 5), "application/json", &body)
            }
        }
    }
}

/// The method of the trait. The user's ID chooses its outcome.
pub struct Users;

impl Users {
    #[expect(clippy::unused_async, reason = "as in the trait")]
    pub async fn authenticate(&self, credentials: Credentials, context: &rt::Context) -> Result<String, rt::AuthError> {
        match credentials {
            Credentials::Token(token) if token.matches("banned") => Err(rt::AuthError::Forbidden),
            Credentials::Token(token) if token.matches("broken") => {
                Err(rt::AuthError::internal("db password is hunter2"))
            }
            Credentials::Token(token) if token.matches("good") => Ok(context.scopes().collect::<Vec<_>>().join(" ")),
            Credentials::AppKeyAndAppSecret { app_key, app_secret }
                if app_key.matches("k") && app_secret.matches("s") =>
            {
                Ok("app".to_owned())
            }
            _ => Err(rt::AuthError::Unauthorized),
        }
    }

    async fn patch_user(
        &self,
        principal: String,
        (app, user, body): (String, String, Closed),
        _: rt::Context,
    ) -> Result<PatchUserSuccess, rt::Failure<PatchUserError>> {
        match user.as_str() {
            "missing" => Err(PatchUserError::NotFound(serde_json::json!({"code": "user_not_found"})))?,
            "busy" => Err(PatchUserError::ServerError(StatusCode::SERVICE_UNAVAILABLE, Value::Null))?,
            "odd" => Err(PatchUserError::ServerError(StatusCode::IM_A_TEAPOT, Value::Null))?,
            "crash" => Err(rt::Failure::internal("db password is hunter2"))?,
            "later" => return rt::not_implemented(()).await,
            "quiet" => return Ok(PatchUserSuccess::NoContent),
            _ => {}
        }
        Ok(PatchUserSuccess::Accepted(serde_json::json!({"by": principal, "app": app, "user": user, "body": body})))
    }
}

pub fn patch_user(service: Arc<Users>, mut request: rt::Request) -> rt::HandlerFuture {
    Box::pin(async move {
        let credentials = request.credentials()?;
        let principal = service.authenticate(credentials, request.context()).await;
        let principal = request.admit(principal)?;
        let input = (request.required(0)?, request.required(1)?, request.json().await?);
        rt::respond(service.patch_user(principal, input, request.into_context()).await)
    })
}

pub fn get_user(_: Arc<Users>, mut request: rt::Request) -> rt::HandlerFuture {
    Box::pin(async move {
        request.admit_anyone()?;
        let (app, user): (String, String) = (request.required(0)?, request.required(1)?);
        Ok(echo(&(app, user)))
    })
}

/// A successful response with the handler's input.
pub fn echo<T: Serialize>(value: &T) -> rt::Response {
    rt::Response::new(serde_json::to_string(value).unwrap().into())
}

pub fn users() -> rt::Router {
    let routes = vec![rt::route(&PATCH_USER, patch_user), rt::route(&GET_USER, get_user)];
    rt::router(Users, |_, rejection| rejection.into_response(), routes)
}

/// A router with one operation, handled by `handler`.
pub fn single(operation: &'static Operation, handler: fn(Arc<()>, rt::Request) -> rt::HandlerFuture) -> rt::Router {
    rt::router((), |(), rejection| rejection.into_response(), vec![rt::route(operation, handler)])
}

/// Status, headers, and the body as text.
pub struct RawResponse {
    pub status: u16,
    pub headers: http::HeaderMap,
    pub text: String,
}

impl RawResponse {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    /// The pointers of a problem.
    pub fn pointers(&self) -> Vec<String> {
        let problem = self.json();
        let errors = problem["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().filter_map(|error| Some(error["pointer"].as_str()?.to_owned())).collect()
    }
}

pub async fn call(router: rt::Router, request: Request<HttpBody>) -> RawResponse {
    let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    RawResponse {
        status: parts.status.as_u16(),
        headers: parts.headers,
        text: String::from_utf8(bytes.into()).unwrap(),
    }
}

pub fn request(method: &str, uri: &str) -> http::request::Builder {
    Request::builder().method(method).uri(uri)
}

pub async fn get(router: rt::Router, uri: &str) -> RawResponse {
    call(router, request("GET", uri).body(HttpBody::empty()).unwrap()).await
}
