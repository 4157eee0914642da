//! Updates a user's names at `StateSet` and reads the user back.

use std::error::Error;

use generated_client::stateset::{Client, Credentials, client::servers, types};

const HELP: &str = "Updates a user's names at StateSet and reads the user back.

Usage: cargo run --example stateset --features stateset -- ID FIRST_NAME LAST_NAME

Environment:
  STATESET_TOKEN   token, sent as `Authorization: Token ...`; or
  STATESET_BEARER  token, sent as `Authorization: Bearer ...`
  STATESET_URL     base URL; the default is the production server";

/// Runs the program with its arguments and environment, and returns what it prints.
///
/// # Errors
///
/// If a variable is missing, or a call fails.
pub async fn run(arguments: &[String], variable: impl Fn(&str) -> Option<String>) -> Result<String, Box<dyn Error>> {
    let [id, first_name, last_name] = arguments else {
        return Ok(HELP.to_owned());
    };
    let token = variable("STATESET_TOKEN").map(|token| Credentials::Token(token.into()));
    let bearer = || variable("STATESET_BEARER").map(|token| Credentials::Bearer(token.into()));
    let credentials = token.or_else(bearer).ok_or("neither STATESET_TOKEN nor STATESET_BEARER is set")?;
    let url = variable("STATESET_URL").unwrap_or_else(|| servers::PRODUCTION.to_owned());
    let client = Client::builder(url).credentials(credentials).build()?;

    let body = types::User::new().first_name(first_name).last_name(last_name);
    client.update_user(id, &body).await?;
    Ok(serde_json::to_string(client.get_user(id).await?.body())?)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    println!("{}", run(&arguments, |name| std::env::var(name).ok()).await?);
    Ok(())
}
