//! Updates a user's profile at Prelude and reads the user back.

use std::error::Error;

use generated_client::prelude_so::{Client, Credentials, client::servers, types};

const HELP: &str = "Updates a user's profile at Prelude and reads the user back.

Usage: cargo run --example prelude --features prelude-so -- APP USER KEY VALUE

Environment:
  PRELUDE_TOKEN  management key (required)
  PRELUDE_URL    base URL; the default is the production server";

/// Runs the program with its arguments and environment, and returns what it prints.
///
/// # Errors
///
/// If a variable is missing, or a call fails.
pub async fn run(arguments: &[String], variable: impl Fn(&str) -> Option<String>) -> Result<String, Box<dyn Error>> {
    let [app, user, key, value] = arguments else {
        return Ok(HELP.to_owned());
    };
    let token = variable("PRELUDE_TOKEN").ok_or("PRELUDE_TOKEN is not set")?;
    let url = variable("PRELUDE_URL").unwrap_or_else(|| servers::PRODUCTION.to_owned());
    let client = Client::builder(url).credentials(Credentials::Authorization(token.into())).build()?;

    client.patch_user_profile(app, user, &types::PatchUserProfileRequest::new([(key, value)])).await?;
    let user = client.get_user(app, user).await?.into_body().user;
    Ok(format!("{}: {}", user.id, serde_json::to_string(&user.profile)?))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    println!("{}", run(&arguments, |name| std::env::var(name).ok()).await?);
    Ok(())
}
