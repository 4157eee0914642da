//! The text of a parameter or header → its faults, according to a schema.

use serde_json::Value;

use super::decode::{DecodeMode, ParamDecodeError};
use crate::schema::{Schema, Schemas};
use crate::validation::Violation;

/// The place and the schema of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Expected<'s> {
    pub(super) schemas: &'s Schemas,
    pub(super) schema: &'s Schema,
    /// The pointer of the text.
    pub(super) at: &'s str,
    pub(super) is_required: bool,
}

/// Every fault of a text, at most `most`. A text is valid if it is valid in either mode.
pub(super) fn faults(
    expected: Expected<'_>,
    most: usize,
    read: impl Fn(DecodeMode) -> Result<Value, ParamDecodeError>,
) -> Vec<Violation> {
    let Expected { schemas, schema, at, is_required } = expected;
    let found = |mode| match read(mode) {
        Ok(value) => schemas.faults(schema, &value, at, most),
        Err(ParamDecodeError::Absent) if is_required => vec![Violation::missing(at)],
        Err(ParamDecodeError::Absent) => Vec::new(),
        Err(ParamDecodeError::Invalid { pointer, kind, detail }) => {
            vec![Violation::new(format!("{at}{pointer}"), kind, detail)]
        }
    };
    let faults = found(DecodeMode::Guess);
    if faults.is_empty() || found(DecodeMode::Lenient).is_empty() { Vec::new() } else { faults }
}
