//! Writes the example of an operation: what must be given, made from the document's own examples where it has some.
//!
//! The rule kept here: an example compiles. What can't be written in one line is an argument of the hidden function around it.

use std::fmt::Write as _;

use serde_json::Value;

use super::parameter::{Argument, source};
use crate::emit::Scope;
use crate::ir::model::{
    Api, BodyContent, BodyKind, Operation, Parameter, RequestBody, Scalar, Shape, TypeKind, TypeName, TypeUse,
};

/// This many examples are compiled as documentation tests; the others are only shown.
const COMPILED: usize = 40;
/// Longer example bodies are left to the reader.
const MAX_BODY: usize = 600;

/// Who writes the examples of an API.
#[derive(Clone, Copy)]
pub(super) struct Examples<'a> {
    api: &'a Api,
    path: &'a str,
}

/// The example of one operation.
pub(super) struct Example(String);

impl Example {
    /// As Markdown.
    pub(super) fn text(&self) -> String {
        self.0.clone()
    }
}

/// What an operation is called on: the struct, the variable that holds it, the argument that starts a call.
struct Caller<'a> {
    ty: String,
    variable: &'a str,
    argument: &'a str,
}

impl<'a> Examples<'a> {
    /// Examples for users who name the module `path`.
    pub(super) fn of(api: &'a Api, path: &'a str) -> Self {
        Self { api, path }
    }

    /// The example of the operation at `index`.
    pub(super) fn printed_for(self, index: usize) -> Option<Example> {
        let operation = self.api.operations.get(index)?;
        let caller = Caller { ty: format!("{}::Client", self.path), variable: "client", argument: "" };
        Some(self.example(operation, &caller, index))
    }

    /// The example of a webhook or callback, `index` among them.
    pub(super) fn printed_for_webhook(self, sender: &TypeName, operation: &Operation, index: usize) -> Example {
        let caller = Caller {
            ty: format!("{}::sender::{sender}", self.path),
            variable: "sender",
            argument: "\"https://app.example.com/hooks\"",
        };
        self.example(operation, &caller, index)
    }

    fn example(self, operation: &Operation, caller: &Caller<'_>, index: usize) -> Example {
        let mut call = Call {
            scope: Scope::beside(&self.api.types),
            hidden: String::new(),
            chain: String::new(),
            before: String::new(),
        };
        for parameter in operation.parameters.iter().filter(|parameter| parameter.required) {
            call.parameter(parameter);
        }
        if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
            call.body(body);
        }
        let check = if index < COMPILED { "no_run" } else { "ignore" };
        Example(self.text(operation, caller, &call, check))
    }

    fn text(self, operation: &Operation, caller: &Caller<'_>, call: &Call<'_>, check: &str) -> String {
        let path = self.path;
        let types =
            if call.hidden.contains("types::") || call.before.contains("types::") || call.chain.contains("types::") {
                format!("# use {path}::types;\n")
            } else {
                String::new()
            };
        format!(
            "```{check}\n{types}# async fn example({variable}: &{ty}{hidden}) -> Result<(), Box<dyn std::error::Error>> \
             {{\n{before}let answer = {variable}\n    .{name}({argument})\n{chain}    .send()\n    .await?;\n# Ok(())\n# }}\n```",
            variable = caller.variable,
            ty = caller.ty,
            argument = caller.argument,
            hidden = call.hidden,
            before = call.before,
            name = operation.name,
            chain = call.chain,
        )
    }
}

/// A call as it is being written.
struct Call<'a> {
    scope: Scope<'a>,
    /// Further arguments of the hidden function.
    hidden: String,
    /// Statements before the call.
    before: String,
    /// Setters.
    chain: String,
}

