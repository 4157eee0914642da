//! Prints how a request body is passed: as an argument, or through setters, one per media type.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::required::{self, Awaited, Needs};
use crate::emit::operations::{form_constant, parts_constant};
use crate::emit::phrases::{self, code};
use crate::emit::type_use::Absence;
use crate::emit::{Scope, rustdoc};
use crate::ir::model::{
    Api, BodyContent, BodyKind, Extra, MultipartPart, Operation, PartContent, RequestBody, Scalar, Shape, TypeId,
    TypeKind, TypeUse,
};

/// The argument for a required body of one media type.
pub(super) fn argument(api: &Api, operation: &Operation) -> Option<Payload> {
    let body = operation.body.as_ref().filter(|body| required::is_body_argument(body))?;
    let content = body.contents.first()?;
    Some(payload(Scope::beside(&api.types), operation, content, 0, &quote!(call)))
}

/// The body in one media type, in the form that its setter takes.
pub(super) fn of_content(api: &Api, operation: &Operation, content: &BodyContent) -> Payload {
    payload(Scope::beside(&api.types), operation, content, 0, &quote!(self.call))
}

/// Setters for all media types, unless the body is an argument.
pub(super) fn setters(api: &Api, operation: &Operation, needs: &Needs) -> TokenStream {
    let Some(body) = operation.body.as_ref().filter(|body| !required::is_body_argument(body)) else {
        return TokenStream::new();
    };
    let contents = body.contents.iter().enumerate();
    contents.map(|(index, content)| setter(api, operation, needs, body, content, index)).collect()
}

/// Marked `#[inline]`, so that serialization of the body is compiled only where the operation is
/// called.
fn setter(
    api: &Api,
    operation: &Operation,
    needs: &Needs,
    body: &RequestBody,
    content: &BodyContent,
    index: usize,
) -> TokenStream {
    let required = if body.required { " (required)" } else { "" };
    let label = format!("Request body{required} as `{}`", code(&content.media.text));
    let doc = rustdoc::outer_with(&phrases::labelled(&label, &body.doc), &headers_of_parts(api, content));
    let scope = Scope::beside(&api.types);
    let name = &content.setter;
    let Payload { arguments, statements, .. } = payload(scope, operation, content, index, &quote!(self.call));
    let (returned, value) = needs.returned(operation, Awaited::Body);
    quote! {
        #doc
        #[inline]
        pub fn #name(mut self, #arguments) -> #returned {
            #statements
            #value
        }
    }
}

/// The arguments and statements that set a body on `call`.
fn payload(
    scope: Scope<'_>,
    operation: &Operation,
    content: &BodyContent,
    index: usize,
    call: &TokenStream,
) -> Payload {
    let index = Literal::usize_unsuffixed(index);
    let to = Destination { call, index: &index };
    match &content.kind {
        BodyKind::Json(ty) => json(scope, ty, to),
        BodyKind::Form { ty, fields } => {
            let table = if fields.is_empty() { quote!(&[]) } else { table(&form_constant(operation, content)) };
            form(scope, ty, to, &table)
        }
        BodyKind::Multipart { ty, parts } => {
            multipart(scope, *ty, parts, to, &table(&parts_constant(operation, content)))
        }
        BodyKind::Text(ty) => text(scope, ty, to),
        BodyKind::Lines(ty) => lines(scope, ty, to),
        BodyKind::Events(ty) => events(scope, ty, to),
        BodyKind::Binary => binary(content, to),
    }
}

/// Names the files that can have headers, and the types of the headers.
pub(super) fn headers_of_parts(api: &Api, content: &BodyContent) -> Vec<String> {
    let BodyKind::Multipart { parts, .. } = &content.kind else { return Vec::new() };
    let groups = parts.iter().filter_map(|part| Some((part, api.header_groups.get(part.headers?)?)));
    groups
        .map(|(part, group)| {
            format!("The part `{}` can have [headers](operations::{}) of its own.", code(&part.wire), group.name)
        })
        .collect()
}

/// How a body is passed and set.
pub(super) struct Payload {
    pub arguments: TokenStream,
    /// The names of the arguments, to pass them on.
    pub names: TokenStream,
    pub statements: TokenStream,
}

impl Payload {
    /// A payload with one argument, `body`.
    fn of_body(arguments: TokenStream, statements: TokenStream) -> Self {
        Self { arguments, names: quote!(body), statements }
    }
}

/// The call on which a body is set, and the index of its media type.
#[derive(Clone, Copy)]
struct Destination<'a> {
    call: &'a TokenStream,
    index: &'a Literal,
}

