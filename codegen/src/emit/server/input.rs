//! Prints the input of a method: a struct of the parameters and the body. A body that has several
//! media types is an enum.

use proc_macro2::TokenStream;
use quote::quote;

use super::{defaults, scope};
use crate::emit::phrases::{self, code};
use crate::emit::{Scope, rustdoc};
use crate::ir::model::{
    Api, BodyContent, BodyKind, Doc, Extra, Field, FieldName, Operation, Parameter, PartContent, RequestBody,
    StreamedForm, TypeKind,
};

/// Input struct and body enum of an operation.
pub(super) fn input(api: &Api, operation: &Operation) -> TokenStream {
    let scope = scope(api);
    let doc = phrases::title(&format!("A valid request for `{}`.", code(&operation.id)));
    let name = &operation.input;
    let parameters = operation.parameters.iter().map(|one| field(scope, one));
    let body = operation.body.as_ref().map(|body| body_field(scope, operation, body));
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    let forms = contents.filter_map(|content| form(scope, operation, content));
    let variants = operation.body.as_ref().map(|body| body_enum(scope, operation, body));
    quote! {
        #doc
        #[derive(Debug)]
        pub struct #name { #(#parameters,)* #body }
        #variants
        #(#forms)*
    }
}

fn field(scope: Scope<'_>, parameter: &Parameter) -> TokenStream {
    let doc = Doc { deprecated: None, ..phrases::parameter(parameter) };
    let doc = rustdoc::outer_with(&doc, phrases::default(parameter).as_slice());
    let (name, ty) = (&parameter.name, scope.shape(&parameter.ty.shape));
    if is_optional(scope, parameter) { quote!(#doc pub #name: Option<#ty>) } else { quote!(#doc pub #name: #ty) }
}

/// Whether a parameter may be absent. A server fills in a default if there is one.
pub(crate) fn is_optional(scope: Scope<'_>, parameter: &Parameter) -> bool {
    !parameter.required && defaults::of(scope, parameter).is_none()
}

fn body_field(scope: Scope<'_>, operation: &Operation, body: &RequestBody) -> TokenStream {
    let ty = if let [content] = body.contents.as_slice() {
        body_type(scope, content)
    } else {
        let name = &operation.body_name;
        quote!(#name)
    };
    let doc = rustdoc::outer(&phrases::labelled("Request body", &body.doc));
    if body.required { quote!(#doc pub body: #ty) } else { quote!(#doc pub body: Option<#ty>) }
}

fn body_enum(scope: Scope<'_>, operation: &Operation, body: &RequestBody) -> TokenStream {
    if body.contents.len() < 2 {
        return TokenStream::new();
    }
    let doc = phrases::title(&format!("Request body of `{}`, by media type.", code(&operation.id)));
    let name = &operation.body_name;
    let variants = body.contents.iter().map(|content| {
        let doc = phrases::title(&format!("`{}`", code(&content.media.text)));
        let (name, ty) = (&content.variant, body_type(scope, content));
        quote!(#doc #name(#ty))
    });
    quote! {
        #doc
        #[derive(Debug)]
        pub enum #name { #(#variants),* }
    }
}

/// The struct of a form whose files are read as they arrive.
fn form(scope: Scope<'_>, operation: &Operation, content: &BodyContent) -> Option<TokenStream> {
    let StreamedForm { name, files } = content.streamed.as_ref()?;
    let doc = phrases::title(&format!("The form of `{}`, whose files are read as they arrive.", code(&operation.id)));
    let fields = form_fields(scope, content).into_iter().map(|(name, ty, doc)| {
        let doc = doc.map(|doc| rustdoc::outer(&doc));
        quote!(#doc pub #name: #ty)
    });
    Some(quote! {
        #doc
        #[derive(Debug)]
        pub struct #name {
            #(#fields,)*
            /// The files, one by one. The form is known to be valid only after the last one.
            pub #files: rt::FileParts,
        }
    })
}

/// The fields of a form that are not files: names, types and documentation.
pub(crate) fn form_fields<'a>(
    scope: Scope<'a>,
    content: &'a BodyContent,
) -> Vec<(&'a FieldName, TokenStream, Option<Doc>)> {
    let BodyKind::Multipart { ty, parts } = &content.kind else { return Vec::new() };
    let TypeKind::Struct(body) = &scope.table().get(*ty).kind else { return Vec::new() };
    let is_file =
        |field: &Field| parts.iter().any(|part| part.field == field.name && part.content == PartContent::File);
    let values = body.fields.iter().filter(|field| !is_file(field));
    let mut fields: Vec<_> = values
        .map(|field| {
            let label = format!("`{}`", code(&field.wire));
            (&field.name, scope.field(field), Some(phrases::labelled(&label, &field.doc)))
        })
        .collect();
    if let Extra::Kept { name, value, .. } = &body.extra {
        let value = scope.ty(value);
        let doc = Doc { summary: Some("Fields that the document does not name.".to_owned()), ..Doc::default() };
        fields.push((name, quote!(std::collections::BTreeMap<String, #value>), Some(doc)));
    }
    fields
}

/// The type of a body in one media type.
pub(crate) fn body_type(scope: Scope<'_>, content: &BodyContent) -> TokenStream {
    match &content.kind {
        BodyKind::Json(ty) | BodyKind::Form { ty, .. } | BodyKind::Text(ty) => scope.ty(ty),
        BodyKind::Multipart { ty, .. } => match &content.streamed {
            Some(StreamedForm { name, .. }) => quote!(#name),
            None => scope.named(*ty),
        },
        BodyKind::Lines(ty) => {
            let item = scope.ty(ty);
            quote!(specwright_runtime::Lines<#item>)
        }
        BodyKind::Events(ty) => scope.events(ty),
        BodyKind::Binary => quote!(specwright_runtime::Body),
    }
}
