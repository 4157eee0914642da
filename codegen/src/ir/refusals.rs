//! Makes templates of refusals from the schemas of documented errors, where all that a schema requires
//! is known of a refusal.
//!
//! **Invariant:** a template is only made if whatever fills it in is valid for the schema.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::model::{
    Api, Constraints, Extra, Field, Media, Presence, ResponseBody, ResponseCase, Scalar, Shape, Status, Struct,
    TypeKind, TypeTable, TypeUse,
};
use crate::limits::REFUSAL_DEPTH;

/// Names of texts that say what is wrong.
const MESSAGES: [&str; 9] =
    ["message", "msg", "detail", "details", "description", "errormessage", "errordescription", "text", "reason"];

/// The documented shape of the refusals of some operations.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// The ids of the operations.
    pub operations: Vec<String>,
    /// The first and the last of the statuses.
    pub statuses: (u16, u16),
    /// The media type.
    pub media: String,
    /// JSON, as `specwright_runtime::server::Refusal` fills it in; `null` if none can be made, or if a
    /// problem document has the shape.
    pub template: Value,
}

/// The documented shapes of refusals, those of fewer statuses first.
#[must_use]
pub fn refusals(api: &Api) -> Vec<Refusal> {
    let mut found: Vec<Refusal> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for operation in &api.operations {
        let shapes: Vec<_> = operation.responses.error.iter().filter_map(|case| shape(api, case)).collect();
        if shapes.iter().all(|(.., template)| template.is_null()) {
            continue;
        }
        for (statuses, media, template) in shapes {
            let key = format!("{statuses:?} {media} {template}");
            let index = *known.entry(key).or_insert(found.len());
            match found.get_mut(index) {
                Some(refusal) => refusal.operations.push(operation.id.clone()),
                None => found.push(Refusal { operations: vec![operation.id.clone()], statuses, media, template }),
            }
        }
    }
    found.sort_by_key(|refusal| refusal.statuses.1 - refusal.statuses.0);
    found
}

/// The statuses of a response, its media type, and the template of its body.
fn shape(api: &Api, case: &ResponseCase) -> Option<((u16, u16), String, Value)> {
    let (ResponseBody::Json(ty), Some(media)) = (&case.body, &case.media) else { return None };
    let templates = Templates { types: &api.types };
    let template =
        templates.of(ty, "", false, REFUSAL_DEPTH).filter(|_| !(is_problem(media) && templates.is_problem(ty)));
    Some((statuses(case.status)?, media.text.clone(), template.unwrap_or_default()))
}

fn is_problem(media: &Media) -> bool {
    media.essence == "application/problem+json"
}

/// The statuses of refusals among those of a response.
fn statuses(status: Status) -> Option<(u16, u16)> {
    match status {
        Status::Code(code) => (400..600).contains(&code).then_some((code, code)),
        Status::Range(class) => (4..6).contains(&class).then(|| (u16::from(class) * 100, u16::from(class) * 100 + 99)),
        Status::Default => Some((400, 599)),
    }
}

struct Templates<'a> {
    types: &'a TypeTable,
}

