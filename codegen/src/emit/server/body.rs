//! Prints how a handler reads the body. If there are several media types, there is one way for
//! each.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::constraints;
use crate::emit::Scope;
use crate::emit::client::{part_absence, rest_field};
use crate::emit::operations::{form_constant, parts_constant};
use crate::emit::type_use::Absence;
use crate::ir::model::{
    BodyContent, BodyKind, MultipartPart, Operation, PartContent, RequestBody, StreamedForm, Struct, TypeId, TypeKind,
    TypeUse,
};

/// `body: request.json().await?`
pub(super) fn field(scope: Scope<'_>, operation: &Operation, body: &RequestBody) -> TokenStream {
    let mut reads: Vec<TokenStream> = body.contents.iter().map(|content| read(scope, operation, content)).collect();
    let value = match (reads.len(), body.required) {
        (1, true) => reads.remove(0),
        (1, false) => {
            let read = reads.remove(0);
            quote!(match request.optional_media() { Some(_) => Some(#read), None => None })
        }
        (_, required) => by_media(operation, body, reads, required),
    };
    quote!(body: #value)
}

/// One arm for each media type. The last arm needs no pattern, since the runtime accepts no other
/// media type.
fn by_media(operation: &Operation, body: &RequestBody, reads: Vec<TokenStream>, required: bool) -> TokenStream {
    let name = &operation.body_name;
    let last = reads.len().saturating_sub(1);
    let arms = body.contents.iter().zip(reads).enumerate().map(|(index, (content, read))| {
        let variant = &content.variant;
        let number = Literal::usize_unsuffixed(index);
        let also = also(body, index).map(Literal::usize_unsuffixed);
        let pattern = if index == last { quote!(_) } else { quote!(#number #(| #also)*) };
        if required {
            quote!(#pattern => #name::#variant(#read))
        } else {
            quote!(Some(#pattern) => Some(#name::#variant(#read)))
        }
    });
    if required {
        quote!(match request.media()? { #(#arms,)* })
    } else {
        quote!(match request.optional_media() { #(#arms,)* None => None })
    }
}

/// The indexes of the other media types of a content. In the table, they follow the first media
/// types of all contents.
fn also(body: &RequestBody, index: usize) -> impl Iterator<Item = usize> {
    let before: usize = body.contents.iter().take(index).map(|content| content.also.len()).sum();
    let own = body.contents.get(index).map_or(0, |content| content.also.len());
    let start = body.contents.len() + before;
    start..start + own
}

fn read(scope: Scope<'_>, operation: &Operation, content: &BodyContent) -> TokenStream {
    match &content.kind {
        BodyKind::Json(ty) => validated(scope, ty, &quote!(json), &quote!(json_with)),
        BodyKind::Text(ty) => validated(scope, ty, &quote!(text), &quote!(text_with)),
        BodyKind::Form { fields, .. } if fields.is_empty() => quote!(request.form(&[]).await?),
        BodyKind::Form { .. } => {
            let table = form_constant(operation, content);
            quote!(request.form(descriptors::#table).await?)
        }
        BodyKind::Multipart { ty, parts } => {
            let constant = parts_constant(operation, content);
            match &content.streamed {
                None => multipart(scope, *ty, parts, &constant),
                Some(form) => streamed(scope, *ty, parts, form, &constant),
            }
        }
        BodyKind::Lines(ty) => match constraints::of(scope, ty) {
            None => quote!(request.lines()?),
            Some(constraints) => quote!(request.lines_with(#constraints)?),
        },
        BodyKind::Events(ty) => match constraints::of(scope, ty) {
            None => quote!(request.events()?),
            Some(constraints) => quote!(request.events_with(#constraints)?),
        },
        BodyKind::Binary => quote!(request.body()?),
    }
}

/// A body that is validated, with the constraints of this use if there are any.
fn validated(scope: Scope<'_>, ty: &TypeUse, plain: &TokenStream, constrained: &TokenStream) -> TokenStream {
    match constraints::of(scope, ty) {
        None => quote!(request.#plain().await?),
        Some(constraints) => quote!(request.#constrained(#constraints).await?),
    }
}

fn multipart(scope: Scope<'_>, id: TypeId, parts: &[MultipartPart], constant: &Ident) -> TokenStream {
    let ty = scope.named(id);
    let rest = rest(scope, id);
    if parts.is_empty() && rest.is_none() {
        return quote!(request.multipart(descriptors::#constant, |_| Ok(#ty {})).await?);
    }
    let fields = parts.iter().enumerate().map(|(index, part)| part_field(scope, id, index, part));
    quote!(request.multipart(descriptors::#constant, |form| Ok(#ty { #(#fields,)* #rest })).await?)
}

/// The field with the other parts, if the form keeps them.
fn rest(scope: Scope<'_>, id: TypeId) -> Option<TokenStream> {
    let field = rest_field(scope, id)?;
    let TypeKind::Struct(Struct { unsent, .. }) = &scope.table().get(id).kind else { return None };
    Some(if unsent.is_empty() {
        quote!(#field: form.rest()?)
    } else {
        quote!(#field: form.rest_except(&[#(#unsent),*])?)
    })
}

/// The fields are read first, so that the files follow.
fn streamed(
    scope: Scope<'_>,
    id: TypeId,
    parts: &[MultipartPart],
    form: &StreamedForm,
    constant: &Ident,
) -> TokenStream {
    let StreamedForm { name, files } = form;
    let values = parts.iter().enumerate().filter(|(_, part)| part.content != PartContent::File);
    let fields = values.map(|(index, part)| part_field(scope, id, index, part));
    let rest = rest(scope, id).map(|rest| quote!(#rest,));
    let is_required = |part: &MultipartPart| {
        part.content == PartContent::File
            && matches!(part_absence(scope, id, part), Some(Absence::Never | Absence::Null))
    };
    let required = parts.iter().enumerate().filter(|(_, part)| is_required(part));
    let required = required.map(|(index, _)| Literal::usize_unsuffixed(index));
    let required = quote!(&[#(#required),*]);
    let counted: Vec<TokenStream> =
        parts.iter().enumerate().filter_map(|(i, part)| counted(scope, id, i, part)).collect();
    let remaining = match counted.as_slice() {
        [] => quote!(form.files(#required)?),
        counted => quote!(form.files_with(#required, &[#(#counted),*])?),
    };
    quote! {
        request
            .streamed_form(descriptors::#constant, |form| {
                Ok(#name { #(#fields,)* #rest #files: #remaining })
            })
            .await?
    }
}

/// `(1, &validation::Constraints { … })`, for a list of files whose number is limited.
fn counted(scope: Scope<'_>, id: TypeId, index: usize, part: &MultipartPart) -> Option<TokenStream> {
    if part.content != PartContent::File {
        return None;
    }
    let (index, limits) = (Literal::usize_unsuffixed(index), part_rules(scope, id, part)?);
    Some(quote!((#index, #limits)))
}

/// `title: form.value(0)?`
fn part_field(scope: Scope<'_>, id: TypeId, index: usize, part: &MultipartPart) -> TokenStream {
    let index = Literal::usize_unsuffixed(index);
    let field = &part.field;
    let (plain, constrained) = match part_absence(scope, id, part) {
        _ if part.content == PartContent::File => (quote!(file), quote!(file_with)),
        Some(Absence::AbsentOrNull) => (quote!(maybe), quote!(maybe_with)),
        Some(Absence::Null) => (quote!(nullable), quote!(nullable_with)),
        _ => (quote!(value), quote!(value_with)),
    };
    match part_rules(scope, id, part) {
        None => quote!(#field: form.#plain(#index)?),
        Some(constraints) => quote!(#field: form.#constrained(#index, #constraints)?),
    }
}

/// The constraints on the field of a multipart body into which a part is read.
fn part_rules(scope: Scope<'_>, id: TypeId, part: &MultipartPart) -> Option<TokenStream> {
    let TypeKind::Struct(structure) = &scope.table().get(id).kind else { return None };
    let field = structure.fields.iter().find(|field| field.name == part.field)?;
    constraints::of(scope, &field.ty)
}
