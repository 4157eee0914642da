//! Writes the example of an operation: its required parameters and a body. The document's own
//! examples are used where there are any.
//!
//! **Invariant:** an example compiles. No example has an item at the level of a crate, so all of
//! them compile together. A value that cannot be written in a few lines becomes an argument of the
//! hidden function around the example.

mod literal;

use std::fmt::Write as _;

use serde_json::Value;

use self::literal::literal;
use super::parameter::Argument;
use super::required;
use crate::emit::type_use::source;
use crate::emit::{Scope, phrases};
use crate::ir::model::{
    Api, BodyContent, BodyKind, Operation, Parameter, PartContent, RequestBody, Scalar, Shape, TypeId, TypeName,
    TypeUse,
};

/// Example bodies that are longer than this, as JSON in one line, are left out.
const MAX_BODY: usize = 600;
/// Up to this length, a body is written in one line.
const ONE_LINE: usize = 60;
/// Up to this length, a call is written in one line.
const ONE_CALL: usize = 80;

/// Writes the examples of an API.
#[derive(Clone, Copy)]
pub(super) struct Examples<'a> {
    api: &'a Api,
    path: &'a str,
}

/// The example of one operation.
pub(super) struct Example {
    text: String,
    /// Whether it shows more than the signature of the method.
    is_telling: bool,
}

impl Example {
    /// As Markdown; `None` if it shows nothing that the signature of the method does not.
    pub(super) fn text(&self) -> Option<String> {
        self.is_telling.then(|| self.text.clone())
    }
}

/// A call in a program.
pub(super) struct Statements {
    /// Further arguments of the function around it, each after a comma.
    pub arguments: String,
    /// The call, and the statements before it.
    pub code: String,
}

/// The struct that makes the request builder, the variable that holds it, and the argument of its
/// method.
struct Caller<'a> {
    ty: String,
    variable: &'a str,
    argument: &'a str,
}

impl<'a> Examples<'a> {
    /// Examples for the module with this path.
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

    /// The statements of the shortest call, for a program that has already built a client; `None`
    /// if there is no operation.
    pub(super) fn shortest(self) -> Option<Statements> {
        let statements = self.api.operations.iter().map(|operation| {
            let caller = Caller { ty: String::new(), variable: "client", argument: "" };
            let call = self.call(operation, &caller);
            let code = format!("{}{}", call.before, call.written_for("client", operation.name.as_str()));
            let reads = operation.method.0 == "GET";
            ((!call.hidden.is_empty(), !reads, code.len()), Statements { arguments: call.hidden, code })
        });
        statements.min_by(|(a, _), (b, _)| a.cmp(b)).map(|(_, statements)| statements)
    }

    fn example(self, operation: &Operation, caller: &Caller<'_>) -> Example {
        let call = self.call(operation, caller);
        let is_telling = !call.setters.is_empty() || !call.before.is_empty();
        Example { text: self.text(operation, caller, &call), is_telling }
    }

    fn call(self, operation: &Operation, caller: &Caller<'_>) -> Call<'a> {
        let arguments = if caller.argument.is_empty() { Vec::new() } else { vec![caller.argument.to_owned()] };
        let mut call = Call {
            scope: Scope::beside(&self.api.types),
            hidden: String::new(),
            before: String::new(),
            arguments,
            setters: Vec::new(),
        };
        let parameters = operation.parameters.iter().enumerate();
        for (index, parameter) in parameters.filter(|(_, parameter)| parameter.required) {
            call.parameter(parameter, required::is_argument(operation, index));
        }
        if let Some(body) = &operation.body {
            call.body(body);
        }
        call
    }

    fn text(self, operation: &Operation, caller: &Caller<'_>, call: &Call<'_>) -> String {
        let path = self.path;
        let written = call.written_for(caller.variable, operation.name.as_str());
        let mentions_types = [&call.hidden, &call.before, &written].into_iter().any(|text| text.contains("types::"));
        let types = if mentions_types { format!("# use {path}::types;\n") } else { String::new() };
        let code = format!(
            "{types}# async fn example({variable}: &{ty}{hidden}) -> Result<(), Box<dyn std::error::Error>> \
             {{\n{before}{written}# Ok(())\n# }}",
            variable = caller.variable,
            ty = caller.ty,
            hidden = call.hidden,
            before = call.before,
        );
        phrases::program(path, &code)
    }
}

/// A call that is being written.
struct Call<'a> {
    scope: Scope<'a>,
    /// Further arguments of the hidden function.
    hidden: String,
    /// Statements before the call.
    before: String,
    /// Arguments of the method.
    arguments: Vec<String>,
    /// Calls of setters, such as `limit(1)`.
    setters: Vec<String>,
}

