//! Turns the parameters of an operation into typed ones, with path parameters first, and connects
//! the variables of the path to them.

use std::collections::BTreeMap;

use super::find::FoundParameter;
use super::path::PathKey;
use super::{Direction, Found, OperationBuilder, follow, is_token, media};
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Node, pointer};
use crate::ir::model::{
    Constraints, Doc, FieldName, Location, Media, Parameter, PathTemplate, Scalar, Shape, Style, TypeUse,
};
use crate::ir::naming::{Scope, reserved};
use crate::ir::types::{NameHint, PathParameter};
use crate::openapi::parameters::is_reserved_header;
use crate::raise::COLLECTION_FORMAT;

/// A parameter whose name and location are known.
struct Known<'d> {
    found: &'d FoundParameter<'d>,
    wire: &'d str,
    location: Location,
}

impl<'d> OperationBuilder<'d, '_> {
    /// The parameters of an operation and of its path.
    pub(super) fn parameters(
        &mut self,
        found: &'d Found<'d>,
        hint: &NameHint,
        setters: &mut Scope,
    ) -> (Vec<Parameter>, PathTemplate) {
        let path_key = PathKey::parse(found.key);
        let variables = path_key.variables();
        let known: Vec<Known<'d>> =
            found.parameters.iter().filter_map(|one| self.known(one, &path_key, &variables)).collect();
        let by_name: BTreeMap<&str, &Known<'d>> =
            known.iter().filter(|one| one.location == Location::Path).map(|one| (one.wire, one)).collect();
        let of_path: Vec<&Known<'d>> = variables.iter().filter_map(|name| by_name.get(name).copied()).collect();
        let index: BTreeMap<&str, usize> = of_path.iter().enumerate().map(|(index, one)| (one.wire, index)).collect();
        let mut types = self.path_types(&of_path, hint).into_iter();
        let mut markers = Scope::reserving(reserved::MARKERS);
        let mut parameters = Vec::with_capacity(known.len());
        let others: Vec<&Known<'d>> = known.iter().filter(|one| one.location != Location::Path).collect();
        let mut names = names(&of_path, &others, setters).into_iter();
        for one in of_path.iter().chain(&others) {
            let ty = match one.location {
                Location::Path => types.next().unwrap_or_else(string),
                _ => self.plain_type(one, hint),
            };
            let name = names.next().unwrap_or_else(|| setters.field(one.wire));
            let parameter = self.parameter(one, ty, name, &mut markers);
            parameters.push(self.writable(one.found, parameter));
        }
        let template = path_key.template(found.key, |name| index.get(name).copied());
        self.report_path(found, &path_key);
        (parameters, template)
    }

    /// The parameter, if it can be sent. Otherwise, this reports why not.
    fn known(
        &mut self,
        found: &'d FoundParameter<'d>,
        path_key: &PathKey<'d>,
        variables: &[&str],
    ) -> Option<Known<'d>> {
        let wire = found.node.get("name").and_then(Node::as_str);
        let location = found.node.get("in").and_then(Node::as_str).and_then(location_of);
        let (Some(wire), Some(location)) = (wire, location) else {
            let message = "this parameter has no name, or no location that OpenAPI defines";
            let diagnostic = Diagnostic::new(&codes::UNUSABLE_PARAMETER, found.node, message).at(&*found.pointer);
            self.out
                .report(diagnostic.help("give it a `name`, and an `in` that is `path`, `query`, `header` or `cookie`"));
            return None;
        };
        let diagnostic = match location {
            Location::Path if !variables.contains(&wire) => {
                if let Some(name) = path_key.query_name(wire) {
                    return Some(Known { found, wire: name, location: Location::Query });
                }
                let message = format!("the path has no variable `{wire}`");
                Diagnostic::new(&codes::UNUSABLE_PARAMETER, found.node, message)
                    .help("add it to the path, or remove the parameter")
            }
            Location::Header if is_reserved_header(wire) => {
                let message = format!("the header parameter `{wire}` is ignored");
                Diagnostic::new(&codes::RESERVED_HEADER, found.node, message)
                    .help("describe it by media types or by a security scheme")
            }
            Location::Header if !is_token(wire) => {
                let message = format!("`{wire}` can't be the name of a header");
                Diagnostic::new(&codes::MALFORMED_HEADER, found.node, message).help("use letters, digits and hyphens")
            }
            _ => return Some(Known { found, wire, location }),
        };
        self.out.report(diagnostic.at(&*found.pointer));
        None
    }

    fn path_types(&mut self, of_path: &[&Known<'d>], hint: &NameHint) -> Vec<TypeUse> {
        // A parameter without a schema is a string. `path_parameters` takes only those with a
        // schema.
        let schemas: Vec<Option<&'d Node>> = of_path.iter().map(|one| one.found.node.get("schema")).collect();
        let asked: Vec<PathParameter<'d, '_>> = of_path
            .iter()
            .zip(&schemas)
            .filter_map(|(one, schema)| {
                let component = one.found.node.get("x-component-name").and_then(Node::as_str);
                Some(PathParameter {
                    schema: (*schema)?,
                    pointer: &one.found.schema_pointer,
                    name: one.wire,
                    component,
                })
            })
            .collect();
        let mut asked_types = self.types.path_parameters(&asked, hint, self.out).into_iter();
        let mut types = Vec::with_capacity(of_path.len());
        for (one, schema) in of_path.iter().zip(&schemas) {
            types.push(match schema {
                Some(_) => sendable(asked_types.next().unwrap_or_else(string)),
                None => self.plain_type(one, hint),
            });
        }
        types
    }

    /// The type of a parameter, from its schema or content.
    fn plain_type(&mut self, one: &Known<'d>, hint: &NameHint) -> TypeUse {
        let usage = self.request_usage();
        let hint = hint.child(one.wire).at(one.found.node, "");
        if let Some((media, object)) = content(one.found.node) {
            let at = pointer::join(&pointer::join(&one.found.pointer, "content"), &media.text);
            let is_typed = media::is_json(&media.essence) || one.location == Location::QueryString;
            return match object.get("schema") {
                Some(schema) if is_typed => {
                    self.types.type_use(schema, &pointer::join(&at, "schema"), usage, &hint, self.out)
                }
                None if is_typed => any(),
                _ => string(),
            };
        }
        match one.found.node.get("schema") {
            Some(schema) => sendable(self.types.type_use(schema, &one.found.schema_pointer, usage, &hint, self.out)),
            None => string(),
        }
    }

    fn parameter(&mut self, one: &Known<'d>, ty: TypeUse, name: FieldName, markers: &mut Scope) -> Parameter {
        let node = one.found.node;
        // A whole query with another media type is a form, because queries represent objects as
        // forms.
        let content = content(node).map(|(media, _)| media).filter(|media| media::is_json(&media.essence));
        let style = self.style(one);
        let explode = node.get("explode").and_then(Node::as_bool);
        let flag = |key| node.get(key).and_then(Node::as_bool).unwrap_or(false);
        Parameter {
            name,
            marker: markers.type_name(one.wire),
            wire: one.wire.to_owned(),
            location: one.location,
            style,
            explode: explode.unwrap_or(style == Style::Form || style == Style::DeepObject),
            allow_reserved: flag("allowReserved"),
            required: one.location == Location::Path || flag("required"),
            allow_empty: one.location == Location::Query && flag("allowEmptyValue"),
            content,
            ty,
            default: self.default_of(node),
            doc: Doc::of(node),
        }
    }

    fn style(&mut self, one: &Known<'d>) -> Style {
        let fallback = match one.location {
            Location::Path | Location::Header => Style::Simple,
            Location::Query | Location::Cookie | Location::QueryString => Style::Form,
        };
        let Some(node) = one.found.node.get("style") else { return fallback };
        // Swagger 2.0 also has these lists in paths and headers.
        if one.found.node.get(COLLECTION_FORMAT).is_some() {
            match node.as_str() {
                Some("spaceDelimited") => return Style::SpaceDelimited,
                Some("pipeDelimited") => return Style::PipeDelimited,
                Some("tabDelimited") => return Style::TabDelimited,
                _ => {}
            }
        }
        let style = match (node.as_str().unwrap_or_default(), one.location) {
            ("simple", Location::Path | Location::Header) => Some(Style::Simple),
            ("label", Location::Path) => Some(Style::Label),
            ("matrix", Location::Path) => Some(Style::Matrix),
            ("form", Location::Query | Location::Cookie | Location::QueryString) | ("cookie", Location::Cookie) => {
                Some(Style::Form)
            }
            ("spaceDelimited", Location::Query) => Some(Style::SpaceDelimited),
            ("pipeDelimited", Location::Query) => Some(Style::PipeDelimited),
            ("deepObject", Location::Query) => Some(Style::DeepObject),
            _ => None,
        };
        if style.is_none() {
            let message = format!("the parameter `{}` has a style that its location does not allow", one.wire);
            let diagnostic =
                Diagnostic::new(&codes::INVALID_STYLE, node, message).at(pointer::join(&one.found.pointer, "style"));
            self.out.report(diagnostic.help("remove `style` to use the default of the location"));
        }
        style.unwrap_or(fallback)
    }

    fn default_of(&self, node: &Node) -> Option<serde_json::Value> {
        let schema = node.get("schema")?;
        let default = schema.get("default").or_else(|| follow(self.document, schema).get("default"))?;
        Some(default.to_json())
    }

    fn report_path(&mut self, found: &Found<'_>, path_key: &PathKey<'_>) {
        if self.direction == Direction::FromApi {
            return;
        }
        let mut report = |code, message: String, help: &str| {
            self.out.report(Diagnostic::new(code, found.key_span, message).at(&*found.pointer).help(help));
        };
        let key = found.key;
        if let Some(fragment) = path_key.fragment {
            let message = format!("`#{fragment}` of the path `{key}` is never sent");
            report(&codes::PATH_FRAGMENT, message, "no action is needed; the request is sent without it");
        }
        if path_key.has_adjacent_variables() {
            let message = format!("two parameters of the path `{key}` are adjacent");
            report(&codes::ADJACENT_PATH_PARAMETERS, message, "put text between them if the API allows it");
        }
    }
}

