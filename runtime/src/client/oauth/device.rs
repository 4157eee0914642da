//! Logins on another device (RFC 8628): a user confirms a code in a browser while the client polls.
//!
//! **Invariant:** polling ends when the code expires, whatever the server responds.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde_json::{Map, Value};
use url::Url;

use super::flow::{Failed, Flow, Grant};
use super::issued;
use super::settings::{OAuth, OAuthTokens};
use crate::client::raw_response::{Decoded, FromResponse, RawResponse};
use crate::client::time::{self, Instant};
use crate::client::token::TokenError;
use crate::value::Secret;

/// The pause between polls if the server names none. `slow_down` adds the same.
const STEP: Duration = Duration::from_secs(5);
/// Pauses that a server names are brought into this range.
const SHORTEST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(60);
/// The lifetime of a code: the default, and the maximum.
const LIFETIME: Duration = Duration::from_secs(15 * 60);
const LONGEST_LIFETIME: Duration = Duration::from_secs(60 * 60);
/// The longest code that is shown to a user. In practice, they have 8 characters.
const LONGEST_CODE: usize = 64;

/// A login that a user confirms on another device: show [`Self::verification_url`] and
/// [`Self::user_code`], then wait for [`Self::finish`].
#[must_use = "`finish` waits for the user"]
pub struct DeviceLogin {
    flow: Flow,
    shown: Shown,
    interval: Duration,
    until: Option<Instant>,
}

/// The response of the server to a device that asks for a code.
#[derive(Debug)]
struct Shown {
    device_code: Secret,
    user_code: String,
    url: Url,
    complete: Option<Url>,
    interval: Duration,
    lifetime: Duration,
}

/// The response with status 200.
#[derive(Debug)]
struct Responded(Result<Shown, &'static str>);

impl FromResponse for Responded {
    fn from_response(response: &mut RawResponse) -> Decoded<Self> {
        match response.status() {
            200..=299 => response.json(|body| Self(read(&body))),
            _ => Decoded::Undocumented,
        }
    }
}

impl OAuth {
    /// Starts a login on another device, for programs that cannot open a browser.
    ///
    /// ```no_run
    /// # use specwright_runtime::client::OAuth;
    /// # async fn log_in(oauth: OAuth) -> Result<(), Box<dyn std::error::Error>> {
    /// let login = oauth.device_code().await?;
    /// println!("open {} and enter {}", login.verification_url(), login.user_code());
    /// let tokens = login.finish().await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// If the document has no such flow, or the server does not give a code.
    pub async fn device_code(self) -> Result<DeviceLogin, TokenError> {
        let flow = self.flows.device;
        let flow = self.flow(flow, "device code", Grant::Refresh(None)).map_err(TokenError::new)?;
        let endpoint = flow.endpoints().await?.device.clone();
        let endpoint = endpoint.ok_or_else(|| TokenError::new("there is no endpoint for device codes"))?;
        let pairs = flow.with_scopes(BTreeMap::from([("client_id", flow.client.as_str())]));
        let Responded(shown) = flow.send(&endpoint, pairs).await?;
        let shown = shown.map_err(TokenError::new)?;
        let until = Instant::now().checked_add(shown.lifetime);
        Ok(DeviceLogin { interval: shown.interval, flow, shown, until })
    }
}

impl DeviceLogin {
    /// The URL that the user opens.
    #[must_use]
    pub fn verification_url(&self) -> &str {
        self.shown.url.as_str()
    }

    /// The URL that contains the code, for a QR code or a browser on this device.
    #[must_use]
    pub fn verification_url_complete(&self) -> Option<&str> {
        self.shown.complete.as_ref().map(Url::as_str)
    }

    /// The code that the user enters.
    #[must_use]
    pub fn user_code(&self) -> &str {
        &self.shown.user_code
    }

    /// How long the code is valid from the start of the login.
    #[must_use]
    pub fn lifetime(&self) -> Duration {
        self.shown.lifetime
    }

    /// Waits until the user has confirmed the login.
    ///
    /// # Errors
    /// If the user refuses it, the code expires, or the server fails.
    pub async fn finish(self) -> Result<OAuthTokens, TokenError> {
        let mut interval = self.interval;
        loop {
            let next = Instant::now().checked_add(interval);
            if next.is_none() || next > self.until {
                return Err(TokenError::new("the code expired before a user confirmed it"));
            }
            time::sleep(interval).await;
            match self.poll().await {
                Ok(issued) => return OAuthTokens::begun(self.flow, issued).await,
                Err(Failed::Refused(refusal)) if refusal.is("authorization_pending") => {}
                Err(Failed::Refused(refusal)) if refusal.is("slow_down") => interval += STEP,
                // The server may be available again when the user has confirmed.
                Err(Failed::Otherwise(error)) if error.is_retryable() => interval = interval.saturating_mul(2),
                Err(failed) => return Err(failed.into()),
            }
        }
    }

    async fn poll(&self) -> Result<issued::Issued, Failed> {
        let endpoints = self.flow.endpoints().await.map_err(Failed::NoEndpoints)?;
        let code = self.shown.device_code.expose();
        let pairs = [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", code)];
        self.flow.ask(&endpoints.token, pairs).await
    }
}

fn read(body: &Map<String, Value>) -> Result<Shown, &'static str> {
    let text = |key: &str| issued::text(body, key);
    let seconds = |key: &str| issued::seconds(body, key);
    let url = |key: &str| Url::parse(text(key)?).ok().filter(|url| matches!(url.scheme(), "https" | "http"));
    // A terminal shows it, and it could contain commands.
    let user_code = text("user_code").filter(|code| code.len() <= LONGEST_CODE && !code.chars().any(char::is_control));
    Ok(Shown {
        device_code: text("device_code").ok_or("the response for the device has no `device_code`")?.into(),
        user_code: user_code.ok_or("the response for the device has no usable `user_code`")?.to_owned(),
        // Some servers use the name of an early draft.
        url: url("verification_uri")
            .or_else(|| url("verification_url"))
            .ok_or("the response for the device has no URL")?,
        complete: url("verification_uri_complete"),
        interval: seconds("interval").unwrap_or(STEP).clamp(SHORTEST, LONGEST),
        lifetime: seconds("expires_in").unwrap_or(LIFETIME).min(LONGEST_LIFETIME),
    })
}

/// Shows what the user sees, without the code of the device.
impl fmt::Debug for DeviceLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceLogin").field("url", &self.shown.url.as_str()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;

    #[test]
    fn what_a_server_says_is_brought_into_bounds() {
        let mut body =
            json!({"device_code": "d", "user_code": "AB-CD", "verification_uri": "https://id.example/device"});
        let shown = read(body.as_object().unwrap()).unwrap();
        assert_eq!((shown.interval.as_secs(), shown.lifetime.as_secs()), (5, 900));
        body["interval"] = json!(0);
        body["expires_in"] = json!(1e300);
        let shown = read(body.as_object().unwrap()).unwrap();
        assert_eq!((shown.interval.as_secs(), shown.lifetime.as_secs()), (1, 3600));
        assert!(!format!("{shown:?}").contains("\"d\""));
        for (key, value) in [
            ("user_code", json!("\u{1b}[2J")),
            ("user_code", json!("x".repeat(65))),
            ("verification_uri", json!("javascript:alert(1)")),
            ("device_code", json!(7)),
        ] {
            let mut body = body.clone();
            body[key] = value;
            assert!(read(body.as_object().unwrap()).is_err(), "{body}");
        }
    }
}
