//! Prints the setters of a request body, one per media type.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::operations::{form_constant, parts_constant};
use crate::emit::phrases::{self, code};
use crate::emit::{Scope, docs};
use crate::ir::model::{
    Api, BodyContent, BodyKind, Extra, MultipartPart, Operation, PartContent, RequestBody, Scalar, Shape, TypeId,
    TypeKind, TypeUse,
};

/// Setters of all media types.
pub(super) fn setters(api: &Api, operation: &Operation) -> TokenStream {
    let Some(body) = &operation.body else { return TokenStream::new() };
    let contents = body.contents.iter().enumerate();
    contents.map(|(index, content)| setter(api, operation, body, content, index)).collect()
}

/// Marked `#[inline]`, so that serialization of the body is compiled where the operation is called,
/// and only there.
fn setter(api: &Api, operation: &Operation, body: &RequestBody, content: &BodyContent, index: usize) -> TokenStream {
    let required = if body.required { " (required)" } else { "" };
    let label = format!("Request body{required} as `{}`", code(&content.media.text));
    let doc = docs::outer_with(&phrases::labelled(&label, &body.doc), &headers_of_parts(api, content));
    let scope = Scope::beside(&api.types);
    let index = Literal::usize_unsuffixed(index);
    let name = &content.setter;
    let Setter { arguments, statements } = match &content.kind {
        BodyKind::Json(ty) => json(scope, ty, &index),
        BodyKind::Form { ty, fields } => {
            let table = if fields.is_empty() { quote!([]) } else { table(&form_constant(operation, content)) };
            form(scope, ty, &index, &table)
        }
        BodyKind::Multipart { ty, parts } => {
            multipart(scope, *ty, parts, &index, &table(&parts_constant(operation, content)))
        }
        BodyKind::Text(ty) => text(scope, ty, &index),
        BodyKind::Lines(ty) => lines(scope, ty, &index),
        BodyKind::Events(ty) => events(scope, ty, &index),
        BodyKind::Binary => binary(content, &index),
    };
    quote! {
        #doc
        #[inline]
        pub fn #name(mut self, #arguments) -> Self {
            #statements
            self
        }
    }
}

/// Names the files that can have headers, and the types of the headers.
fn headers_of_parts(api: &Api, content: &BodyContent) -> Vec<String> {
    let BodyKind::Multipart { parts, .. } = &content.kind else { return Vec::new() };
    let groups = parts.iter().filter_map(|part| Some((part, api.header_groups.get(part.headers?)?)));
    groups
        .map(|(part, group)| {
            format!("The part `{}` can have [headers](operations::{}) of its own.", code(&part.wire), group.name)
        })
        .collect()
}

struct Setter {
    arguments: TokenStream,
    statements: TokenStream,
}

fn table(constant: &proc_macro2::Ident) -> TokenStream {
    quote!(descriptors::#constant)
}

fn json(scope: Scope<'_>, ty: &TypeUse, index: &Literal) -> Setter {
    let borrowed = borrowed(scope, ty);
    Setter { arguments: quote!(body: #borrowed), statements: quote!(self.call.json(#index, body);) }
}

fn form(scope: Scope<'_>, ty: &TypeUse, index: &Literal, table: &TokenStream) -> Setter {
    let borrowed = borrowed(scope, ty);
    Setter { arguments: quote!(body: #borrowed), statements: quote!(self.call.form(#index, body, &#table);) }
}

fn text(scope: Scope<'_>, ty: &TypeUse, index: &Literal) -> Setter {
    if matches!(scope.resolved(&ty.shape), Shape::Scalar(Scalar::String)) {
        return Setter {
            arguments: quote!(body: impl AsRef<str>),
            statements: quote!(self.call.text(#index, body.as_ref());),
        };
    }
    let borrowed = borrowed(scope, ty);
    Setter { arguments: quote!(body: #borrowed), statements: quote!(self.call.text(#index, body);) }
}

fn lines(scope: Scope<'_>, ty: &TypeUse, index: &Literal) -> Setter {
    let item = scope.ty(ty);
    Setter {
        arguments: quote!(body: specwright_runtime::Lines<#item>),
        statements: quote!(self.call.lines(#index, body);),
    }
}

fn events(scope: Scope<'_>, ty: &TypeUse, index: &Literal) -> Setter {
    let item = scope.ty(ty);
    Setter {
        arguments: quote!(body: specwright_runtime::Events<#item>),
        statements: quote!(self.call.events(#index, body);),
    }
}

fn binary(content: &BodyContent, index: &Literal) -> Setter {
    let body = quote!(body: impl Into<specwright_runtime::Body>);
    if content.media.essence.contains('*') {
        return Setter {
            arguments: quote!(content_type: impl AsRef<str>, #body),
            statements: quote!(self.call.body_as(#index, content_type.as_ref(), body.into());),
        };
    }
    Setter { arguments: body, statements: quote!(self.call.body(#index, body.into());) }
}

fn multipart(scope: Scope<'_>, id: TypeId, parts: &[MultipartPart], index: &Literal, table: &TokenStream) -> Setter {
    let ty = scope.named(id);
    let adds = parts.iter().enumerate().map(|(index, part)| {
        let index = Literal::usize_unsuffixed(index);
        let field = &part.field;
        match part.content {
            PartContent::File => quote!(form.file(#index, body.#field);),
            PartContent::Text | PartContent::Json => quote!(form.value(#index, &body.#field);),
        }
    });
    let rest = rest(scope, id).map(|field| quote!(form.rest(&body.#field);));
    if parts.is_empty() && rest.is_none() {
        let form = quote!(specwright_runtime::multipart::Multipart::new(&#table));
        return Setter { arguments: quote!(_: #ty), statements: quote!(self.call.multipart(#index, #form);) };
    }
    Setter {
        arguments: quote!(body: #ty),
        statements: quote! {
            let mut form = specwright_runtime::multipart::Multipart::new(&#table);
            #(#adds)*
            #rest
            self.call.multipart(#index, form);
        },
    }
}

/// The field with the other properties of a struct, if it keeps them.
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
