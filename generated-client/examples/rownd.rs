//! Updates one field of a user's profile at Rownd and reads the profile back.

use std::error::Error;

use generated_client::rownd::{Client, Credentials, client::servers, types};

const HELP: &str = "Updates one field of a user's profile at Rownd and reads the profile back.

Usage: cargo run --example rownd --features rownd -- APP USER FIELD VALUE

VALUE is JSON. Anything else is sent as text.

Environment:
  ROWND_APP_KEY, ROWND_APP_SECRET  credentials of the application (required)
  ROWND_URL                        base URL; the default is the production server";

/// Runs the program with its arguments and environment, and returns what it prints.
///
/// # Errors
///
/// If a variable is missing, or a call fails.
pub async fn run(arguments: &[String], variable: impl Fn(&str) -> Option<String>) -> Result<String, Box<dyn Error>> {
    let [app, user, field, value] = arguments else {
        return Ok(HELP.to_owned());
    };
    let credentials = Credentials::AppKeyAndAppSecret {
        app_key: variable("ROWND_APP_KEY").ok_or("ROWND_APP_KEY is not set")?.into(),
        app_secret: variable("ROWND_APP_SECRET").ok_or("ROWND_APP_SECRET is not set")?.into(),
    };
    let url = variable("ROWND_URL").unwrap_or_else(|| servers::PRODUCTION.to_owned());
    let client = Client::builder(url).credentials(credentials).build()?;

    let value: serde_json::Value = serde_json::from_str(value).unwrap_or_else(|_| value.as_str().into());
    let body = types::ApplicationUserDataFieldUpdateJsonRequest::new(value);
    client.application_user_data_field_update(app, user, field).json(&body).await?;
    let read = client.application_user_data_get(app, user).await?;
    Ok(serde_json::to_string(&read.into_body().data)?)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    println!("{}", run(&arguments, |name| std::env::var(name).ok()).await?);
    Ok(())
}
