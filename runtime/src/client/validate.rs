//! With the feature `validate`, checks the parameters and the body of a request against the schemas
//! of its operation: violations → an error, or warnings in the log.
//!
//! **Invariant:** neither an error nor the log contains a value, which may be a secret.

use std::fmt;

use serde::Serialize;
use serde_json::Value;

use super::error::{InvalidRequest, Problem};
use super::prepare;
use super::request_builder::RequestBuilder;
use crate::body::StreamError;
use crate::limits::FAULTS;
use crate::multipart::Multipart;
use crate::schema::{OperationSchemas, Schema, Schemas};
use crate::stream::ItemCheck;
use crate::validation::{OnViolation, Violation};

impl RequestBuilder {
    /// Finds the violations of a parameter. `null` means that it is absent.
    pub(super) fn validate_parameter<T: Serialize + ?Sized>(&mut self, index: usize, value: &T) {
        let faults = self.schemas().and_then(|(schemas, operation)| {
            let schema = operation.parameters.get(index)?;
            let value = serde_json::to_value(value).ok().filter(|value| !value.is_null())?;
            Some(schemas.faults(schema, &value, "", FAULTS))
        });
        self.set_violations(Some(index), faults);
    }

    /// Finds the violations of the body.
    pub(super) fn validate_body<T: Serialize + ?Sized>(&mut self, media: usize, body: &T) {
        let faults = self.body_schema(media).and_then(|(schemas, schema)| {
            let value = serde_json::to_value(body).ok()?;
            Some(schemas.faults(schema, &value, "", FAULTS))
        });
        self.set_violations(None, faults);
    }

    /// Finds the violations of the parts of a form that are not files.
    pub(super) fn validate_parts(&mut self, media: usize, parts: &Multipart) {
        let faults = self.body_schema(media).map(|(schemas, schema)| {
            let form = schemas.resolved(schema);
            let fields = parts.fields.iter();
            fields.flat_map(|(name, value)| part_faults(schemas, form.property(name), name, value)).collect()
        });
        self.set_violations(None, faults);
    }

    /// A check of the items of a streamed body, which is set when the call is sent.
    pub(super) fn check_items(&mut self, media: usize) -> ItemCheck {
        let check = ItemCheck::default();
        if self.body_schema(media).is_some() {
            self.extras().items = Some((check.clone(), media));
        }
        check
    }

    /// Holds each item against the schema of the items. The call is under way by then, so a
    /// violation makes it fail.
    fn set_item_check(&self, on_violation: OnViolation) {
        let Some((check, media)) = self.extras.as_ref().and_then(|extras| extras.items.as_ref()) else { return };
        let Some((schemas, schema)) = self.body_schema(*media) else { return };
        let operation = self.operation.id;
        check.set(move |index, item| {
            let violations = schemas.faults(schema, item, &format!("/{index}"), FAULTS);
            match on_violation {
                _ if violations.is_empty() => Ok(()),
                OnViolation::Fail => {
                    let error = InvalidItem(violations);
                    // The receiver may respond to what has arrived, and hide the error.
                    tracing::error!(operation, "{error}");
                    Err(StreamError::Item(error.into()))
                }
                OnViolation::Log => {
                    for Violation { pointer, kind, detail, .. } in &violations {
                        tracing::warn!(
                            operation,
                            kind,
                            "the request violates the document: the body at `{pointer}` {detail}"
                        );
                    }
                    Ok(())
                }
            }
        });
    }

    /// Whether the call may be sent.
    ///
    /// # Errors
    /// If it violates the document and the setting says that it fails.
    pub(super) fn is_valid(&self) -> Result<(), InvalidRequest> {
        let own = self.options().and_then(|options| options.on_violation);
        let on_violation = own.unwrap_or(self.core.settings().on_violation);
        self.set_item_check(on_violation);
        let violations = self.extras.as_ref().map_or(&[][..], |extras| &extras.violations);
        if violations.is_empty() {
            return Ok(());
        }
        match on_violation {
            OnViolation::Fail => {
                let mut problems = prepare::request(self).err().map_or_else(Vec::new, |invalid| invalid.problems);
                problems.extend(violations.iter().map(|(part, violation)| self.problem(*part, violation)));
                Err(InvalidRequest { operation: self.operation.id, problems, call: None })
            }
            OnViolation::Log => {
                for (part, violation) in violations {
                    let (operation, kind) = (self.operation.id, violation.kind);
                    let Problem { subject, message } = self.problem(*part, violation);
                    tracing::warn!(operation, kind, "the request violates the document: {subject} {message}");
                }
                Ok(())
            }
        }
    }

    fn schemas(&self) -> Option<(&'static Schemas, &'static OperationSchemas)> {
        let schemas = self.core.settings().schemas?.get();
        Some((schemas, schemas.operation(self.operation.id)?))
    }

    fn body_schema(&self, media: usize) -> Option<(&'static Schemas, &'static Schema)> {
        let (schemas, operation) = self.schemas()?;
        Some((schemas, operation.body(media)?))
    }

    /// Replaces the violations of a part that is set.
    fn set_violations(&mut self, part: Option<usize>, faults: Option<Vec<Violation>>) {
        let faults = faults.unwrap_or_default();
        if faults.is_empty() && self.extras.is_none() {
            return;
        }
        let violations = &mut self.extras().violations;
        violations.retain(|(known, _)| *known != part);
        violations.extend(faults.into_iter().map(|fault| (part, fault)));
    }

    fn problem(&self, part: Option<usize>, violation: &Violation) -> Problem {
        let part = part.map_or_else(|| "the body".to_owned(), |index| self.operation.describe_parameter(index));
        let subject = match violation.pointer.as_str() {
            "" => part,
            pointer => format!("{part} at `{pointer}`"),
        };
        Problem { subject, message: violation.detail.clone() }
    }
}

/// An item that is not sent.
#[derive(Debug)]
struct InvalidItem(Vec<Violation>);

impl fmt::Display for InvalidItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request violates the document")?;
        self.0.iter().try_for_each(|one| write!(f, "; the body at `{}` {}", one.pointer, one.detail))
    }
}

impl std::error::Error for InvalidItem {}

fn part_faults(schemas: &Schemas, schema: &Schema, name: &str, value: &Value) -> Vec<Violation> {
    let mut pointer = String::new();
    crate::validation::validator::push_key(&mut pointer, name);
    schemas.faults(schema, value, &pointer, FAULTS)
}