/// The names of all parameters of an operation. Those of the path come first; the others follow in
/// the order of their wire names and locations.
fn names(of_path: &[&Known<'_>], others: &[&Known<'_>], setters: &mut Scope) -> Vec<FieldName> {
    let wires: Vec<&str> = of_path.iter().map(|one| one.wire).collect();
    let mut names = setters.fields(&wires);
    let mut sorted: Vec<(usize, &&Known<'_>)> = others.iter().enumerate().collect();
    sorted.sort_by_key(|(_, one)| (one.wire, format!("{:?}", one.location)));
    let wires: Vec<&str> = sorted.iter().map(|(_, one)| one.wire).collect();
    let mut rest: Vec<(usize, FieldName)> =
        sorted.iter().map(|(index, _)| *index).zip(setters.fields(&wires)).collect();
    rest.sort_by_key(|(index, _)| *index);
    names.extend(rest.into_iter().map(|(_, name)| name));
    names
}

fn location_of(text: &str) -> Option<Location> {
    Some(match text {
        "path" => Location::Path,
        "query" => Location::Query,
        "header" => Location::Header,
        "cookie" => Location::Cookie,
        "querystring" => Location::QueryString,
        _ => return None,
    })
}

/// The media type and media type object of a parameter or header with `content`.
pub(super) fn content(node: &Node) -> Option<(Media, &Node)> {
    let entry = node.get("content")?.as_object()?.at(0)?;
    Some((media::parse(&entry.key)?, &entry.value))
}

/// A plain string.
pub(super) fn string() -> TypeUse {
    TypeUse { shape: Shape::Scalar(Scalar::String), nullable: false, constraints: Constraints::default() }
}

/// Any JSON.
pub(super) fn any() -> TypeUse {
    TypeUse { shape: Shape::Any, nullable: false, constraints: Constraints::default() }
}

/// The type as it is sent outside a body: without `null`, and with text for bytes.
pub(super) fn sendable(mut ty: TypeUse) -> TypeUse {
    ty.nullable = false;
    if ty.shape == Shape::Scalar(Scalar::Binary) {
        ty.shape = Shape::Scalar(Scalar::String);
    }
    ty
}
