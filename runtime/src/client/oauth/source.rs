//! Where the endpoints of an authorization server come from: the document, or the metadata that the
//! server publishes.

use tokio::sync::OnceCell;
use url::Url;

use super::endpoints::Endpoints;
use super::metadata;
use crate::client::builder::BuildError;
use crate::client::core::Core;
use crate::client::token::TokenError;
use crate::security::OAuthFlow;

/// Where the endpoints come from.
#[derive(Debug)]
pub(super) enum Source {
    Document(Endpoints),
    /// The metadata at this URL, which are fetched once.
    Metadata(Url, OnceCell<Endpoints>),
}

impl Source {
    /// The endpoints of a documented flow. Relative URLs are below the base URL of the API.
    pub fn of_flow(flow: &OAuthFlow, base: &str) -> Result<Self, BuildError> {
        let token: String = absolute(base, flow.token_url)?.into();
        let optional = |url: Option<&str>| url.map(|url| absolute(base, url).map(String::from)).transpose();
        let authorization = optional(flow.authorization_url)?;
        Ok(Self::Document(Endpoints {
            refresh: optional(flow.refresh_url)?.unwrap_or_else(|| token.clone()),
            token,
            device: authorization.clone(),
            authorization,
            issuer: None,
        }))
    }

    /// The endpoints in the metadata at a URL.
    pub fn of_metadata(url: &str, base: &str) -> Result<Self, BuildError> {
        Ok(Self::Metadata(absolute(base, url)?, OnceCell::new()))
    }

    /// The endpoints.
    pub async fn get(&self, core: &Core) -> Result<&Endpoints, TokenError> {
        match self {
            Self::Document(endpoints) => Ok(endpoints),
            Self::Metadata(url, cell) => cell.get_or_try_init(|| metadata::fetch(core, url)).await,
        }
    }
}

/// A URL of the document. A relative one is below the base URL, unless it begins with a slash.
fn absolute(base: &str, url: &str) -> Result<Url, BuildError> {
    if let Ok(absolute) = Url::parse(url) {
        return Ok(absolute);
    }
    let folder = format!("{}/", base.trim_end_matches('/'));
    let base = Url::parse(&folder).map_err(|_| BuildError::new("the base URL is not a URL"))?;
    base.join(url).map_err(|_| BuildError::new("the token URL of the document is not a URL"))
}

#[cfg(test)]
mod tests {
    use super::absolute;

    #[test]
    fn token_urls_are_completed_by_the_base_url() {
        for (base, url, expected) in [
            ("https://a.example/v1", "https://b.example/token", "https://b.example/token"),
            ("https://a.example/v1", "token", "https://a.example/v1/token"),
            ("https://a.example/v1/", "./token", "https://a.example/v1/token"),
            ("https://a.example/v1", "/token", "https://a.example/token"),
        ] {
            assert_eq!(absolute(base, url).unwrap().as_str(), expected, "{base} {url}");
        }
        assert!(absolute("nothing", "token").is_err());
    }
}
