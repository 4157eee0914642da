//! Writes an application of a generated crate from the text of its surface. The application names
//! every public item with its signature.
//!
//! Structs are built with constructors and setters, and open enums are matched with a last arm, as
//! decision 16 asks.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The start of every file of an application; `crate::any` makes a value of any type.
const HEAD: &str = "use std::collections::BTreeMap;
use std::fmt::Display;
use serde_json::Value;
use specwright_runtime::{
    Base64, Basic, Body, ByteStream, Bytes, Date, DateTime, Decimal, Duration, Email, Events, File, Ipv4, Ipv6, Lines,
    MaybeAbsent, Never, Null, Secret, StatusCode, Time, Uri, Uuid,
};
use super::api::*;
use crate::any;
";

/// The lines of a surface, sorted by their content.
#[derive(Default)]
struct Lines<'s> {
    /// Fields by the path of their struct: name, type, and the rest of the line.
    fields: BTreeMap<&'s str, Vec<(&'s str, &'s str, &'s str)>>,
    /// Heads by path: `struct`, `union`, `open enum of strings`.
    heads: BTreeMap<&'s str, &'s str>,
    /// The contents of a path: variants with their content, functions with their arguments.
    inner: BTreeMap<&'s str, Vec<&'s str>>,
    /// Traits by path.
    traits: Vec<(&'s str, &'s str)>,
    aliases: Vec<(&'s str, &'s str)>,
    /// The credentials that methods of traits receive.
    principals: BTreeMap<&'s str, &'s str>,
}

/// An application of the crate with this surface.
pub fn consumer(surface: &str) -> String {
    let mut lines = Lines::default();
    surface.lines().for_each(|line| lines.read(line));
    let mut code = HEAD.to_owned();
    let mut count = 0;
    let mut function = |body: String| {
        count += 1;
        let _ = writeln!(code, "fn use_{count}() {{ {body} }}");
    };
    lines.structs().into_iter().for_each(&mut function);
    lines.enums().into_iter().for_each(&mut function);
    lines.traits.iter().map(|(path, name)| of_trait(path, name)).for_each(&mut function);
    lines.aliases.iter().map(|(path, of)| format!("let _: {of} = any::<{path}>();")).for_each(&mut function);
    lines.calls().into_iter().for_each(&mut function);
    code.push_str(&lines.services());
    code
}

impl<'s> Lines<'s> {
    fn read(&mut self, line: &'s str) {
        if let Some((path, name)) = line.split_once(" impl ").filter(|(path, _)| !path.contains([' ', '('])) {
            return self.traits.push((path, name));
        }
        if let Some((path, need)) = line.split_once(" principal ") {
            self.principals.insert(path, need);
            return;
        }
        let end = line.find([':', '(', ' ', '=']).unwrap_or(line.len());
        let end = end_of_path(line).max(end);
        let (path, rest) = line.split_at(end);
        let is_type = path.starts_with("types::") && path.matches("::").count() == 1;
        // It is not promised which places have the same type.
        if rest.starts_with(" = shared::") {
            return;
        }
        if let Some(of) = rest.strip_prefix(" = ").filter(|_| is_type) {
            return self.aliases.push((path, of));
        }
        match (path.rsplit_once('.'), rest.strip_prefix(": ")) {
            (Some((owner, name)), Some(ty)) => {
                let (ty, after) = split_type(ty);
                self.fields.entry(owner).or_default().push((name, ty, after));
            }
            (None, Some(head)) => {
                self.heads.insert(path, head);
            }
            _ => {
                let owner = path.rsplit_once("::").map_or("", |(owner, _)| owner);
                self.inner.entry(owner).or_default().push(&line[owner.len()..]);
            }
        }
    }

    /// Reads every field, and makes each struct in all the ways that it offers.
    fn structs(&self) -> Vec<String> {
        let mut bodies = Vec::new();
        for (path, fields) in &self.fields {
            for (name, ty, after) in fields {
                bodies.push(format!("let _: {} = any::<{path}>().{name};", self.qualified(path, ty)));
                let inner = ty.strip_prefix("Option<").and_then(|rest| rest.strip_suffix('>'));
                let is_set = path.starts_with("types::") && !after.contains("required") && !after.contains("constant");
                if is_set {
                    let setter = after.split_once("set by ").map_or(*name, |(_, setter)| setter);
                    bodies.push(format!("let _ = any::<{path}>().{setter}(any::<{}>());", inner.unwrap_or(ty)));
                }
            }
        }
        for (path, inside) in &self.inner {
            for new in inside.iter().filter_map(|text| text.strip_prefix("::new(")?.strip_suffix(')')) {
                bodies.push(self.construction(path, new));
            }
        }
        bodies
    }