impl Call<'_> {
    fn parameter(&mut self, parameter: &Parameter) {
        let name = parameter.name.as_str();
        let example = parameter.doc.examples.first().or(parameter.default.as_ref());
        let argument = literal(self.scope, &parameter.ty, example, name).unwrap_or_else(|| {
            let ty = Argument::of(self.scope, &parameter.ty).example_type();
            self.hide(name, &ty)
        });
        self.set(name, &argument);
    }

    fn body(&mut self, body: &RequestBody) {
        let json = |content: &&BodyContent| matches!(content.kind, BodyKind::Json(_));
        let Some(content) = body.contents.iter().find(json).or(body.contents.first()) else { return };
        let argument = match &content.kind {
            BodyKind::Json(ty) => match self.written(ty, body) {
                Some(json) => {
                    self.before.push_str(&json);
                    "&body".to_owned()
                }
                None => self.borrowed(ty),
            },
            BodyKind::Multipart { ty, .. } => {
                let ty = source(&self.scope.named(*ty));
                self.hide("body", &ty)
            }
            BodyKind::Text(ty) if matches!(self.scope.resolved(&ty.shape), Shape::Scalar(Scalar::String)) => {
                "\"text\"".to_owned()
            }
            BodyKind::Form { ty, .. } | BodyKind::Text(ty) => self.borrowed(ty),
            BodyKind::Lines(ty) => {
                let item = source(&self.scope.ty(ty));
                self.hide("body", &format!("api_runtime::Lines<{item}>"))
            }
            BodyKind::Binary if content.media.essence.contains('*') => {
                format!("\"image/png\", {}", self.hide("body", "Vec<u8>"))
            }
            BodyKind::Binary => self.hide("body", "Vec<u8>"),
        };
        self.set(content.setter.as_str(), &argument);
    }

    /// `let body: types::Pet = serde_json::from_str(…)?;`
    fn written(&self, ty: &TypeUse, body: &RequestBody) -> Option<String> {
        let Shape::Named(id) = &ty.shape else { return None };
        let definition = self.scope.table().get(*id);
        let example = body.doc.examples.first().or(definition.doc.examples.first())?;
        let json = serde_json::to_string(example).ok()?;
        let fits = json.len() <= MAX_BODY && !json.contains("\"#") && !json.contains("```");
        (fits && !ty.nullable)
            .then(|| format!("let body: types::{} = serde_json::from_str(r#\"{json}\"#)?;\n", definition.name))
    }

    fn borrowed(&mut self, ty: &TypeUse) -> String {
        let ty = source(&self.scope.ty(ty));
        self.hide("body", &format!("&{ty}"))
    }

    fn hide(&mut self, name: &str, ty: &str) -> String {
        // Writing to a string cannot fail.
        let _ = write!(self.hidden, ", {name}: {ty}");
        name.to_owned()
    }

    fn set(&mut self, name: &str, argument: &str) {
        let _ = writeln!(self.chain, "    .{name}({argument})");
    }
}

/// A value that the setter of this type takes, in one line.
fn literal(scope: Scope<'_>, ty: &TypeUse, example: Option<&Value>, name: &str) -> Option<String> {
    match scope.resolved(&ty.shape) {
        Shape::Scalar(scalar) => scalar_literal(*scalar, example, name),
        Shape::Named(id) => {
            let definition = scope.table().get(*id);
            match &definition.kind {
                TypeKind::Enum(values) => {
                    let variant =
                        values.variants.iter().find(|variant| example.and_then(Value::as_str) == Some(&variant.wire));
                    let variant = variant.or(values.variants.first())?;
                    Some(format!("types::{}::{}", definition.name, variant.name))
                }
                TypeKind::Newtype(newtype) => {
                    let example = example.or(definition.doc.examples.first());
                    match scope.resolved(&newtype.inner.shape) {
                        Shape::Scalar(scalar) => scalar_literal(*scalar, example, name),
                        _ => None,
                    }
                }
                _ => None,
            }
        }
        _ => None,
    }
}

fn scalar_literal(scalar: Scalar, example: Option<&Value>, name: &str) -> Option<String> {
    match scalar {
        Scalar::Bool => Some(example.and_then(Value::as_bool).unwrap_or(true).to_string()),
        Scalar::Integer(_) => {
            Some(example.and_then(Value::as_i64).filter(|value| (0..=100).contains(value)).unwrap_or(1).to_string())
        }
        Scalar::Float32 | Scalar::Float64 => Some("1.0".to_owned()),
        Scalar::String | Scalar::Secret => Some(text(example, name)),
        // What has a format shows its type; the argument takes text, too.
        Scalar::Text(_) | Scalar::Binary | Scalar::Null | Scalar::Never => None,
    }
}

/// A string literal; the name of the parameter stands for a value that the document does not show.
fn text(example: Option<&Value>, name: &str) -> String {
    let shown = example.and_then(Value::as_str).filter(|text| text.len() <= 80 && !text.contains("```"));
    let shown = shown.filter(|text| !text.chars().any(char::is_control));
    format!("{:?}", shown.unwrap_or(name.trim_start_matches("r#")))
}
