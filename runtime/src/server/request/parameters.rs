//! Parameters, by index → typed, validated values.

use http::header::COOKIE;
use serde::de::DeserializeOwned;

use super::{Rejection, Request};
use crate::descriptor::{Location, Parameter, SchemeKind};
use crate::params::decode::{
    Encoded, ParamDecodeError, as_query, decode, in_cookies, in_header, in_path, in_query, is_empty_in_query,
};
use crate::server::routing::segment;
use crate::validation::validator::push_key;
use crate::validation::{Constraints, Validate, Violation};

impl Request {
    /// Reads a required parameter.
    ///
    /// # Errors
    /// If it is missing or has the wrong type: 400; if it breaks a constraint: 422.
    pub fn required<T: DeserializeOwned + Validate>(&self, index: usize) -> Result<T, Rejection> {
        self.required_with(index, &Constraints::NONE)
    }

    /// Reads an optional parameter.
    ///
    /// # Errors
    /// If it has the wrong type: 400; if it breaks a constraint: 422.
    pub fn optional<T: DeserializeOwned + Validate>(&self, index: usize) -> Result<Option<T>, Rejection> {
        self.optional_with(index, &Constraints::NONE)
    }

    /// Reads a required parameter, with constraints beyond its type.
    ///
    /// # Errors
    /// As [`required`](Self::required).
    pub fn required_with<T: DeserializeOwned + Validate>(
        &self,
        index: usize,
        constraints: &'static Constraints,
    ) -> Result<T, Rejection> {
        let value = self.optional_with(index, constraints)?;
        value.ok_or_else(|| {
            let missing = Violation::missing(self.pointer(index));
            self.refuse_parameters(Rejection::malformed(missing))
        })
    }

    /// Reads an optional parameter, with constraints beyond its type.
    ///
    /// # Errors
    /// As [`optional`](Self::optional).
    pub fn optional_with<T: DeserializeOwned + Validate>(
        &self,
        index: usize,
        constraints: &'static Constraints,
    ) -> Result<Option<T>, Rejection> {
        let Some(parameter) = self.context.operation.parameters.get(index) else {
            return Ok(None);
        };
        self.bounded(|| self.read(index, parameter, constraints)).map_err(|rejection| self.refuse_parameters(rejection))
    }

    fn read<T: DeserializeOwned + Validate>(
        &self,
        index: usize,
        parameter: &Parameter,
        constraints: &'static Constraints,
    ) -> Result<Option<T>, Rejection> {
        let is_empty = || self.is_empty(parameter);
        match self.parameter(index, parameter, decode::<T>) {
            Err(ParamDecodeError::Absent) => Ok(None),
            Err(ParamDecodeError::Invalid { .. }) if is_empty() => Ok(None),
            Err(ParamDecodeError::Invalid { pointer, kind, detail }) => {
                Err(Rejection::malformed(Violation::new(self.pointer(index) + &pointer, kind, detail)))
            }
            Ok(value) => {
                let violations = crate::validation::validate_lazily(
                    &value,
                    || self.pointer(index),
                    constraints,
                    self.limits.violations,
                );
                if violations.is_empty() {
                    Ok(Some(value))
                } else if is_empty() {
                    Ok(None)
                } else {
                    Err(Rejection::invalid(violations))
                }
            }
        }
    }

    /// Whether a parameter that may be empty actually is.
    pub(super) fn is_empty(&self, parameter: &Parameter) -> bool {
        parameter.allow_empty && is_empty_in_query(parameter, self.query())
    }

    fn query(&self) -> &str {
        self.context.parts.uri.query().unwrap_or_default()
    }

    /// Reads the text of a parameter.
    pub(super) fn parameter<R>(
        &self,
        index: usize,
        parameter: &Parameter,
        read: impl FnOnce(&Encoded<'_>) -> Result<R, ParamDecodeError>,
    ) -> Result<R, ParamDecodeError> {
        let parts = &self.context.parts;
        match parameter.location {
            Location::Path => {
                let segments = self.context.operation.segments;
                let (text, encoding) =
                    segment::parameter(segments, parts.uri.path(), index).ok_or(ParamDecodeError::Absent)?;
                in_path(parameter, &text, encoding, read)
            }
            Location::Query => {
                let query = parts.uri.query().ok_or(ParamDecodeError::Absent)?;
                in_query(parameter, query, &|name| self.claimed(name, parameter, Location::Query), read)
            }
            Location::QueryString => as_query(parameter, parts.uri.query().unwrap_or_default(), read),
            Location::Header => in_header(parameter, self.header_lines(parameter.name)?, read),
            Location::Cookie => {
                // Each cookie is read separately, because other cookies of the host may not be
                // text.
                let lines = parts.headers.get_all(COOKIE).iter();
                let cookies = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b';'));
                let cookies: Vec<&str> = cookies.filter_map(|cookie| std::str::from_utf8(cookie).ok()).collect();
                in_cookies(parameter, &cookies, &|name| self.claimed(name, parameter, Location::Cookie), read)
            }
        }
    }

    fn header_lines(&self, name: &str) -> Result<Vec<&str>, ParamDecodeError> {
        let lines = self.context.parts.headers.get_all(name).iter();
        let lines = lines.map(|line| std::str::from_utf8(line.as_bytes()));
        lines.collect::<Result<_, _>>().map_err(|_| ParamDecodeError::invalid("must be UTF-8".to_owned()))
    }

    /// Whether a name in the query or the cookies belongs to anything other than the exploded
    /// object `parameter`.
    fn claimed(&self, name: &str, parameter: &Parameter, location: Location) -> bool {
        let operation = self.context.operation;
        let others = operation.parameters.iter();
        let mut others = others.filter(|other| other.location == location && !std::ptr::eq(*other, parameter));
        let schemes = operation.security.iter().flat_map(|alternative| alternative.requirements);
        let mut kinds = schemes.map(|requirement| requirement.scheme.kind);
        others.any(|other| name.strip_prefix(other.name).is_some_and(|rest| rest.is_empty() || rest.starts_with('[')))
            || kinds.any(|kind| match (kind, location) {
                (SchemeKind::Query(key), Location::Query) | (SchemeKind::Cookie(key), Location::Cookie) => key == name,
                _ => false,
            })
            || operation.fixed_query.iter().any(|(key, _)| location == Location::Query && *key == name)
    }

    pub(super) fn pointer(&self, index: usize) -> String {
        let Some(parameter) = self.context.operation.parameters.get(index) else {
            return String::new();
        };
        let mut pointer = match parameter.location {
            Location::Path => "/path",
            Location::Query => "/query",
            Location::Header => "/header",
            Location::Cookie => "/cookie",
            Location::QueryString => return "/query".to_owned(),
        }
        .to_owned();
        push_key(&mut pointer, parameter.name);
        pointer
    }
}
