//! `createUser` with the generated client and the generated server.

use generated_client::prelude_so::{Client, Credentials, operations as o, server, types};
use specwright_runtime::Secret;
use specwright_runtime::server::{AuthError, Context, Failure};

use crate::{APP, TOKEN, new_id};

/// A client of the server at a base URL, with default settings.
///
/// # Panics
///
/// If `url` is not a base URL.
#[must_use]
pub fn client(url: &str) -> Client {
    Client::builder(url).credentials(Credentials::Authorization(Secret::from(TOKEN))).build().expect("a client")
}

/// Creates a user and returns its ID.
///
/// # Panics
///
/// If the call fails.
pub async fn create_user(client: &Client) -> String {
    let response = client.create_user(APP, &body()).await.expect("a user");
    response.into_body().id.to_string()
}

/// The value of [`crate::BODY`].
fn body() -> types::CreateUserRequest {
    let identifier =
        |r#type, value: &str| types::Identifier::new(types::IdentifierRequired { r#type, value: value.to_owned() });
    let identifiers = [
        identifier(types::IdentifierType::EmailAddress, "jane@example.com"),
        identifier(types::IdentifierType::PhoneNumber, "+30123456789"),
    ];
    types::CreateUserRequest::new(identifiers).profile(crate::by_hand::PROFILE)
}

/// The generated router over a minimal service.
pub fn router() -> axum::Router {
    server::router(Service)
}

struct Service;

impl server::PreludeSo for Service {
    type Principal = ();

    async fn authenticate(&self, credentials: Credentials, _: &Context) -> Result<(), AuthError> {
        let Credentials::Authorization(token) = credentials;
        if token.matches(TOKEN) { Ok(()) } else { Err(AuthError::Unauthorized) }
    }

    async fn create_user(
        &self,
        (): (),
        input: server::CreateUserInput,
        _: Context,
    ) -> Result<o::CreateUserSuccess, Failure<o::CreateUserError>> {
        let first = input.body.identifiers.first().map_or("", |identifier| identifier.value.as_str());
        let id = new_id(input.app_id.as_str(), input.body.id, first);
        Ok(o::CreateUserSuccess::Created(types::CreateUserResponse::new(id)))
    }
}
