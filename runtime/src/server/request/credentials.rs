//! The credentials of a request. Finds the first security alternative whose credentials the request
//! presents in full.
//!
//! **Invariant:** ambiguous credentials prove nothing. A header, key or cookie that is repeated or
//! unreadable is ambiguous.

use std::borrow::Cow;

use http::header::AsHeaderName;
use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::Request;
use crate::descriptor::{Alternative, Operation, Scheme, SchemeKind};
use crate::params::decode::{Encoding, cookies, query_pairs};
use crate::security::{Basic, CredentialSet, Presented, Proof};
use crate::server::{Rejection, RejectionKind};
use crate::value::Secret;

/// The proof for `mutualTLS`. The code that accepts connections verifies the caller's certificate
/// and puts this into the extensions of the request.
#[derive(Clone, Debug)]
pub struct ClientCertificate(
    /// The certificate in DER.
    pub bytes::Bytes,
);

/// The evidence for one scheme that a request contains.
enum Evidence {
    Nothing,
    /// A credential that proves nothing, and the reason.
    Unreadable(&'static str),
    Proof(Proof),
}

impl Request {
    /// The credentials of an operation that requires them.
    ///
    /// # Errors
    /// If no alternative is presented completely, or a credential is malformed or repeated: 401.
    pub fn credentials<C: CredentialSet>(&mut self) -> Result<C, Rejection> {
        self.optional_credentials()?.ok_or_else(|| self.unauthorized(missing(self.context.operation)))
    }

    /// The credentials of an operation that does not require any; `None` if nothing is presented.
    ///
    /// # Errors
    /// If a credential is malformed or repeated: 401.
    pub fn optional_credentials<C: CredentialSet>(&mut self) -> Result<Option<C>, Rejection> {
        let mut unreadable = None;
        for alternative in self.context.operation.security {
            let mut presented = Presented::for_schemes(alternative.requirements.len());
            for requirement in alternative.requirements {
                match self.find(requirement.scheme) {
                    Evidence::Proof(proof) => presented = presented.with(requirement.scheme, proof),
                    Evidence::Nothing => {}
                    Evidence::Unreadable(why) => unreadable = unreadable.or(Some(why)),
                }
            }
            let complete = alternative.requirements.iter().all(|asked| presented.get(asked.scheme).is_some());
            if complete
                && !alternative.requirements.is_empty()
                && let Some(credentials) = C::recognize(presented)
            {
                self.context.alternative = Some(alternative);
                return Ok(Some(credentials));
            }
        }
        match unreadable {
            Some(why) => Err(self.unauthorized(why)),
            None => Ok(None),
        }
    }

    fn find(&self, scheme: &Scheme) -> Evidence {
        match scheme.kind {
            SchemeKind::Header(name) => match self.only_header(name) {
                Ok(Some(text)) => secret(text),
                Ok(None) => Evidence::Nothing,
                Err(why) => Evidence::Unreadable(why),
            },
            SchemeKind::Query(name) => {
                let pairs = query_pairs(self.context.parts.uri.query().unwrap_or_default());
                only(pairs, name, Encoding::Query)
            }
            SchemeKind::Cookie(name) => {
                let lines = self.context.parts.headers.get_all(COOKIE).iter();
                // Each cookie is read separately, because other cookies of the host may not be
                // text.
                let texts = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b';'));
                let pairs = texts.filter_map(|text| std::str::from_utf8(text).ok()).flat_map(cookies);
                only(pairs, name, Encoding::Percent)
            }
            SchemeKind::Basic => self.authorization("basic", |text| {
                Basic::decode(text)
                    .map(Proof::Basic)
                    .ok_or("the user name and password of `Authorization: Basic` cannot be read")
            }),
            SchemeKind::Bearer => self.authorization("bearer", |token| {
                if token.is_empty() || token.bytes().any(|byte| byte == b' ') {
                    return Err("`Authorization: Bearer` must be followed by one token");
                }
                Ok(Proof::Secret(Secret::from(token)))
            }),
            SchemeKind::Http(name) => self.authorization(name, |text| {
                if text.is_empty() {
                    Err("`Authorization` must hold credentials")
                } else {
                    Ok(Proof::Secret(Secret::from(text)))
                }
            }),
            SchemeKind::MutualTls => match self.context.extension::<ClientCertificate>() {
                Some(_) => Evidence::Proof(Proof::Connection),
                None => Evidence::Nothing,
            },
        }
    }

    /// The text of `Authorization: <scheme> <text>`; nothing if the header has another scheme.
    fn authorization(&self, scheme: &str, read: impl FnOnce(&str) -> Result<Proof, &'static str>) -> Evidence {
        let header = match self.only_header(AUTHORIZATION) {
            Ok(Some(text)) => text,
            Ok(None) => return Evidence::Nothing,
            Err(why) => return Evidence::Unreadable(why),
        };
        let space = header.bytes().position(|byte| byte == b' ').unwrap_or(header.len());
        let (given, rest) = header.split_at(space);
        if !given.eq_ignore_ascii_case(scheme) {
            return Evidence::Nothing;
        }
        match read(rest.trim()) {
            Ok(proof) => Evidence::Proof(proof),
            Err(why) => Evidence::Unreadable(why),
        }
    }

    fn only_header(&self, name: impl AsHeaderName) -> Result<Option<&str>, &'static str> {
        let mut values = self.context.parts.headers.get_all(name).iter();
        let Some(value) = values.next() else {
            return Ok(None);
        };
        if values.next().is_some() {
            return Err("a header with credentials must be given once");
        }
        std::str::from_utf8(value.as_bytes()).map(Some).map_err(|_| "a header with credentials must be text")
    }

    /// 401, with a challenge for each scheme that is accepted.
    pub(super) fn unauthorized(&self, detail: impl Into<Cow<'static, str>>) -> Rejection {
        let mut rejection = Rejection::new(RejectionKind::Unauthorized, detail);
        let mut challenged: Vec<&Scheme> = Vec::new();
        for requirement in self.context.operation.security.iter().flat_map(|alternative| alternative.requirements) {
            if !challenged.contains(&requirement.scheme) {
                challenged.push(requirement.scheme);
                if let Ok(challenge) = HeaderValue::try_from(challenge(requirement.scheme)) {
                    rejection = rejection.with_header(WWW_AUTHENTICATE, challenge);
                }
            }
        }
        rejection
    }
}

