//! The metadata that an authorization server publishes (OpenID Connect Discovery, RFC 8414) → its
//! endpoints.
//!
//! **Invariant:** the issuer in metadata matches their URL, so that no server can pass off another
//! one's endpoints as its own. Each endpoint uses HTTPS or is on the origin of the metadata.

use serde_json::{Map, Value};
use url::Url;

use super::endpoints::Endpoints;
use crate::client::core::Core;
use crate::client::raw_response::{Decoded, FromResponse, RawResponse};
use crate::client::token::TokenError;
use crate::descriptor::Operation;
use crate::value::Never;

/// The request for metadata.
static METADATA: Operation = Operation {
    id: "oauth2_metadata",
    method: "GET",
    path: "metadata",
    accept: "application/json, */*;q=0.1",
    idempotent: true,
    ..Operation::BASE
};

/// The paths of metadata: after the path of the issuer, or between its origin and its path.
const WELL_KNOWN: [&str; 2] = ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"];

struct Metadata(Map<String, Value>);

impl FromResponse for Metadata {
    fn from_response(response: &mut RawResponse) -> Decoded<Self> {
        match response.status() {
            200 => response.json(Self),
            _ => Decoded::Undocumented,
        }
    }
}

/// Fetches the metadata at a URL.
pub(super) async fn fetch(core: &Core, url: &Url) -> Result<Endpoints, TokenError> {
    let response = core.call_at(&METADATA, url.as_str()).send::<Metadata, Never>().await.map_err(TokenError::new)?;
    read(&response.into_inner().0, url).map_err(TokenError::new)
}

fn read(metadata: &Map<String, Value>, url: &Url) -> Result<Endpoints, String> {
    let text = |key: &str| metadata.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let issuer = text("issuer").ok_or("the metadata of the authorization server have no `issuer`")?;
    if !is_issuer(issuer, url) {
        return Err("the metadata of the authorization server name another `issuer` than their URL does".to_owned());
    }
    let endpoint = |key: &str| {
        let refuse =
            || format!("`{key}` in the metadata of the authorization server is neither HTTPS nor on its origin");
        text(key).map(|text| endpoint(text, url).ok_or_else(refuse)).transpose()
    };
    let token = endpoint("token_endpoint")?;
    let token = token.ok_or("the metadata of the authorization server have no `token_endpoint`")?;
    Ok(Endpoints {
        refresh: token.clone(),
        token,
        authorization: endpoint("authorization_endpoint")?,
        device: endpoint("device_authorization_endpoint")?,
        issuer: Some(issuer.to_owned()),
    })
}

/// Whether the metadata at this URL are those of the issuer. A slash at the end of the issuer does
/// not count, since the URL of the metadata does not have it either.
fn is_issuer(issuer: &str, metadata: &Url) -> bool {
    let Ok(issuer) = Url::parse(issuer) else { return false };
    let path = metadata.path();
    let is_known = WELL_KNOWN.iter().any(|known| path.ends_with(known) || path.starts_with(known));
    let of_path = |known: &&str| path.strip_suffix(known).or_else(|| path.strip_prefix(known));
    let named =
        |path: &str| path.strip_suffix('/').unwrap_or(path) == issuer.path().strip_suffix('/').unwrap_or(issuer.path());
    issuer.origin() == metadata.origin()
        && issuer.username().is_empty()
        && issuer.query().is_none()
        && issuer.fragment().is_none()
        && (!is_known || WELL_KNOWN.iter().filter_map(of_path).any(named))
}

fn endpoint(text: &str, metadata: &Url) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let is_safe = url.scheme() == "https" || url.origin() == metadata.origin();
    let is_plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    (is_safe && is_plain && url.has_host()).then(|| url.into())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use url::Url;

    use super::{Endpoints, is_issuer, read};

    fn of(body: &Value) -> Result<Endpoints, String> {
        let url = Url::parse("https://id.example/t1/.well-known/openid-configuration").unwrap();
        read(body.as_object().unwrap(), &url)
    }

    #[test]
    fn metadata_belong_to_the_issuer_at_whose_url_they_are() {
        for (issuer, url, expected) in [
            ("https://id.example", "https://id.example/.well-known/openid-configuration", true),
            ("https://id.example/", "https://id.example/.well-known/openid-configuration", true),
            ("https://id.example/t1", "https://id.example/t1/.well-known/openid-configuration", true),
            ("https://id.example/t1", "https://id.example/.well-known/oauth-authorization-server/t1", true),
            ("https://id.example", "https://id.example/config.json", true),
            ("https://id.example/t2", "https://id.example/t1/.well-known/openid-configuration", false),
            ("https://id.example", "https://id.example/t1/.well-known/openid-configuration", false),
            ("https://id.example.evil", "https://id.example/.well-known/openid-configuration", false),
            ("http://id.example", "https://id.example/.well-known/openid-configuration", false),
            ("https://id.example?a", "https://id.example/.well-known/openid-configuration", false),
            ("https://u@id.example", "https://id.example/.well-known/openid-configuration", false),
            ("id.example", "https://id.example/config.json", false),
        ] {
            assert_eq!(is_issuer(issuer, &Url::parse(url).unwrap()), expected, "{issuer} {url}");
        }
    }

    #[test]
    fn endpoints_are_https_or_on_the_origin_of_the_metadata() {
        let issuer = "https://id.example/t1";
        let endpoints =
            of(&json!({"issuer": issuer, "token_endpoint": "https://tokens.example/t", "jwks_uri": 7})).unwrap();
        assert_eq!((endpoints.token, endpoints.authorization), ("https://tokens.example/t".to_owned(), None));
        for url in ["http://id.example/t", "http://evil.example/t", "https://u:p@id.example/t", "javascript:x", "/t"] {
            let refused = of(&json!({"issuer": issuer, "token_endpoint": url})).unwrap_err();
            assert!(refused.starts_with("`token_endpoint` in the metadata") && !refused.contains(url), "{refused}");
        }
        for body in [json!({}), json!({"issuer": "https://evil.example"}), json!({"issuer": issuer})] {
            assert!(of(&body).is_err(), "{body}");
        }
    }
}