    /// A type with its module, if it is one beside a struct, such as the bodies of an input.
    fn qualified(&self, path: &str, ty: &str) -> String {
        let module = path.split("::").next().unwrap_or_default();
        let name = ty.strip_prefix("Option<").and_then(|rest| rest.strip_suffix('>')).unwrap_or(ty);
        let full = format!("{module}::{name}");
        if self.heads.contains_key(full.as_str()) { ty.replace(name, &full) } else { ty.to_owned() }
    }

    fn construction(&self, path: &str, argument: &str) -> String {
        let fields = self.fields.get(path).map(Vec::as_slice).unwrap_or_default();
        let required = |(name, ty, after): &(&str, &str, &str)| {
            // A box is made by the constructor.
            let ty = ty.strip_prefix("Box<").and_then(|ty| ty.strip_suffix('>')).unwrap_or(ty).to_owned();
            after.contains("required").then(|| ((*name).to_owned(), ty))
        };
        let asked: Vec<(String, String)> = fields.iter().filter_map(required).collect();
        match asked.as_slice() {
            [] => format!("let _ = {path}::new();"),
            [(_, ty)] => format!("let _ = {path}::new(any::<{ty}>());"),
            all => {
                let all: Vec<String> = all.iter().map(|(name, ty)| format!("{name}: any::<{ty}>()")).collect();
                format!("let _ = {path}::new({argument} {{ {} }});", all.join(", "))
            }
        }
    }

    /// Matches every enum, and unwraps newtypes.
    fn enums(&self) -> Vec<String> {
        let mut bodies = Vec::new();
        let errors = self.errors();
        for (path, head) in &self.heads {
            if let Some(inner) = head.strip_prefix("newtype of ") {
                let (inner, checked) = inner.strip_suffix(" checked").map_or((inner, false), |inner| (inner, true));
                bodies.push(format!("let _: {inner} = any::<{path}>().into_inner();"));
                let call = if checked { "try_from" } else { "from" };
                bodies.push(format!("let _ = {path}::{call}(any::<{inner}>());"));
                continue;
            }
            let is_enum = *head == "union" || head.contains("enum");
            if !is_enum {
                continue;
            }
            let variants = self.inner.get(path).map(Vec::as_slice).unwrap_or_default();
            let variants = variants.iter().filter(|text| !text.contains("() -> "));
            let mut arms: Vec<String> = variants.map(|text| arm(path, text)).collect();
            if head.contains("open") || errors.contains(*path) {
                arms.push("_ => {}".to_owned());
            }
            bodies.push(format!("match any::<{path}>() {{ {} }}", arms.join(" ")));
            if self.inner.get(path).is_some_and(|all| all.iter().any(|text| text.contains("into_body() -> "))) {
                bodies.push(format!("let _ = any::<{path}>().into_body();"));
            }
        }
        bodies
    }

    /// The paths of the error enums.
    fn errors(&self) -> BTreeSet<String> {
        let methods = self.inner.iter().filter(|(path, _)| path.starts_with("server") || path.starts_with("webhooks"));
        let methods = methods.flat_map(|(_, methods)| methods);
        methods
            .filter_map(|text| Some(format!("operations::{}", text.split_once(") -> ")?.1.split_once(", ")?.1)))
            .collect()
    }

