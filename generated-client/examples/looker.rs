//! Sets a user attribute's value for a user at Looker and reads it back.

use std::error::Error;

use generated_client::looker::{client::servers, types};
use generated_client::looker_login;

const HELP: &str = "Sets a user attribute's value for a user at Looker and reads it back.

Usage: cargo run --example looker --features looker -- USER_ID USER_ATTRIBUTE_ID VALUE

Environment:
  LOOKER_CLIENT_ID, LOOKER_CLIENT_SECRET  API credentials (required)
  LOOKER_INSTANCE                         host of the instance, such as example.cloud.looker.com
  LOOKER_URL                              base URL, instead of LOOKER_INSTANCE";

/// Runs the program with its arguments and environment, and returns what it prints.
///
/// # Errors
///
/// If a variable is missing, or a call fails.
pub async fn run(arguments: &[String], variable: impl Fn(&str) -> Option<String>) -> Result<String, Box<dyn Error>> {
    let [user, attribute, value] = arguments else {
        return Ok(HELP.to_owned());
    };
    let instance = || variable("LOOKER_INSTANCE").map(|host| servers::instance(&host));
    let url = variable("LOOKER_URL").or_else(instance).ok_or("LOOKER_INSTANCE is not set")?;
    let id = variable("LOOKER_CLIENT_ID").ok_or("LOOKER_CLIENT_ID is not set")?;
    let secret = variable("LOOKER_CLIENT_SECRET").ok_or("LOOKER_CLIENT_SECRET is not set")?;
    let client = looker_login::builder(url, id, secret)?.build()?;

    let body = types::UserAttributeWithValueRequest::new().value(value.clone());
    client.set_user_attribute_user_value(user, attribute, &body).await?;
    let values = client.user_attribute_user_values(user).user_attribute_ids([attribute]).await?.into_body();
    let shown = values.iter().map(|value| match value.value.value() {
        Some(text) => format!("{text} (from {})", value.source.value().map_or("unknown", String::as_str)),
        None => "hidden or unset".to_owned(),
    });
    Ok(shown.collect::<Vec<_>>().join("\n"))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    println!("{}", run(&arguments, |name| std::env::var(name).ok()).await?);
    Ok(())
}