impl Templates<'_> {
    /// The template of a property, or of an item of a list of faults; `None` if nothing that is known
    /// fits.
    fn of(&self, ty: &TypeUse, name: &str, is_item: bool, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        if let [only] = ty.constraints.allowed.as_slice() {
            return Some(only.clone()).filter(|value| !value.as_str().is_some_and(|text| text.starts_with('$')));
        }
        if !is_free(&ty.constraints) {
            return None;
        }
        match self.types.resolved(&ty.shape) {
            Shape::Scalar(Scalar::String) => text(&plain, is_item),
            Shape::Scalar(Scalar::Integer(_) | Scalar::Float64) => {
                ["status", "statuscode", "code", "httpstatus", "httpcode"].contains(&&*plain).then(|| json!("$status"))
            }
            Shape::Scalar(Scalar::Bool) => ["success", "ok"].contains(&&*plain).then_some(json!(false)),
            Shape::Any => MESSAGES.contains(&&*plain).then(|| json!("$detail")),
            Shape::List(item) => self.list(item, &plain, is_item, depth),
            Shape::Named(id) => match &self.types.get(*id).kind {
                TypeKind::Struct(body) if self.types.get(*id).assertions.is_empty() => {
                    self.object(body, is_item, depth)
                }
                TypeKind::Enum(values) => {
                    let only = values.only().filter(|only| !only.wire.starts_with('$'));
                    only.map(|only| json!(only.wire))
                }
                TypeKind::Union(union) => {
                    union.variants.iter().find_map(|member| self.of(&member.ty, name, is_item, depth))
                }
                TypeKind::Newtype(newtype) => self.of(&newtype.inner, name, is_item, depth),
                TypeKind::Struct(_) | TypeKind::IntegerEnum(_) | TypeKind::Alias(_) => None,
            },
            Shape::Scalar(_) | Shape::Map(..) | Shape::Tuple(_) => None,
        }
    }

    /// The way to a fault, or an item for each fault.
    fn list(&self, item: &TypeUse, name: &str, is_item: bool, depth: usize) -> Option<Value> {
        if is_item {
            return (["loc", "path", "location"].contains(&name) && self.holds_text(item)).then(|| json!("$path"));
        }
        let item = match self.types.resolved(&item.shape) {
            Shape::Scalar(Scalar::String) if is_free(&item.constraints) => json!("$detail"),
            _ => self.of(item, name, true, depth)?,
        };
        Some(json!(["$each", item]))
    }

    /// Whether a problem document as servers write it anyway is of this type.
    fn is_problem(&self, ty: &TypeUse) -> bool {
        let Shape::Named(id) = self.types.resolved(&ty.shape) else { return true };
        let TypeKind::Struct(body) = &self.types.get(*id).kind else { return false };
        let known = ["type", "title", "status", "detail"];
        let fits = |field: &Field| field.presence == Presence::Optional || known.contains(&&*field.wire);
        let is_other = |field: &Field| field.wire == "errors";
        !matches!(body.extra, Extra::Denied) && body.fields.iter().all(fits) && !body.fields.iter().any(is_other)
    }

    fn holds_text(&self, ty: &TypeUse) -> bool {
        let is_text =
            |ty: &TypeUse| *self.types.resolved(&ty.shape) == Shape::Scalar(Scalar::String) && is_free(&ty.constraints);
        match self.types.resolved(&ty.shape) {
            Shape::Named(id) => match &self.types.get(*id).kind {
                TypeKind::Union(union) => union.variants.iter().any(|member| is_text(&member.ty)),
                _ => false,
            },
            _ => is_text(ty),
        }
    }

    /// What is required, and what says something.
    fn object(&self, body: &Struct, is_item: bool, depth: usize) -> Option<Value> {
        if !is_free(&body.constraints) {
            return None;
        }
        let says = |value: &Value| value.to_string().contains("\"$");
        let mut template = Map::new();
        for field in &body.fields {
            let is_required = field.presence == Presence::Required;
            let value = self.of(&field.ty, &field.wire, is_item, depth);
            let value = value.or_else(|| (is_required && field.ty.nullable).then_some(Value::Null));
            match value {
                Some(value) if is_required || says(&value) => {
                    template.insert(field.wire.clone(), value);
                }
                None if is_required => return None,
                _ => {}
            }
        }
        // Without a message, the error or title is the message.
        if !template.values().any(|value| value == "$detail")
            && let Some(message) =
                ["error", "title"].into_iter().find(|name| template.get(*name).is_some_and(|value| value == "$title"))
        {
            template.insert(message.to_owned(), json!("$detail"));
        }
        // A refusal says at least what is wrong.
        template.values().any(says).then_some(Value::Object(template))
    }
}

/// Whether any text or number of a type is valid.
fn is_free(constraints: &Constraints) -> bool {
    *constraints
        == Constraints {
            min_length: constraints.min_length.filter(|least| *least <= 1),
            or_text: constraints.or_text,
            ..Constraints::default()
        }
}

/// What a text of this name says.
fn text(name: &str, is_item: bool) -> Option<Value> {
    let found = match name {
        _ if MESSAGES.contains(&name) => "$detail",
        "title" | "error" | "statustext" | "summary" => "$title",
        "code" | "type" | "kind" | "errorcode" | "errortype" => "$kind",
        "field" | "param" | "parameter" | "property" | "attribute" | "name" if is_item => "$name",
        "pointer" | "path" | "location" | "source" if is_item => "$pointer",
        "in" if is_item => "$in",
        _ => return None,
    };
    Some(json!(found))
}
