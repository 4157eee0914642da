//! Checks values that have been read. The checks and their order are those of the `Validate` impls
//! of a generated server.

use std::collections::BTreeMap;

use serde_json::Value;
use specwright_codegen::ir::model::Scalar;
use specwright_runtime::Bytes;
use specwright_runtime::validation::{
    Constraints, Invalid, Validate, Validator, check_bool, check_f64, check_integer, check_properties, validate,
};

use super::model::{Kind, Object, Rest, Shape, Type, Variant};
use super::read::read_each;
use super::scalar;
use super::value::{Content, Typed};

/// The pointer of the first part that breaks a constraint; `None` if the value is valid. `json` is
/// the JSON from which it was read.
#[must_use]
pub fn check(value: &Typed, json: &Value) -> Option<String> {
    let json = Bytes::from(json.to_string());
    let violations = validate(value, "", value.ty.constraints, &json, 1);
    violations.into_iter().next().map(|violation| violation.pointer)
}

impl Validate for Typed {
    fn validate(&self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        View { ty: self.ty, content: &self.content, whole: self }.check(constraints, validator);
    }
}

/// A value seen as one of a type: the type of its use, or the type that a newtype wraps.
#[derive(Clone, Copy)]
struct View<'v> {
    ty: &'static Type,
    content: &'v Content,
    whole: &'v Typed,
}

impl View<'_> {
    fn check(self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        if self.ty.nullable && matches!(self.content, Content::Null) {
            return;
        }
        match self.ty.shape {
            Shape::Named(definition) => {
                validator.assert(self.whole, definition.assertions);
                self.named(definition.kind(), constraints, validator);
            }
            Shape::Scalar(Scalar::Text(format)) => {
                if let Content::Text(text) = self.content {
                    if let Err(error) = scalar::check(format, text) {
                        validator.violation(&error);
                    }
                    validator.text(text, constraints);
                }
            }
            // A value that another crate has parsed is valid.
            Shape::Foreign(Some(_)) => {}
            Shape::Scalar(_) | Shape::Foreign(None) | Shape::List(_) | Shape::Map(_) | Shape::Tuple(_) | Shape::Any => {
                self.plain(constraints, validator);
            }
        }
    }

    /// Checks a value according to its content.
    fn plain(self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        match self.content {
            Content::Bool(value) => self.scalar(check_bool(constraints, *value), constraints, validator),
            Content::Integer(value) => self.scalar(check_integer(constraints, *value), constraints, validator),
            // No bound distinguishes values beyond `i128`.
            Content::Large(_) => self.scalar(check_integer(constraints, i128::MAX), constraints, validator),
            Content::Float(value) => self.scalar(check_f64(constraints, *value), constraints, validator),
            Content::Text(text) => validator.text(text, constraints),
            Content::Any(value) => value.validate(constraints, validator),
            Content::List(items) => self.list(items, constraints, validator),
            Content::Map(entries) => {
                validator.check(check_properties(constraints, entries.len()));
                validator.container(self.whole, constraints);
                validator.rest(entries, &[], constraints.values.unwrap_or(&Constraints::NONE));
            }
            Content::Null | Content::Object(..) | Content::Member(..) => {}
        }
    }

    fn scalar(self, checked: Result<(), Invalid>, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        validator.check(checked);
        validator.assert(self.whole, constraints.assertions);
    }

    fn list(self, items: &[Typed], constraints: &'static Constraints, validator: &mut Validator<'_>) {
        if let Shape::Tuple(_) = self.ty.shape {
            validator.assert(self.whole, constraints.assertions);
            for (index, item) in items.iter().enumerate() {
                validator.item(index, item, constraints.prefix.get(index).copied().unwrap_or(&Constraints::NONE));
            }
            return;
        }
        validator.items(items, constraints);
        validator.container(self.whole, constraints);
        let constraints = constraints.items.unwrap_or(&Constraints::NONE);
        for (index, item) in items.iter().enumerate() {
            validator.item(index, item, constraints);
            if validator.is_full() {
                return;
            }
        }
    }

    fn named(self, kind: &'static Kind, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        match (kind, self.content) {
            (Kind::Object(object), Content::Object(fields, rest)) => {
                self.object(object, fields, rest, constraints, validator);
            }
            (Kind::Texts { values, extensible, .. }, Content::Text(text)) => {
                if !extensible && !values.contains(&text.as_str()) {
                    validator.unknown(text.as_str(), values);
                }
                validator.text(text, constraints);
            }
            (Kind::Integers { values, .. }, Content::Integer(value)) => {
                if !values.iter().any(|known| i128::from(*known) == *value) {
                    validator.unknown(value, values);
                }
                validator.check(check_integer(constraints, *value));
            }
            (Kind::Union { alternatives, variants }, Content::Member(..)) => {
                let check =
                    |value: &Typed, validator: &mut Validator<'_>| member(value, variants, constraints, validator);
                let others = |json: &Value| read_each(json, *alternatives, variants, self.whole.ty);
                validator.any_reading(self.whole, check, others);
            }
            (Kind::Newtype { inner, .. }, _) => {
                let wrapped = View { ty: inner, ..self };
                wrapped.check(inner.constraints, validator);
                if *constraints != Constraints::NONE {
                    wrapped.check(constraints, validator);
                }
            }
            _ => self.plain(constraints, validator),
        }
    }

    fn object(
        self,
        object: &'static Object,
        fields: &[Option<Typed>],
        rest: &BTreeMap<String, Typed>,
        added: &'static Constraints,
        validator: &mut Validator<'_>,
    ) {
        let present = fields.iter().flatten().count() + rest.len();
        for constraints in [object.constraints, added] {
            if constraints.min_properties.is_some() || constraints.max_properties.is_some() {
                validator.count(present, constraints);
            }
        }
        validator.assert(self.whole, added.assertions);
        validator.allowed(self.whole, object.constraints);
        for (field, value) in object.fields.iter().zip(fields) {
            if let Some(value) = value.as_ref().filter(|_| !field.is_file) {
                validator.field(field.name, value, field.ty.constraints);
            }
        }
        match object.rest {
            Rest::Ignored => {}
            Rest::Denied => {
                let known: Vec<&str> =
                    object.fields.iter().map(|field| field.name).chain(object.unsent.iter().copied()).collect();
                validator.closed(&known);
            }
            Rest::Kept(ty, patterns) => validator.rest(rest, patterns, ty.constraints),
        }
    }
}

/// Checks a value of a union as the member as which it was read.
fn member(value: &Typed, variants: &[Variant], constraints: &'static Constraints, validator: &mut Validator<'_>) {
    let Content::Member(index, member) = &value.content else { return };
    let own = variants.get(*index).map_or(&Constraints::NONE, |variant| variant.ty.constraints);
    member.validate(own, validator);
    if *constraints != Constraints::NONE {
        member.validate(constraints, validator);
    }
}
