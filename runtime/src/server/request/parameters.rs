//! Parameters, by index → typed, validated values.

use serde::de::DeserializeOwned;

use super::{Rejection, Request};
use crate::descriptor::Parameter;
use crate::params::decode::{ParamDecodeError, decode};
use crate::params::sent::{Sent, pointer};
use crate::schema::{Schema, Schemas};
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
        let sent = self.sent();
        let is_empty = || sent.is_empty(parameter);
        match sent.parameter(index, parameter, decode::<T>) {
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

    fn sent(&self) -> Sent<'_> {
        let parts = &self.context.parts;
        Sent {
            operation: self.context.operation,
            path: parts.uri.path(),
            query: parts.uri.query(),
            headers: &parts.headers,
        }
    }

    /// Every fault of a parameter.
    pub(super) fn parameter_faults(&self, index: usize, schemas: &Schemas, schema: &Schema) -> Vec<Violation> {
        self.sent().faults(index, schemas, schema, self.limits.violations)
    }

    /// The pointer of a parameter.
    pub(super) fn pointer(&self, index: usize) -> String {
        pointer(self.context.operation, index)
    }
}