/// Marks headers with credentials as sensitive, so that `Debug` hides them in layers and methods.
pub(super) fn hide(operation: &Operation, headers: &mut HeaderMap) {
    let requirements = || operation.security.iter().flat_map(|alternative| alternative.requirements);
    let is_key = |header: &HeaderName| {
        requirements().any(|requirement| match requirement.scheme.kind {
            SchemeKind::Header(name) => header.as_str().eq_ignore_ascii_case(name),
            _ => false,
        })
    };
    for (name, value) in headers {
        if *name == AUTHORIZATION || *name == COOKIE || *name == PROXY_AUTHORIZATION || is_key(name) {
            value.set_sensitive(true);
        }
    }
}

fn secret(text: &str) -> Evidence {
    if text.is_empty() { Evidence::Nothing } else { Evidence::Proof(Proof::Secret(Secret::from(text))) }
}

/// The only pair with this name.
fn only<'p>(pairs: impl Iterator<Item = (&'p str, &'p str)>, name: &str, encoding: Encoding) -> Evidence {
    let mut texts = pairs.filter(|(key, _)| encoding.decode(key).is_some_and(|key| key == name)).map(|(_, text)| text);
    let Some(text) = texts.next() else {
        return Evidence::Nothing;
    };
    if texts.next().is_some() {
        return Evidence::Unreadable("a key or cookie with credentials must be given once");
    }
    match encoding.decode(text) {
        Some(text) => secret(&text),
        None => Evidence::Unreadable("a key or cookie with credentials must be text"),
    }
}

/// Lists the accepted credentials, so that a caller need not look them up.
fn missing(operation: &Operation) -> String {
    let in_words = |alternative: &Alternative| {
        let parts = alternative.requirements.iter().map(|requirement| carrier(requirement.scheme));
        parts.collect::<Vec<_>>().join(" and ")
    };
    let alternatives: Vec<_> = operation.security.iter().map(in_words).filter(|words| !words.is_empty()).collect();
    format!("credentials are missing: this operation requires {}", alternatives.join(", or for "))
}

/// Where a credential is sent.
fn carrier(scheme: &Scheme) -> String {
    match scheme.kind {
        SchemeKind::Header(name) => format!("the header `{name}`"),
        SchemeKind::Query(name) => format!("the query parameter `{name}`"),
        SchemeKind::Cookie(name) => format!("the cookie `{name}`"),
        SchemeKind::Basic => "`Authorization: Basic`".to_owned(),
        SchemeKind::Bearer => "`Authorization: Bearer`".to_owned(),
        SchemeKind::Http(name) => format!("`Authorization: {name}`"),
        SchemeKind::MutualTls => "a client certificate".to_owned(),
    }
}

/// Keys and certificates have no registered scheme, but `ApiKey` and `Mutual` are common.
fn challenge(scheme: &Scheme) -> String {
    match scheme.kind {
        SchemeKind::Header(name) => format!("ApiKey in=\"header\", name=\"{name}\""),
        SchemeKind::Query(name) => format!("ApiKey in=\"query\", name=\"{name}\""),
        SchemeKind::Cookie(name) => format!("ApiKey in=\"cookie\", name=\"{name}\""),
        SchemeKind::Basic => "Basic realm=\"api\", charset=\"UTF-8\"".to_owned(),
        // RFC 6750 requires a parameter.
        SchemeKind::Bearer => "Bearer realm=\"api\"".to_owned(),
        SchemeKind::Http(name) => name.to_owned(),
        SchemeKind::MutualTls => "Mutual".to_owned(),
    }
}
