//! Credentials: chooses an alternative that is satisfied, and puts its credentials into the
//! request. A credential that is known in advance is encoded once, when the client receives it.
//! Memory that holds a secret is wiped when the last request that uses it is dropped.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};
use zeroize::Zeroizing;

use super::error::{Error, InvalidRequest, MissingCredentials, Problem};
use super::request::Request;
use super::token::TokenSource;
use crate::descriptor::{Alternative, Operation, Requirement, Scheme, SchemeKind};
use crate::future::{MaybeSend, MaybeSync};
use crate::params::encode_component;
use crate::security::{Presented, Proof};
use crate::value::{Never, Secret};

/// Where the credential for a scheme comes from.
#[derive(Clone)]
pub(super) enum CredentialSource {
    Fixed(EncodedCredential),
    Tokens(Arc<dyn TokenSource>),
    #[cfg_attr(not(feature = "logins"), expect(dead_code, reason = "only digest meets challenges"))]
    Challenges(Arc<dyn Challenged>),
}

/// Credentials that meet the challenges of a server.
pub(super) trait Challenged: MaybeSend + MaybeSync {
    /// Puts the proof to the last challenge into a request.
    fn enter(&self, request: &mut Request);

    /// Takes the challenge of a 401; returns whether a request may meet it.
    fn challenged(&self, headers: &HeaderMap) -> bool;
}

impl fmt::Debug for CredentialSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fixed(_) | Self::Challenges(_) => "[redacted]",
            Self::Tokens(_) => "[token source]",
        })
    }
}

/// The credentials of a client, by scheme.
#[derive(Clone, Debug, Default)]
pub(super) struct Keyring(Vec<(&'static Scheme, CredentialSource)>);

impl From<Presented> for Keyring {
    fn from(presented: Presented) -> Self {
        let ready = |(scheme, proof)| (scheme, CredentialSource::Fixed(EncodedCredential::new(scheme, &proof)));
        Self(presented.into_iter().map(ready).collect())
    }
}

impl Keyring {
    pub(super) fn add(&mut self, scheme: &'static Scheme, source: CredentialSource) {
        self.0.retain(|(known, _)| *known != scheme);
        self.0.push((scheme, source));
    }

    fn get(&self, scheme: &Scheme) -> Option<&CredentialSource> {
        let found = self.0.iter().find(|(known, _)| std::ptr::eq(*known, scheme) || *known == scheme);
        found.map(|(_, source)| source)
    }

    /// The first satisfied alternative that requires credentials; `None` if the operation requires
    /// none.
    pub(super) fn choose(&self, operation: &Operation) -> Result<Option<&'static Alternative>, MissingCredentials> {
        let requires_any = |alternative: &&Alternative| !alternative.requirements.is_empty();
        let satisfied = |alternative: &&Alternative| {
            alternative.requirements.iter().all(|requirement| self.get(requirement.scheme).is_some())
        };
        let chosen = operation.security.iter().filter(requires_any).find(satisfied);
        if chosen.is_some() || operation.security.is_empty() || !operation.security.iter().all(|one| requires_any(&one))
        {
            return Ok(chosen);
        }
        let names = |alternative: &Alternative| {
            alternative.requirements.iter().map(|requirement| requirement.scheme.name).collect()
        };
        Err(MissingCredentials {
            operation: operation.id,
            alternatives: operation.security.iter().map(names).collect(),
            call: None,
        })
    }

    /// Whether any credential of the alternative comes from a token source, which provides a token
    /// before each attempt.
    pub(super) fn has_sources(&self, alternative: Option<&Alternative>) -> bool {
        requirements(alternative).iter().any(|one| matches!(self.get(one.scheme), Some(CredentialSource::Tokens(_))))
    }

    /// Gets tokens from the token sources of an alternative.
    pub(super) async fn tokens(&self, alternative: Option<&Alternative>) -> Result<Tokens, Error<Never>> {
        let mut tokens = Tokens::new();
        for requirement in requirements(alternative) {
            if let Some(CredentialSource::Tokens(source)) = self.get(requirement.scheme) {
                let token = source.token().await.map_err(Error::Token)?;
                tokens.push((requirement.scheme, Arc::clone(source), token));
            }
        }
        Ok(tokens)
    }

    /// Takes the challenges of a 401; returns whether a request may meet one.
    pub(super) fn challenged(&self, alternative: Option<&Alternative>, headers: &HeaderMap) -> bool {
        requirements(alternative).iter().any(|requirement| match self.get(requirement.scheme) {
            Some(CredentialSource::Challenges(credentials)) => credentials.challenged(headers),
            _ => false,
        })
    }

    /// Puts the credentials of an alternative into a request.
    pub(super) fn apply(
        &self,
        alternative: Option<&Alternative>,
        tokens: &Tokens,
        request: &mut Request,
    ) -> Result<(), Error<Never>> {
        let mut proofs = Vec::new();
        for requirement in requirements(alternative) {
            let scheme = requirement.scheme;
            let entered = match self.get(scheme) {
                Some(CredentialSource::Fixed(credential)) => credential.enter(request),
                Some(CredentialSource::Challenges(credentials)) => {
                    proofs.push(credentials);
                    Ok(())
                }
                Some(CredentialSource::Tokens(_)) | None => {
                    let token = tokens.iter().find(|(known, ..)| std::ptr::eq(*known, scheme));
                    token.map_or(Ok(()), |(.., token)| EncodedCredential::of_secret(scheme, token).enter(request))
                }
            };
            entered.map_err(|message| {
                let subject = format!("the credential for `{}`", scheme.name);
                let problems = vec![Problem { subject, message: message.to_owned() }];
                Error::InvalidRequest(InvalidRequest { operation: request.operation.id, problems, call: None })
            })?;
        }
        // Last, because a proof covers the whole URL.
        for credentials in proofs {
            credentials.enter(request);
        }
        Ok(())
    }
}

fn requirements(alternative: Option<&Alternative>) -> &'static [Requirement] {
    alternative.map_or(&[], |alternative| alternative.requirements)
}

