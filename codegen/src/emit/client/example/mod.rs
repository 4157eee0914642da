//! Writes the example of an operation: what must be given, made from the document's own examples where it has some.
//!
//! The rule kept here: an example compiles, and so that all of them do in one go, none has anything at the level of a crate. What can't be
//! written in a few lines is an argument of the hidden function around it.

mod literal;

use std::fmt::Write as _;

use serde_json::Value;

use self::literal::literal;
use super::parameter::{Argument, source};
use crate::emit::Scope;
use crate::ir::model::{
    Api, BodyContent, BodyKind, Operation, Parameter, PartContent, RequestBody, Scalar, Shape, TypeId, TypeName,
    TypeUse,
};

/// Longer example bodies, as the document writes them in one line, are left to the reader.
const MAX_BODY: usize = 600;
/// Up to this length a body stands in one line.
const ONE_LINE: usize = 60;

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
        Some(self.example(operation, &caller))
    }

    /// The example of a webhook or callback.
    pub(super) fn printed_for_webhook(self, sender: &TypeName, operation: &Operation) -> Example {
        let caller = Caller {
            ty: format!("{}::sender::{sender}", self.path),
            variable: "sender",
            argument: "\"https://app.example.com/hooks\"",
        };
        self.example(operation, &caller)
    }

    fn example(self, operation: &Operation, caller: &Caller<'_>) -> Example {
        let mut call = Call {
            scope: Scope::beside(&self.api.types),
            hidden: String::new(),
            chain: String::new(),
            before: String::new(),
        };
        for parameter in operation.parameters.iter().filter(|parameter| parameter.required) {
            call.parameter(parameter);
        }
        if let Some(body) = &operation.body {
            call.body(body);
        }
        Example(self.text(operation, caller, &call))
    }

    fn text(self, operation: &Operation, caller: &Caller<'_>, call: &Call<'_>) -> String {
        let path = self.path;
        let types =
            if call.hidden.contains("types::") || call.before.contains("types::") || call.chain.contains("types::") {
                format!("# use {path}::types;\n")
            } else {
                String::new()
            };
        format!(
            "```no_run\n{types}# async fn example({variable}: &{ty}{hidden}) -> Result<(), Box<dyn std::error::Error>> \
             {{\n{before}let response = {variable}\n    .{name}({argument})\n{chain}    .send()\n    .await?;\n# Ok(())\n# }}\n```",
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

    /// The body: the document's own example of it, else an argument where one has to be given.
    fn body(&mut self, body: &RequestBody) {
        let shown = body.contents.iter().find_map(|content| Some((content, self.written(content)?)));
        if let Some((content, written)) = shown {
            self.before.push_str(&written);
            return self.set(content.setter.as_str(), self::borrowed(&content.kind));
        }
        if !body.required {
            return;
        }
        let made = body.contents.iter().find_map(|content| Some((content, self.made(content)?)));
        if let Some((content, made)) = made {
            // Writing to a string cannot fail.
            let _ = writeln!(self.before, "let body = {made};");
            return self.set(content.setter.as_str(), self::borrowed(&content.kind));
        }
        let json = |content: &&BodyContent| matches!(content.kind, BodyKind::Json(_));
        let Some(content) = body.contents.iter().find(json).or(body.contents.first()) else { return };
        let argument = match &content.kind {
            BodyKind::Text(ty) if matches!(self.scope.resolved(&ty.shape), Shape::Scalar(Scalar::String)) => {
                "\"text\"".to_owned()
            }
            BodyKind::Json(ty) | BodyKind::Form { ty, .. } | BodyKind::Text(ty) => self.borrowed(ty),
            BodyKind::Multipart { ty, .. } => {
                let ty = source(&self.scope.named(*ty));
                self.hide("body", &ty)
            }
            BodyKind::Lines(ty) => {
                let item = source(&self.scope.ty(ty));
                self.hide("body", &format!("specwright_runtime::Lines<{item}>"))
            }
            BodyKind::Events(ty) => {
                let item = source(&self.scope.ty(ty));
                self.hide("body", &format!("specwright_runtime::Events<{item}>"))
            }
            BodyKind::Binary if content.media.essence.contains('*') => {
                format!("\"image/png\", {}", self.hide("body", "Vec<u8>"))
            }
            BodyKind::Binary => self.hide("body", "Vec<u8>"),
        };
        self.set(content.setter.as_str(), &argument);
    }

    /// `let body: types::Pet = serde_json::from_str(…)?;`
    fn written(&self, content: &BodyContent) -> Option<String> {
        let (ty, fallback) = match &content.kind {
            BodyKind::Json(ty) | BodyKind::Form { ty, .. } => (source(&self.scope.ty(ty)), self.own_example(ty)),
            // Files are no part of JSON.
            BodyKind::Multipart { ty, parts } if parts.iter().all(|part| part.content != PartContent::File) => {
                (source(&self.scope.named(*ty)), self.example_of(*ty))
            }
            BodyKind::Multipart { .. }
            | BodyKind::Text(_)
            | BodyKind::Lines(_)
            | BodyKind::Events(_)
            | BodyKind::Binary => return None,
        };
        let json = shown(content.example.as_ref().or(fallback)?)?;
        Some(format!("let body: {ty} = serde_json::from_str({json})?;\n"))
    }

    /// `types::Pet::new("Rex")`
    fn made(&self, content: &BodyContent) -> Option<String> {
        match &content.kind {
            BodyKind::Json(ty) | BodyKind::Form { ty, .. } if !self.scope.is_nullable(ty) => match &ty.shape {
                Shape::Named(id) => literal::made(self.scope, *id),
                _ => None,
            },
            BodyKind::Multipart { ty, .. } => literal::made(self.scope, *ty),
            _ => None,
        }
    }

    fn own_example(&self, ty: &TypeUse) -> Option<&Value> {
        match &ty.shape {
            Shape::Named(id) => self.example_of(*id),
            _ => None,
        }
    }

    fn example_of(&self, id: TypeId) -> Option<&Value> {
        self.scope.table().get(id).doc.examples.first()
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

/// How a body that was made before the call is given.
fn borrowed(kind: &BodyKind) -> &'static str {
    match kind {
        BodyKind::Multipart { .. } => "body",
        _ => "&body",
    }
}

/// JSON as a literal of Rust, over several lines where one is too short for it.
fn shown(example: &Value) -> Option<String> {
    let short = serde_json::to_string(example).ok().filter(|json| json.len() <= MAX_BODY)?;
    let json = if short.len() <= ONE_LINE { short } else { serde_json::to_string_pretty(example).ok()? };
    // What would end the literal or the code around it, or is hidden in documentation.
    let is_safe = !json.contains("\"#") && !json.contains("```") && !json.contains(crate::emit::docs::LINE_BREAK);
    is_safe.then(|| format!("r#\"{json}\"#"))
}
