//! What a request presents → the first alternative of its operation that is presented in full.
//!
//! The rule kept here: nothing is chosen from what is ambiguous. A header, key or cookie that comes twice proves nothing,
//! and neither does one that cannot be read.

use std::borrow::Cow;

use http::header::AsHeaderName;
use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::{Rejection, RejectionKind, Request};
use crate::descriptor::{Alternative, Operation, Scheme, SchemeKind};
use crate::params::decode::{Encoding, cookies, query_pairs};
use crate::security::{Basic, CredentialSet, Presented, Proof};
use crate::value::Secret;

/// Put into the extensions of a request by whatever accepts connections, once it has verified the caller's certificate:
/// it is the proof that `mutualTLS` asks for.
#[derive(Clone, Debug)]
pub struct ClientCertificate(
    /// The certificate in DER.
    pub bytes::Bytes,
);

/// What there is for one scheme.
enum Found {
    Nothing,
    /// Something that proves nothing, and why.
    Unreadable(&'static str),
    Proof(Proof),
}

impl Request {
    /// The credentials of an operation that asks for some.
    ///
    /// # Errors
    /// If no alternative is presented in full, or a part of it is malformed or repeated: 401.
    pub fn credentials<C: CredentialSet>(&mut self) -> Result<C, Rejection> {
        self.optional_credentials()?.ok_or_else(|| self.unauthorized(missing(self.context.operation)))
    }

    /// The credentials of an operation that anyone may call; `None` if nothing is presented.
    ///
    /// # Errors
    /// If something is presented but malformed or repeated: 401.
    pub fn optional_credentials<C: CredentialSet>(&mut self) -> Result<Option<C>, Rejection> {
        let mut unreadable = None;
        for alternative in self.context.operation.security {
            let mut presented = Presented::for_schemes(alternative.requirements.len());
            for requirement in alternative.requirements {
                match self.find(requirement.scheme) {
                    Found::Proof(proof) => presented = presented.with(requirement.scheme, proof),
                    Found::Nothing => {}
                    Found::Unreadable(why) => unreadable = unreadable.or(Some(why)),
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

    fn find(&self, scheme: &Scheme) -> Found {
        match scheme.kind {
            SchemeKind::Header(name) => match self.only_header(name) {
                Ok(Some(text)) => secret(text),
                Ok(None) => Found::Nothing,
                Err(why) => Found::Unreadable(why),
            },
            SchemeKind::Query(name) => {
                let pairs = query_pairs(self.context.parts.uri.query().unwrap_or_default());
                only(pairs, name, Encoding::Query)
            }
            SchemeKind::Cookie(name) => {
                let lines = self.context.parts.headers.get_all(COOKIE).iter();
                // Cookie by cookie: what others of the same host hold may be no text.
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
                    Err("`Authorization` must name credentials")
                } else {
                    Ok(Proof::Secret(Secret::from(text)))
                }
            }),
            SchemeKind::MutualTls => match self.context.extension::<ClientCertificate>() {
                Some(_) => Found::Proof(Proof::Connection),
                None => Found::Nothing,
            },
        }
    }

    /// `Authorization: <scheme> <text>`; nothing if the header is about another scheme.
    fn authorization(&self, scheme: &str, read: impl FnOnce(&str) -> Result<Proof, &'static str>) -> Found {
        let header = match self.only_header(AUTHORIZATION) {
            Ok(Some(text)) => text,
            Ok(None) => return Found::Nothing,
            Err(why) => return Found::Unreadable(why),
        };
        let blank = header.bytes().position(|byte| byte == b' ').unwrap_or(header.len());
        let (given, rest) = header.split_at(blank);
        if !given.eq_ignore_ascii_case(scheme) {
            return Found::Nothing;
        }
        match read(rest.trim()) {
            Ok(proof) => Found::Proof(proof),
            Err(why) => Found::Unreadable(why),
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

    /// 401, with a challenge for each scheme that would do.
    pub(super) fn unauthorized(&self, detail: impl Into<Cow<'static, str>>) -> Rejection {
        let mut rejection = Rejection::new(RejectionKind::Unauthorized, detail);
        let mut told: Vec<&Scheme> = Vec::new();
        for requirement in self.context.operation.security.iter().flat_map(|alternative| alternative.requirements) {
            if !told.contains(&requirement.scheme) {
                told.push(requirement.scheme);
                if let Ok(challenge) = HeaderValue::try_from(challenge(requirement.scheme)) {
                    rejection = rejection.with_header(WWW_AUTHENTICATE, challenge);
                }
            }
        }
        rejection
    }
}

/// Marks the headers that hold credentials, so that `Debug` does not show them, wherever a layer or method prints them.
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

fn secret(text: &str) -> Found {
    if text.is_empty() { Found::Nothing } else { Found::Proof(Proof::Secret(Secret::from(text))) }
}

/// The only pair of this name.
fn only<'p>(pairs: impl Iterator<Item = (&'p str, &'p str)>, name: &str, encoding: Encoding) -> Found {
    let mut texts = pairs.filter(|(key, _)| encoding.decode(key).is_some_and(|key| key == name)).map(|(_, text)| text);
    let Some(text) = texts.next() else {
        return Found::Nothing;
    };
    if texts.next().is_some() {
        return Found::Unreadable("a key or cookie with credentials must be given once");
    }
    match encoding.decode(text) {
        Some(text) => secret(&text),
        None => Found::Unreadable("a key or cookie with credentials must be text"),
    }
}

/// What would have been enough, so that a caller need not look it up.
fn missing(operation: &Operation) -> String {
    let in_words = |alternative: &Alternative| {
        let parts = alternative.requirements.iter().map(|requirement| carrier(requirement.scheme));
        parts.collect::<Vec<_>>().join(" and ")
    };
    let alternatives: Vec<_> = operation.security.iter().map(in_words).filter(|words| !words.is_empty()).collect();
    format!("credentials are missing: this operation asks for {}", alternatives.join(", or for "))
}

/// Where a credential travels.
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

/// There is no registered scheme for keys and certificates; `ApiKey` and `Mutual` are what others say, too.
fn challenge(scheme: &Scheme) -> String {
    match scheme.kind {
        SchemeKind::Header(name) => format!("ApiKey in=\"header\", name=\"{name}\""),
        SchemeKind::Query(name) => format!("ApiKey in=\"query\", name=\"{name}\""),
        SchemeKind::Cookie(name) => format!("ApiKey in=\"cookie\", name=\"{name}\""),
        SchemeKind::Basic => "Basic realm=\"api\", charset=\"UTF-8\"".to_owned(),
        // RFC 6750 asks for a parameter.
        SchemeKind::Bearer => "Bearer realm=\"api\"".to_owned(),
        SchemeKind::Http(name) => name.to_owned(),
        SchemeKind::MutualTls => "Mutual".to_owned(),
    }
}