fn table(constant: &proc_macro2::Ident) -> TokenStream {
    quote!(descriptors::#constant)
}

fn json(scope: Scope<'_>, ty: &TypeUse, to: Destination<'_>) -> Payload {
    let Destination { call, index } = to;
    let borrowed = borrowed(scope, ty);
    Payload::of_body(quote!(body: #borrowed), quote!(#call.json(#index, body);))
}

fn form(scope: Scope<'_>, ty: &TypeUse, to: Destination<'_>, table: &TokenStream) -> Payload {
    let Destination { call, index } = to;
    let borrowed = borrowed(scope, ty);
    Payload::of_body(quote!(body: #borrowed), quote!(#call.form(#index, body, #table);))
}

fn text(scope: Scope<'_>, ty: &TypeUse, to: Destination<'_>) -> Payload {
    let Destination { call, index } = to;
    if matches!(scope.resolved(&ty.shape), Shape::Scalar(Scalar::String)) {
        return Payload::of_body(quote!(body: impl AsRef<str>), quote!(#call.text(#index, body.as_ref());));
    }
    let borrowed = borrowed(scope, ty);
    Payload::of_body(quote!(body: #borrowed), quote!(#call.text(#index, body);))
}

fn lines(scope: Scope<'_>, ty: &TypeUse, to: Destination<'_>) -> Payload {
    let Destination { call, index } = to;
    let item = scope.ty(ty);
    Payload::of_body(quote!(body: specwright_runtime::Lines<#item>), quote!(#call.lines(#index, body);))
}

fn events(scope: Scope<'_>, ty: &TypeUse, to: Destination<'_>) -> Payload {
    let Destination { call, index } = to;
    let events = scope.events(ty);
    Payload::of_body(quote!(body: #events), quote!(#call.events(#index, body);))
}

fn binary(content: &BodyContent, to: Destination<'_>) -> Payload {
    let Destination { call, index } = to;
    let body = quote!(body: impl Into<specwright_runtime::Body>);
    if content.media.essence.contains('*') {
        return Payload {
            arguments: quote!(content_type: impl AsRef<str>, #body),
            names: quote!(content_type, body),
            statements: quote!(#call.body_as(#index, content_type.as_ref(), body.into());),
        };
    }
    Payload::of_body(body, quote!(#call.body(#index, body.into());))
}

fn multipart(
    scope: Scope<'_>,
    id: TypeId,
    parts: &[MultipartPart],
    to: Destination<'_>,
    table: &TokenStream,
) -> Payload {
    let Destination { call, index } = to;
    let ty = scope.named(id);
    // Files come last, so that a server can read all fields before it reads a file.
    let is_file = |(_, part): &(usize, &MultipartPart)| part.content == PartContent::File;
    let (files, values): (Vec<_>, Vec<_>) = parts.iter().enumerate().partition(is_file);
    let last = values.len();
    let mut adds: Vec<TokenStream> = values
        .into_iter()
        .chain(files)
        .map(|(index, part)| {
            let index = Literal::usize_unsuffixed(index);
            let field = &part.field;
            match part.content {
                PartContent::File => quote!(form.file(#index, body.#field);),
                PartContent::Text | PartContent::Json => match part_absence(scope, id, part) {
                    Some(Absence::AbsentOrNull) => quote!(form.maybe(#index, body.#field.as_ref());),
                    Some(Absence::Null) => quote!(form.nullable(#index, body.#field.as_ref());),
                    _ => quote!(form.value(#index, &body.#field);),
                },
            }
        })
        .collect();
    if let Some(field) = rest(scope, id) {
        adds.insert(last, quote!(form.rest(&body.#field);));
    }
    if adds.is_empty() {
        let form = quote!(specwright_runtime::multipart::Multipart::new(#table));
        let statements = quote! {
            let _: #ty = body;
            #call.multipart(#index, #form);
        };
        return Payload::of_body(quote!(body: #ty), statements);
    }
    let statements = quote! {
        let mut form = specwright_runtime::multipart::Multipart::new(#table);
        #(#adds)*
        #call.multipart(#index, form);
    };
    Payload::of_body(quote!(body: #ty), statements)
}

/// How the field that a part fills represents an absent or null value.
pub(crate) fn part_absence(scope: Scope<'_>, id: TypeId, part: &MultipartPart) -> Option<Absence> {
    let TypeKind::Struct(structure) = &scope.table().get(id).kind else { return None };
    let field = structure.fields.iter().find(|field| field.name == part.field)?;
    Some(scope.absence(field))
}

/// The field with the other properties of a struct, if the struct keeps them.
pub(crate) fn rest(scope: Scope<'_>, id: TypeId) -> Option<&crate::ir::model::FieldName> {
    match &scope.table().get(id).kind {
        TypeKind::Struct(structure) => match &structure.extra {
            Extra::Kept { name, .. } => Some(name),
            Extra::Ignored | Extra::Denied => None,
        },
        _ => None,
    }
}

/// `&T`, or a slice of a list's items; never `Option<&T>`, since `null` is part of the type.
fn borrowed(scope: Scope<'_>, ty: &TypeUse) -> TokenStream {
    if scope.is_nullable(ty) {
        let ty = scope.ty(ty);
        return quote!(&#ty);
    }
    match &ty.shape {
        Shape::List(item) => {
            let item = scope.ty(item);
            quote!(&[#item])
        }
        Shape::Scalar(Scalar::String) => quote!(&str),
        shape => {
            let ty = scope.shape(shape);
            quote!(&#ty)
        }
    }
}
