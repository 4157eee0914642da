//! Serves Prelude's user profiles from memory: a starting point for a test double or a gateway.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::{Mutex, PoisonError};

use generated_client::prelude_so::server::{GetUserInput, PatchUserProfileInput, PreludeSo, router};
use generated_client::prelude_so::{Credentials, operations, types};
use specwright_runtime::Secret;
use specwright_runtime::server::{AuthError, Context, Failure, Router};

const HELP: &str = "Serves Prelude's user profiles from memory; every user exists.

Usage: cargo run --example serve --features prelude-so,server -- ADDRESS

Environment:
  PRELUDE_TOKEN  the management key to accept (required)";

/// Profiles by user, and the key that may read and write them.
struct Profiles {
    token: Secret,
    profiles: Mutex<BTreeMap<types::UserId, BTreeMap<String, String>>>,
}

impl PreludeSo for Profiles {
    type Principal = ();

    async fn authenticate(&self, credentials: Credentials, _: &Context) -> Result<(), AuthError> {
        let Credentials::Authorization(token) = credentials;
        if token.matches(self.token.expose()) { Ok(()) } else { Err(AuthError::Unauthorized) }
    }

    async fn patch_user_profile(
        &self,
        (): (),
        input: PatchUserProfileInput,
        _: Context,
    ) -> Result<operations::PatchUserProfileSuccess, Failure<operations::PatchUserProfileError>> {
        if input.body.profile.contains_key("id") {
            let error = types::ReservedProfileKeyError::new("The profile key is reserved and cannot be used.");
            return Err(operations::PatchUserProfileError::BadRequest(error.into()).into());
        }
        let mut profiles = self.profiles.lock().unwrap_or_else(PoisonError::into_inner);
        profiles.entry(input.user_id).or_default().extend(input.body.profile);
        Ok(operations::PatchUserProfileSuccess::NoContent)
    }

    async fn get_user(
        &self,
        (): (),
        input: GetUserInput,
        _: Context,
    ) -> Result<operations::GetUserSuccess, Failure<operations::GetUserError>> {
        let profiles = self.profiles.lock().unwrap_or_else(PoisonError::into_inner);
        let profile = profiles.get(&input.user_id).cloned().unwrap_or_default();
        let profile = profile.into_iter().map(|(key, value)| (key, value.into())).collect();
        let user = types::User::new(types::UserRequired { id: input.user_id, identifiers: Vec::new(), profile });
        Ok(operations::GetUserSuccess::Ok(types::GetUserResponse::new(user)))
    }
}

/// The service. It accepts one management key.
pub fn service(token: impl Into<Secret>) -> Router {
    router(Profiles { token: token.into(), profiles: Mutex::default() })
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [address] = arguments.as_slice() else {
        println!("{HELP}");
        return Ok(());
    };
    let token = std::env::var("PRELUDE_TOKEN").map_err(|_| "PRELUDE_TOKEN is not set")?;
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, service(token)).await?;
    Ok(())
}
