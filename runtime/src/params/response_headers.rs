//! The headers of a response → their faults, according to the schemas of the API.

use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderValue};

use super::decode::{in_header, parameter_as_json};
use super::faults::{self, Expected};
use crate::descriptor::Parameter;
use crate::limits::FAULTS;
use crate::schema::{HeaderSchema, ResponseSchemas, Schemas};
use crate::validation::Violation;
use crate::validation::validator::push_key;

/// The faults of the documented headers.
pub(crate) fn faults(documented: &ResponseSchemas, schemas: &Schemas, headers: &HeaderMap) -> Vec<Violation> {
    documented.headers.iter().flat_map(|header| of_one(header, schemas, headers)).collect()
}

fn of_one(documented: &HeaderSchema, schemas: &Schemas, headers: &HeaderMap) -> Vec<Violation> {
    let mut pointer = "/header".to_owned();
    push_key(&mut pointer, &documented.name);
    let lines: Result<Vec<&str>, _> = headers.get_all(&documented.name).iter().map(HeaderValue::to_str).collect();
    let lines = match lines {
        // Bytes that are not text are no violation.
        Err(_) => return Vec::new(),
        Ok(lines) if lines.is_empty() && documented.is_required => {
            return vec![Violation::missing(pointer)];
        }
        // Each line is a value of its own, and dates in it contain commas.
        Ok(lines) if lines.is_empty() || documented.name.eq_ignore_ascii_case(SET_COOKIE.as_str()) => {
            return Vec::new();
        }
        Ok(lines) => lines,
    };
    let parameter = Parameter { json: documented.is_json, explode: documented.explode, ..Parameter::HEADER };
    let (schema, at) = (&documented.schema, pointer.as_str());
    // It is there.
    faults::faults(Expected { schemas, schema, at, is_required: false }, FAULTS, |mode| {
        in_header(&parameter, lines.clone(), |text| parameter_as_json(text, schemas, schema, mode))
    })
}