/// Tokens from token sources, for one attempt.
pub(super) type Tokens = Vec<(&'static Scheme, Arc<dyn TokenSource>, Secret)>;

/// A credential in the form in which it is sent.
#[derive(Clone)]
pub(super) enum EncodedCredential {
    Header(HeaderName, HeaderValue),
    /// Name and value, encoded.
    Query(Zeroizing<String>),
    /// Name and value, encoded.
    Cookie(Zeroizing<String>),
    /// The connection itself is the proof.
    Connection,
    /// The credential cannot be sent, for this reason.
    Unusable(&'static str),
}

impl EncodedCredential {
    pub(super) fn new(scheme: &Scheme, proof: &Proof) -> Self {
        match proof {
            Proof::Secret(secret) => Self::of_secret(scheme, secret),
            Proof::Basic(basic) => match basic.encode() {
                Some(encoded) => Self::header(AUTHORIZATION, "Basic ", &encoded),
                None => Self::Unusable("has a colon in the user name, which cannot be sent"),
            },
            Proof::Connection => Self::Connection,
        }
    }

    fn of_secret(scheme: &Scheme, secret: &Secret) -> Self {
        // This is usually an unset environment variable. At best, the API would respond with 401.
        if secret.expose().is_empty() {
            return Self::Unusable("is empty");
        }
        match scheme.kind {
            SchemeKind::Header(name) => match HeaderName::from_bytes(name.as_bytes()) {
                Ok(name) => Self::header(name, "", secret),
                Err(_) => Self::Unusable("has a header name that cannot be sent"),
            },
            SchemeKind::Query(name) => {
                let value = Zeroizing::new(encode_component(secret.expose()).into_owned());
                Self::Query(Zeroizing::new([&encode_component(name), "=", value.as_str()].concat()))
            }
            SchemeKind::Cookie(name) => Self::cookie(name, secret),
            SchemeKind::Bearer => Self::header(AUTHORIZATION, "Bearer ", secret),
            SchemeKind::Http(scheme) => Self::header(AUTHORIZATION, &format!("{scheme} "), secret),
            SchemeKind::Basic => Self::Unusable("is a key, but the scheme needs a user name and a password"),
            SchemeKind::MutualTls => Self::Connection,
        }
    }

    fn header(name: HeaderName, prefix: &str, secret: &Secret) -> Self {
        let text = Zeroizing::new([prefix.as_bytes(), secret.expose().as_bytes()].concat());
        sensitive(text).map_or(Self::Unusable("holds a line break or another control character"), |value| {
            Self::Header(name, value)
        })
    }

    /// Keys in cookies are sent unescaped, so characters that would end a cookie are refused.
    fn cookie(name: &str, secret: &Secret) -> Self {
        let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\');
        if !secret.expose().bytes().all(plain) {
            return Self::Unusable("holds a character that no cookie can have");
        }
        Self::Cookie(Zeroizing::new([&encode_component(name), "=", secret.expose()].concat()))
    }

    fn enter(&self, request: &mut Request) -> Result<(), &'static str> {
        match self {
            Self::Header(name, value) => {
                request.headers.insert(name.clone(), value.clone());
            }
            Self::Query(pair) => {
                let mut query = Zeroizing::new(request.url.query().unwrap_or_default().to_owned());
                // A redirect may already have repeated the query.
                if query.split('&').any(|own| own == pair.as_str()) {
                    return Ok(());
                }
                if !query.is_empty() {
                    query.push('&');
                }
                query.push_str(pair);
                request.url.set_query(Some(&query));
            }
            Self::Cookie(pair) => {
                let earlier = request.headers.get(COOKIE).map(|own| [own.as_bytes(), b"; "].concat());
                let earlier = Zeroizing::new(earlier.unwrap_or_default());
                let text = Zeroizing::new([earlier.as_slice(), pair.as_bytes()].concat());
                request.headers.insert(COOKIE, sensitive(text).ok_or("holds a character that no cookie can have")?);
            }
            Self::Connection => {}
            Self::Unusable(why) => return Err(why),
        }
        Ok(())
    }
}

/// A header value that `Debug` hides and whose memory is wiped when the last clone is dropped.
fn sensitive(text: Zeroizing<Vec<u8>>) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(text)).ok()?;
    value.set_sensitive(true);
    Some(value)
}
