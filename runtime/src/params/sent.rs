//! The parameters of a request that has been sent, by index → their text, and their faults.

use std::ptr;

use http::HeaderMap;
use http::header::COOKIE;

use super::decode::{
    Encoded, ParamDecodeError, as_query, in_cookies, in_header, in_path, in_query, is_empty_in_query, parameter_as_json,
};
use super::faults::{Expected, faults};
use super::segment;
use crate::descriptor::{Location, Operation, Parameter, SchemeKind};
use crate::schema::{Schema, Schemas};
use crate::validation::Violation;
use crate::validation::validator::push_key;

/// The parts of a request that have parameters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sent<'r> {
    /// The operation that the request is for.
    pub(crate) operation: &'static Operation,
    /// The path that the operation describes, as sent.
    pub(crate) path: &'r str,
    /// The query, as sent.
    pub(crate) query: Option<&'r str>,
    /// The headers.
    pub(crate) headers: &'r HeaderMap,
}

impl Sent<'_> {
    /// Reads the text of a parameter.
    pub(crate) fn parameter<R>(
        self,
        index: usize,
        parameter: &Parameter,
        read: impl FnOnce(&Encoded<'_>) -> Result<R, ParamDecodeError>,
    ) -> Result<R, ParamDecodeError> {
        match parameter.location {
            Location::Path => {
                let segments = self.operation.segments;
                let (text, encoding) =
                    segment::parameter(segments, self.path, index).ok_or(ParamDecodeError::Absent)?;
                in_path(parameter, &text, encoding, read)
            }
            Location::Query => {
                let query = self.query.ok_or(ParamDecodeError::Absent)?;
                in_query(parameter, query, &|name| self.claimed(name, parameter, Location::Query), read)
            }
            Location::QueryString => as_query(parameter, self.query.unwrap_or_default(), read),
            Location::Header => in_header(parameter, self.header_lines(parameter.name)?, read),
            Location::Cookie => {
                // Each cookie is read separately, because other cookies of the host may not be
                // text.
                let lines = self.headers.get_all(COOKIE).iter();
                let cookies = lines.flat_map(|line| line.as_bytes().split(|byte| *byte == b';'));
                let cookies: Vec<&str> = cookies.filter_map(|cookie| std::str::from_utf8(cookie).ok()).collect();
                in_cookies(parameter, &cookies, &|name| self.claimed(name, parameter, Location::Cookie), read)
            }
        }
    }

    /// Every fault of a parameter, at most `most`.
    pub(crate) fn faults(self, index: usize, schemas: &Schemas, schema: &Schema, most: usize) -> Vec<Violation> {
        let Some(parameter) = self.operation.parameters.get(index) else { return Vec::new() };
        if self.is_empty(parameter) {
            return Vec::new();
        }
        let at = pointer(self.operation, index);
        let expected = Expected { schemas, schema, at: &at, is_required: parameter.required };
        faults(expected, most, |mode| {
            self.parameter(index, parameter, |text| parameter_as_json(text, schemas, schema, mode))
        })
    }

    /// Whether a parameter that may be empty actually is.
    pub(crate) fn is_empty(self, parameter: &Parameter) -> bool {
        parameter.allow_empty && is_empty_in_query(parameter, self.query.unwrap_or_default())
    }

    fn header_lines(&self, name: &str) -> Result<Vec<&str>, ParamDecodeError> {
        let lines = self.headers.get_all(name).iter();
        let lines = lines.map(|line| std::str::from_utf8(line.as_bytes()));
        lines.collect::<Result<_, _>>().map_err(|_| ParamDecodeError::invalid("must be UTF-8".to_owned()))
    }

    /// Whether a name in the query or the cookies belongs to anything other than the exploded
    /// object `parameter`.
    fn claimed(self, name: &str, parameter: &Parameter, location: Location) -> bool {
        let operation = self.operation;
        let others = operation.parameters.iter();
        let mut others = others.filter(|other| other.location == location && !ptr::eq(*other, parameter));
        let schemes = operation.security.iter().flat_map(|alternative| alternative.requirements);
        let mut kinds = schemes.map(|requirement| requirement.scheme.kind);
        others.any(|other| name.strip_prefix(other.name).is_some_and(|rest| rest.is_empty() || rest.starts_with('[')))
            || kinds.any(|kind| match (kind, location) {
                (SchemeKind::Query(key), Location::Query) | (SchemeKind::Cookie(key), Location::Cookie) => key == name,
                _ => false,
            })
            || operation.fixed_query.iter().any(|(key, _)| location == Location::Query && *key == name)
    }
}

/// The pointer of a parameter: `/query/limit`.
pub(crate) fn pointer(operation: &Operation, index: usize) -> String {
    let Some(parameter) = operation.parameters.get(index) else {
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