    /// Calls every method of clients, builders and servers.
    fn calls(&self) -> Vec<String> {
        let mut bodies = Vec::new();
        for (path, inside) in &self.inner {
            let module = path.split("::").next().unwrap_or_default();
            for text in inside {
                let text = text.strip_prefix("::").unwrap_or(text);
                let called = text.split_once('(').map(|(name, rest)| (name, arguments(rest)));
                match (module, *path) {
                    ("client", "client::servers") => match called {
                        Some((name, arguments)) => {
                            let count = arguments.iter().filter(|one| !one.is_empty()).count();
                            bodies
                                .push(format!("let _ = client::servers::{name}({});", vec!["\"\""; count].join(", ")));
                        }
                        None => bodies.push(format!("let _: &str = client::servers::{};", constant(text))),
                    },
                    ("client" | "sender", _) => {
                        let Some((name, arguments)) = called else { continue };
                        let arguments: Vec<String> = arguments.iter().map(|one| value(one)).collect();
                        if text.contains(") of ") {
                            let setters = self.required_setters(path);
                            bodies.push(format!("let _ = any::<{path}>(){setters}.{name}({});", arguments.join(", ")));
                            continue;
                        }
                        let returned = text.split_once(") -> ").map_or("_".to_owned(), |(_, of)| match of {
                            of if of.starts_with("groups::") => of.to_owned(),
                            of => format!("{module}::{of}"),
                        });
                        let call = format!("any::<{path}>().{name}({})", arguments.join(", "));
                        if text.ends_with("RequestBuilder") {
                            bodies.push(format!("let _ = {call}{}.send();", self.required_setters(&returned)));
                        }
                        bodies.push(format!("let _: {returned} = {call};"));
                    }
                    _ => {}
                }
            }
        }
        let groups = self.inner.iter().filter(|(path, _)| path.starts_with("groups::"));
        for (path, methods) in groups {
            let names = methods.iter().filter_map(|text| text.strip_prefix("::")?.split_once(" = "));
            let of_client = self.inner.get("client::Client").map(Vec::as_slice).unwrap_or_default();
            for (name, of) in names {
                let start = format!("{}(", of.trim_start_matches("client::Client"));
                let Some(rest) = of_client.iter().find_map(|text| text.strip_prefix(&start)) else { continue };
                let arguments: Vec<String> = arguments(rest).iter().map(|one| value(one)).collect();
                bodies.push(format!("let _ = any::<{path}>().{name}({});", arguments.join(", ")));
            }
        }
        let schemes = self.heads.iter().filter(|(_, head)| **head == "Scheme");
        bodies.extend(schemes.map(|(path, _)| format!("let _ = &{path};")));
        bodies
    }

    /// The setters that a request needs to compile; one for the body, if there are several.
    fn required_setters(&self, builder: &str) -> String {
        let setters = self.inner.get(builder).map(Vec::as_slice).unwrap_or_default();
        let required = setters.iter().filter_map(|text| text.strip_prefix("::")?.strip_suffix(" required"));
        let mut code = String::new();
        let mut has_body = false;
        for (name, rest) in required.filter_map(|text| text.split_once('(')) {
            let arguments = arguments(rest);
            let is_body = arguments.iter().any(|one| one.contains("body: ") || one.starts_with("_: "));
            if is_body && std::mem::replace(&mut has_body, true) {
                continue;
            }
            let arguments: Vec<String> = arguments.iter().map(|one| value(one)).collect();
            let _ = write!(code, ".{name}({})", arguments.join(", "));
        }
        code
    }

    /// Implements every trait of a server.
    fn services(&self) -> String {
        let mut code = String::new();
        for (index, (path, _)) in self.heads.iter().filter(|(_, head)| **head == "trait").enumerate() {
            let mut methods = String::new();
            if self.inner.get(path).is_some_and(|all| all.iter().any(|text| text.contains("::Principal and"))) {
                methods.push_str(
                    "type Principal = ();\nasync fn authenticate(&self, _: security::Credentials, _: &rt::Context) -> \
                     Result<(), rt::AuthError> { any() }\n",
                );
            }
            for text in self.inner.get(path).into_iter().flatten() {
                let Some((name, rest)) = text.trim_start_matches("::").split_once('(') else { continue };
                let Some((input, outcome)) = rest.split_once(") -> ") else { continue };
                let Some((success, error)) = outcome.split_once(", ") else { continue };
                let principal = match self.principals.get(format!("{path}::{name}").as_str()) {
                    Some(&"required") => "_: (), ",
                    Some(&"optional") => "_: Option<()>, ",
                    _ => "",
                };
                let module = path.split("::").next().unwrap_or_default();
                let _ = writeln!(
                    methods,
                    "async fn {name}(&self, {principal}_: {module}::{input}, _: rt::Context) -> Result<operations::{success}, \
                     rt::Failure<operations::{error}>> {{ any() }}"
                );
            }
            let _ = write!(code, "struct Service{index};\nimpl {path} for Service{index} {{\n{methods}}}\n");
        }
        format!("use specwright_runtime::server as rt;\n{code}")
    }
}

