//! Credentials: which alternative of an operation is satisfied, and how each credential enters the request.

use std::fmt;
use std::sync::Arc;

use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderName, HeaderValue};
use zeroize::Zeroizing;

use super::error::{Error, InvalidRequest, MissingCredentials, Problem};
use super::request::Request;
use super::token::TokenSource;
use crate::descriptor::{Operation, Scheme, SchemeKind};
use crate::params::encode_component;
use crate::security::{Presented, Proof};
use crate::value::{Never, Secret};

/// What a client holds for a scheme.
#[derive(Clone)]
pub(super) enum Held {
    Proof(Proof),
    Tokens(Arc<dyn TokenSource>),
}

impl fmt::Debug for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Proof(_) => "[redacted]",
            Self::Tokens(_) => "[token source]",
        })
    }
}

/// What a client holds, by scheme.
#[derive(Clone, Debug, Default)]
pub(super) struct Keyring(Vec<(&'static Scheme, Held)>);

impl From<Presented> for Keyring {
    fn from(presented: Presented) -> Self {
        Self(presented.into_iter().map(|(scheme, proof)| (scheme, Held::Proof(proof))).collect())
    }
}

impl Keyring {
    pub(super) fn add(&mut self, scheme: &'static Scheme, held: Held) {
        self.0.retain(|(known, _)| *known != scheme);
        self.0.push((scheme, held));
    }

    fn get(&self, scheme: &Scheme) -> Option<&Held> {
        let found = self.0.iter().find(|(known, _)| std::ptr::eq(*known, scheme) || *known == scheme);
        found.map(|(_, held)| held)
    }

    /// The first alternative that asks for something and is satisfied; nothing where anyone may call.
    pub(super) fn choose(&self, operation: &Operation) -> Result<Vec<(&'static Scheme, Held)>, MissingCredentials> {
        for alternative in operation.security {
            let held: Option<Vec<_>> = alternative
                .requirements
                .iter()
                .map(|requirement| Some((requirement.scheme, self.get(requirement.scheme)?.clone())))
                .collect();
            match held {
                Some(held) if !held.is_empty() => return Ok(held),
                Some(_) | None => {}
            }
        }
        let anyone = |alternative: &crate::descriptor::Alternative| alternative.requirements.is_empty();
        if operation.security.is_empty() || operation.security.iter().any(anyone) {
            return Ok(Vec::new());
        }
        let names = |alternative: &crate::descriptor::Alternative| {
            alternative.requirements.iter().map(|requirement| requirement.scheme.name).collect()
        };
        Err(MissingCredentials {
            operation: operation.id,
            alternatives: operation.security.iter().map(names).collect(),
        })
    }
}

/// Whether any of these has to be asked for anew before each attempt.
pub(super) fn changes(held: &[(&'static Scheme, Held)]) -> bool {
    held.iter().any(|(_, held)| matches!(held, Held::Tokens(_)))
}

/// A token that a source has given for this attempt.
pub(super) type Used = Vec<(Arc<dyn TokenSource>, Secret)>;

/// Puts credentials into a request; gives back the tokens that sources were asked for.
pub(super) async fn apply(request: &mut Request, held: &[(&'static Scheme, Held)]) -> Result<Used, Error<Never>> {
    let mut used = Used::new();
    for (scheme, held) in held {
        let entered = match held {
            Held::Proof(proof) => enter(request, scheme, proof),
            Held::Tokens(source) => {
                let token = source.token().await.map_err(Error::Token)?;
                let entered = enter_secret(request, scheme, &token);
                used.push((Arc::clone(source), token));
                entered
            }
        };
        entered.map_err(|message| {
            let subject = format!("the credential for `{}`", scheme.name);
            let problems = vec![Problem { subject, message: message.to_owned() }];
            Error::InvalidRequest(InvalidRequest { operation: request.operation.id, problems })
        })?;
    }
    Ok(used)
}

fn enter(request: &mut Request, scheme: &Scheme, proof: &Proof) -> Result<(), &'static str> {
    match proof {
        Proof::Secret(secret) => enter_secret(request, scheme, secret),
        Proof::Basic(basic) => {
            let encoded = basic.encode().ok_or("has a colon in the user name, which cannot be sent")?;
            header(request, AUTHORIZATION, "Basic ", &encoded)
        }
        Proof::Connection => Ok(()),
    }
}

fn enter_secret(request: &mut Request, scheme: &Scheme, secret: &Secret) -> Result<(), &'static str> {
    // Mostly a variable of the environment that is not set: the API would say 401 at best.
    if secret.expose().is_empty() {
        return Err("is empty");
    }
    match scheme.kind {
        SchemeKind::Header(name) => {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| "has a header name that cannot be sent")?;
            header(request, name, "", secret)
        }
        SchemeKind::Query(name) => {
            let mut query = Zeroizing::new(request.url.query().unwrap_or_default().to_owned());
            if !query.is_empty() {
                query.push('&');
            }
            query.push_str(&encode_component(name));
            query.push('=');
            query.push_str(&encode_component(secret.expose()));
            request.url.set_query(Some(&query));
            Ok(())
        }
        SchemeKind::Cookie(name) => cookie(request, name, secret),
        SchemeKind::Bearer => header(request, AUTHORIZATION, "Bearer ", secret),
        SchemeKind::Http(scheme) => header(request, AUTHORIZATION, &format!("{scheme} "), secret),
        SchemeKind::Basic => Err("is a key where a user name and a password are asked for"),
        SchemeKind::MutualTls => Ok(()),
    }
}

fn header(request: &mut Request, name: HeaderName, prefix: &str, secret: &Secret) -> Result<(), &'static str> {
    let text = Zeroizing::new([prefix, secret.expose()].concat());
    let mut value =
        HeaderValue::from_bytes(text.as_bytes()).map_err(|_| "holds a line break or another control character")?;
    value.set_sensitive(true);
    request.headers.insert(name, value);
    Ok(())
}

/// Keys in cookies are sent as they are, so what would end a cookie is refused.
fn cookie(request: &mut Request, name: &str, secret: &Secret) -> Result<(), &'static str> {
    let plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\');
    if !secret.expose().bytes().all(plain) {
        return Err("holds a character that no cookie can have");
    }
    let earlier = request.headers.get(COOKIE).map(|value| [value.as_bytes(), b"; "].concat()).unwrap_or_default();
    let text = Zeroizing::new([&earlier, encode_component(name).as_bytes(), b"=", secret.expose().as_bytes()].concat());
    let mut value = HeaderValue::from_bytes(&text).map_err(|_| "holds a character that no cookie can have")?;
    value.set_sensitive(true);
    request.headers.insert(COOKIE, value);
    Ok(())
}
