//! `createUser` as a careful engineer would write it by hand, with serde, reqwest and axum.

mod client;
mod server;

use std::collections::BTreeMap;

pub use client::{CallError, Client};
use serde::{Deserialize, Serialize};
pub use server::router;

/// The body of a request.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct CreateUser {
    /// At least one identifier.
    pub identifiers: Vec<Identifier>,
    /// The profile.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<BTreeMap<String, String>>,
    /// The requested ID.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// A phone number or email address.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Identifier {
    /// The kind of identifier.
    pub r#type: IdentifierType,
    /// The number or address.
    pub value: String,
}

/// The kind of an identifier.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentifierType {
    /// A phone number.
    PhoneNumber,
    /// An email address.
    EmailAddress,
}

/// The body of a response.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Created {
    /// The user's ID.
    pub id: String,
}

/// The body of an error response.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Problem {
    /// A code for programs.
    pub code: String,
    /// A message for people.
    pub message: String,
}

/// The value of [`crate::BODY`].
#[must_use]
pub fn body() -> CreateUser {
    let identifier = |r#type, value: &str| Identifier { r#type, value: value.to_owned() };
    CreateUser {
        identifiers: vec![
            identifier(IdentifierType::EmailAddress, "jane@example.com"),
            identifier(IdentifierType::PhoneNumber, "+30123456789"),
        ],
        profile: Some(PROFILE.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()),
        id: None,
    }
}

pub(crate) const PROFILE: [(&str, &str); 3] = [("first_name", "Jane"), ("last_name", "Smith"), ("locale", "en-US")];