/// The end of the path at the start of a line: before `: `, `(`, ` ` or the end.
fn end_of_path(line: &str) -> usize {
    let mut rest = line;
    let mut end = 0;
    while let Some(index) = rest.find(|char: char| !(char.is_alphanumeric() || matches!(char, '_' | '.' | '#'))) {
        end += index;
        if !rest[index..].starts_with("::") {
            return end;
        }
        end += 2;
        rest = &line[end..];
    }
    line.len()
}

/// A type and the rest of the text: `String` and `required`.
fn split_type(text: &str) -> (&str, &str) {
    let mut depth = 0;
    for (index, char) in text.char_indices() {
        match char {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth -= 1,
            ' ' | ',' if depth == 0 => return (&text[..index], &text[index..]),
            _ => {}
        }
    }
    (text, "")
}

fn constant(text: &str) -> &str {
    text.split(" = ").next().unwrap_or(text)
}

/// An arm that reads the content of a variant.
fn arm(path: &str, text: &str) -> String {
    let text = text.split(" = ").next().unwrap_or(text);
    if let Some((name, content)) = text.split_once('(') {
        let types = arguments(content);
        let names: Vec<String> = (0..types.len()).map(|index| format!("v{index}")).collect();
        let reads: Vec<String> = names.iter().zip(&types).map(|(name, ty)| format!("let _: {ty} = {name};")).collect();
        return format!("{path}{name}({}) => {{ {} }}", names.join(", "), reads.join(" "));
    }
    if let Some((name, fields)) = text.split_once(" { ") {
        let fields = fields.trim_end_matches(" }").split(", ").filter_map(|field| field.split_once(": "));
        let fields: Vec<(&str, &str)> = fields.collect();
        let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
        let reads: Vec<String> = fields.iter().map(|(name, ty)| format!("let _: {ty} = {name};")).collect();
        return format!("{path}{name} {{ {} }} => {{ {} }}", names.join(", "), reads.join(" "));
    }
    format!("{path}{text} => {{}}")
}

/// The arguments up to the closing parenthesis.
fn arguments(text: &str) -> Vec<&str> {
    let mut depth = 0;
    let (mut found, mut start) = (Vec::new(), 0);
    for (index, char) in text.char_indices() {
        match char {
            '<' | '(' | '[' => depth += 1,
            ')' if depth == 0 => {
                found.push(text[start..index].trim());
                break;
            }
            '>' if text[..index].ends_with('-') => {}
            '>' | ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                found.push(text[start..index].trim());
                start = index + 1;
            }
            _ => {}
        }
    }
    found.retain(|argument| !argument.is_empty());
    found
}

/// A value that can be passed for an argument such as `id: impl AsRef<str>`.
fn value(argument: &str) -> String {
    let ty = argument.split_once(": ").filter(|(name, _)| !name.contains(['<', '&'])).map_or(argument, |(_, ty)| ty);
    let inside = |prefix: &str| ty.strip_prefix(prefix).and_then(|rest| rest.strip_suffix('>'));
    if ty == "impl AsRef<str>" {
        return "any::<String>()".to_owned();
    }
    if let Some(of) = inside("impl Into<") {
        return format!("any::<{of}>()");
    }
    if let Some((of, _)) = inside("impl TryInto<").and_then(|inside| inside.rsplit_once(", Error")) {
        return format!("any::<{of}>()");
    }
    if let Some(item) = inside("impl IntoIterator<Item = ") {
        let item = item.strip_prefix("impl Into<").and_then(|item| item.strip_suffix('>')).unwrap_or(item);
        return format!("any::<Vec<{item}>>()");
    }
    format!("any::<{}>()", ty.replace('&', "&'static "))
}

fn of_trait(path: &str, name: &str) -> String {
    if let Some(body) = name.strip_prefix("SingleBody<Body = ").and_then(|body| body.strip_suffix('>')) {
        return format!("let _: {body} = specwright_runtime::client::SingleBody::into_body(any::<{path}>());");
    }
    let name = name.split(" = ").next().unwrap_or(name);
    if let Some(from) = name.strip_prefix("From<").and_then(|from| from.strip_suffix('>')) {
        return format!("let _ = {path}::from(any::<{from}>());");
    }
    let bounds = name.replace(", ", " + ").replace("Hash", "std::hash::Hash");
    format!("fn check<T: {bounds}>() {{}} check::<{path}>();")
}
