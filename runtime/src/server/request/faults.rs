//! A refused request → all of its faults, according to the schemas of the API. Typed reading stops
//! at the first fault; this finds the others.

use http::header::EXPECT;
use serde_json::Value;

use super::Request;
use super::body::{no_body, parse_json, read_whole};
use crate::budget::{Bounded, Budget};
use crate::descriptor::FormField;
use crate::long_bodies;
use crate::params::decode::{Item, item_as_json};
use crate::schema::{BodySchema, OperationSchemas, Schema, Schemas};
use crate::server::{Rejection, RejectionKind};
use crate::validation::Violation;

impl Request {
    /// Adds the faults of all parameters, and those of the body once it is read.
    pub(super) fn refuse_parameters(&self, rejection: Rejection) -> Rejection {
        let Some((schemas, operation)) = self.schemas() else { return rejection };
        let faults = self.bounded(|| {
            let schemas = operation.parameters.iter().map(|schema| (schemas, schema));
            schemas.enumerate().flat_map(|(index, (all, schema))| self.parameter_faults(index, all, schema)).collect()
        });
        let rejection = rejection.with_faults(faults, self.limits.violations);
        self.refuse_unread_body(rejection, schemas, operation)
    }

    /// Defers the reading of the body, unless the caller waits for `100 Continue` before sending
    /// it.
    fn refuse_unread_body(
        &self,
        rejection: Rejection,
        schemas: &'static Schemas,
        operation: &'static OperationSchemas,
    ) -> Rejection {
        let limits = self.limits;
        let Some(media) = self.media else {
            let is_missing = self.context.operation.body.is_some_and(|body| body.required);
            let missing = is_missing.then(no_body).into_iter().collect();
            return rejection.with_faults(missing, limits.violations);
        };
        let is_json = self.context.operation.body_media(media).is_some_and(crate::media::is_json);
        let Some(schema) = operation.body(media).filter(|_| is_json) else { return rejection };
        if self.context.parts.headers.contains_key(EXPECT) {
            return rejection;
        }
        let (body, budget) = (self.body.take(), self.budget.get());
        rejection.with_rest(Box::pin(async move {
            // A body that is too long or late is no reason to withhold the other faults.
            let Ok(bytes) = read_whole(body, limits.body, limits.read_timeout).await else { return Vec::new() };
            long_bodies::enter(bytes.len()).await;
            let faults = faults(schemas, schema, &bytes, budget, limits.violations);
            long_bodies::leave().await;
            faults
        }))
    }

    /// Adds all faults of a body that is JSON.
    pub(super) fn refuse_json(&self, rejection: Rejection, json: &[u8]) -> Rejection {
        match serde_json::from_slice::<Value>(json) {
            Ok(value) => self.refuse_body(rejection, |_, _| Some(value)),
            Err(_) => rejection,
        }
    }

    /// Adds all faults of a form.
    pub(super) fn refuse_form(&self, rejection: Rejection, text: &str, fields: &[FormField]) -> Rejection {
        self.refuse_body(rejection, |schemas, schema| {
            let entries = crate::form::entries(text, fields).ok()?;
            Some(item_as_json(&Item::Entries(entries), schemas, schema))
        })
    }

    /// Adds all faults of a text body.
    pub(super) fn refuse_text(&self, rejection: Rejection, text: &str) -> Rejection {
        self.refuse_body(rejection, |schemas, schema| Some(item_as_json(&Item::Text(text.into()), schemas, schema)))
    }

    fn refuse_body(&self, rejection: Rejection, json: impl FnOnce(&Schemas, &Schema) -> Option<Value>) -> Rejection {
        if rejection.kind() != RejectionKind::Invalid {
            return rejection;
        }
        let Some((schemas, schema)) = self.body_schema().get() else { return rejection };
        let Some(value) = json(schemas, schema) else { return rejection };
        let faults = self.bounded(|| schemas.faults(schema, &value, "/body", self.limits.violations));
        rejection.with_faults(faults, self.limits.violations)
    }

    /// The schema of the body in its media type.
    pub(super) fn body_schema(&self) -> BodySchema {
        BodySchema { schemas: self.schemas, operation: self.context.operation.id, media: self.media }
    }

    fn schemas(&self) -> Option<(&'static Schemas, &'static OperationSchemas)> {
        let schemas = self.schemas?.get();
        Some((schemas, schemas.operation(self.context.operation.id)?))
    }
}

/// The faults of a body that is JSON.
fn faults(schemas: &Schemas, schema: &Schema, json: &[u8], budget: Budget, most: usize) -> Vec<Violation> {
    let _bounded = Bounded::by(budget);
    match parse_json::<Value>(json, "/body") {
        Ok(value) => schemas.faults(schema, &value, "/body", most),
        Err(unreadable) => unreadable.violations().to_vec(),
    }
}
