//! The server, with axum.

use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Path};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::request::Parts;
use http::{HeaderValue, StatusCode};
use specwright_runtime::Secret;

use super::{CreateUser, Created, Problem};
use crate::{TOKEN, new_id};

/// The router of the operation.
pub fn router() -> Router {
    Router::new().route("/v2/session/apps/{app}/users", post(create_user)).layer(DefaultBodyLimit::max(2 * 1024 * 1024))
}

/// A caller with the expected token.
struct Authorized;

impl<S: Sync> FromRequestParts<S> for Authorized {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(|value| value.strip_prefix("Bearer ")).map(Secret::from);
        if token.is_some_and(|token| token.matches(TOKEN)) {
            return Ok(Self);
        }
        let mut refusal =
            problem(StatusCode::UNAUTHORIZED, "unauthorized", "The token is missing or wrong.".to_owned());
        refusal.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        Err(refusal)
    }
}

async fn create_user(
    _: Authorized,
    Path(app): Path<String>,
    body: Result<Json<CreateUser>, JsonRejection>,
) -> Response {
    let body = match body {
        Ok(Json(body)) => body,
        // The document describes no 422.
        Err(JsonRejection::JsonDataError(error)) => {
            return problem(StatusCode::BAD_REQUEST, "invalid_request", error.body_text());
        }
        Err(rejection) => return problem(rejection.status(), "invalid_request", rejection.body_text()),
    };
    let Some(first) = body.identifiers.first() else {
        let message = "There is no identifier.".to_owned();
        return problem(StatusCode::BAD_REQUEST, "invalid_request", message);
    };
    let id = new_id(&app, body.id, &first.value);
    (StatusCode::CREATED, Json(Created { id })).into_response()
}

fn problem(status: StatusCode, code: &str, message: String) -> Response {
    (status, Json(Problem { code: code.to_owned(), message })).into_response()
}