impl Call<'_> {
    /// The statement that calls and awaits, in one line or with one line for each setter.
    fn written_for(&self, variable: &str, method: &str) -> String {
        let start = format!("{variable}.{method}({})", self.arguments.join(", "));
        let links = self.setters.iter().map(String::as_str).chain(["await?"]);
        let line = links.clone().fold(start, |line, link| format!("{line}.{link}"));
        if line.len() <= ONE_CALL {
            return format!("let response = {line};\n");
        }
        let first = format!("{method}({})", self.arguments.join(", "));
        let chain: Vec<&str> = std::iter::once(first.as_str()).chain(links).collect();
        let chain = format!("\n    .{}", chain.join("\n    ."));
        format!("let response = {variable}{chain};\n")
    }

    fn parameter(&mut self, parameter: &Parameter, is_argument: bool) {
        let name = parameter.name.as_str();
        let example = parameter.doc.examples.first().or(parameter.default.as_ref());
        let argument = literal(self.scope, &parameter.ty, example, name).unwrap_or_else(|| {
            let ty = Argument::of(self.scope, &parameter.ty).example_type();
            self.hide(name, &ty)
        });
        if is_argument { self.arguments.push(argument) } else { self.set(name, &argument) }
    }

    /// The body: the document's own example, or else a constructed one, or else an argument if a
    /// body is required.
    fn body(&mut self, body: &RequestBody) {
        let shown = body.contents.iter().find_map(|content| Some((content, self.written(content)?)));
        if let Some((content, written)) = shown {
            self.before.push_str(&written);
            return self.give(body, content, self::borrowed(&content.kind));
        }
        let constructed = body.contents.iter().find_map(|content| Some((content, self.constructed(content)?)));
        if let Some((content, constructed)) = constructed {
            // Writing to a string cannot fail.
            let _ = writeln!(self.before, "let body = {constructed};");
            return self.give(body, content, self::borrowed(&content.kind));
        }
        if !body.required {
            return;
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
                let events = source(&self.scope.events(ty));
                self.hide("body", &events)
            }
            BodyKind::Binary if content.media.essence.contains('*') => {
                format!("\"image/png\", {}", self.hide("body", "Vec<u8>"))
            }
            BodyKind::Binary => self.hide("body", "Vec<u8>"),
        };
        self.give(body, content, &argument);
    }

    /// `let body: types::Pet = serde_json::from_str(…)?;`
    fn written(&self, content: &BodyContent) -> Option<String> {
        let (ty, fallback) = match &content.kind {
            BodyKind::Json(ty) | BodyKind::Form { ty, .. } => (source(&self.scope.ty(ty)), self.own_example(ty)),
            // JSON cannot contain files.
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
    fn constructed(&self, content: &BodyContent) -> Option<String> {
        match &content.kind {
            BodyKind::Json(ty) | BodyKind::Form { ty, .. } if !self.scope.is_nullable(ty) => match &ty.shape {
                Shape::Named(id) => literal::constructed(self.scope, *id),
                _ => None,
            },
            BodyKind::Multipart { ty, .. } => literal::constructed(self.scope, *ty),
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

    fn give(&mut self, body: &RequestBody, content: &BodyContent, argument: &str) {
        if required::is_body_argument(body) {
            self.arguments.push(argument.to_owned());
        } else {
            self.set(content.setter.as_str(), argument);
        }
    }

    fn set(&mut self, name: &str, argument: &str) {
        self.setters.push(format!("{name}({argument})"));
    }
}

/// The argument for a body that a statement before the call constructs.
fn borrowed(kind: &BodyKind) -> &'static str {
    match kind {
        BodyKind::Multipart { .. } => "body",
        _ => "&body",
    }
}

/// JSON as a Rust literal, over several lines if it does not fit on one.
fn shown(example: &Value) -> Option<String> {
    let short = serde_json::to_string(example).ok().filter(|json| json.len() <= MAX_BODY)?;
    let json = if short.len() <= ONE_LINE { short } else { serde_json::to_string_pretty(example).ok()? };
    // Text that would end the literal or the code block around it, or that rustdoc hides.
    let is_safe = !json.contains("\"#") && !json.contains("```") && !json.contains(crate::emit::rustdoc::LINE_BREAK);
    is_safe.then(|| format!("r#\"{json}\"#"))
}
