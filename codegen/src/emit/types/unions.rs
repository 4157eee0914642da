//! Prints unions. A union is an enum with one variant for each member; the members are told apart
//! by tag or by shape.

use std::collections::HashMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::constructors;
use crate::emit::constraints::signed;
use crate::emit::rustdoc;
use crate::emit::type_use::{self, Scope};
use crate::ir::model::{
    Field, Otherwise, Probe, Scalar, Shape, TagValue, Tagging, TypeDef, TypeName, Union, UnionVariant,
};

pub(super) fn item(definition: &TypeDef, union: &Union, scope: Scope<'_>, portable: bool) -> TokenStream {
    let name = &definition.name;
    let variants = union.variants.iter().enumerate().map(|(index, member)| variant(union, index, member, scope));
    let conversions = from_members(definition, union, scope);
    let json = portable.then(|| json(definition, union));
    quote! {
        #[derive(Clone, Debug, PartialEq)]
        pub enum #name {
            #(#variants,)*
        }
        #conversions
        #json
    }
}

/// How members are written, and how they are told apart when they are read.
fn json(definition: &TypeDef, union: &Union) -> TokenStream {
    let name = &definition.name;
    let text = name.as_str();
    let tag = tag(&union.tagging);
    let written = union.variants.iter().enumerate().map(|(index, member)| {
        let variant = &member.name;
        let writes = writes(&union.tagging, index);
        quote!(#variant #writes,)
    });
    let members = union.variants.iter().map(|member| {
        let variant = &member.name;
        let text = variant.as_str();
        let probe = probe(&member.probe, &union.tagging);
        let read = if member.boxed {
            quote!(|value| union::member(value, |member| Self::#variant(Box::new(member))))
        } else {
            quote!(|value| union::member(value, Self::#variant))
        };
        quote!(union::Member { name: #text, probe: #probe, read: #read })
    });
    quote! {
        specwright_runtime::union! { #name { #(#written)* } }
        impl union::Union for #name {
            const NAME: &'static str = #text;
            const TAG: union::Tag = #tag;
            const MEMBERS: &'static [union::Member<Self>] = &[#(#members),*];
        }
    }
}

fn variant(union: &Union, index: usize, member: &UnionVariant, scope: Scope<'_>) -> TokenStream {
    let name = &member.name;
    let docs = rustdoc::outer_or(&member.doc, &summary(union, index, member, scope), &[]);
    let ty = scope.ty(&member.ty);
    let ty = if member.boxed { quote!(Box<#ty>) } else { ty };
    quote!(#docs #name(#ty))
}

/// ``[`Cat`], where `petType` is `cat`.``
fn summary(union: &Union, index: usize, member: &UnionVariant, scope: Scope<'_>) -> String {
    let ty = match member.ty.shape {
        Shape::Named(id) => scope.link(id),
        _ => rustdoc::code(&type_use::source(&scope.shape(&member.ty.shape))),
    };
    let Tagging::Property { wire, values, .. } = &union.tagging else { return format!("{ty}.") };
    let values =
        values.iter().filter(|(_, member)| *member == index).map(|(value, _)| rustdoc::code(&value.to_string()));
    let values: Vec<String> = values.collect();
    if values.is_empty() {
        format!("{ty}.")
    } else {
        format!("{ty}, where {} is {}.", rustdoc::code(wire), values.join(" or "))
    }
}

/// `From` for each member whose type no other member has. Text is also converted from `&str`, a number
/// from `i32` if no member is an integer, and an object without a schema from the objects of
/// `serde_json`.
fn from_members(definition: &TypeDef, union: &Union, scope: Scope<'_>) -> TokenStream {
    let name = &definition.name;
    let is_integer =
        |member: &UnionVariant| matches!(scope.resolved(&member.ty.shape), Shape::Scalar(Scalar::Integer(_)));
    let has_integers = union.variants.iter().any(is_integer);
    let conversions = conversions(definition, union, scope).into_iter().map(|member| {
        let ty = scope.ty(&member.ty);
        let own = match &member.tag {
            Some(tag) => tagged_conversion(name, member, tag, scope),
            None => conversion(name, member, &ty, &quote!(value)),
        };
        let is_text = *scope.resolved(&member.ty.shape) == Shape::Scalar(Scalar::String);
        let text = (is_text && !scope.is_nullable(&member.ty))
            .then(|| conversion(name, member, &quote!(&str), &quote!(value.to_owned())));
        let is_free_form =
            matches!(scope.resolved(&member.ty.shape), Shape::Map(value, _) if value.shape == Shape::Any);
        let free_form = (is_free_form && !scope.is_nullable(&member.ty)).then(|| {
            let object = quote!(serde_json::Map<String, serde_json::Value>);
            conversion(name, member, &object, &quote!(value.into_iter().collect()))
        });
        let is_number = *scope.resolved(&member.ty.shape) == Shape::Scalar(Scalar::Float64);
        let whole = (is_number && !has_integers && !scope.is_nullable(&member.ty))
            .then(|| conversion(name, member, &quote!(i32), &quote!(value.into())));
        quote!(#own #text #whole #free_form)
    });
    quote!(#(#conversions)*)
}

/// The members that convert into the union.
pub(crate) fn conversions<'u>(definition: &TypeDef, union: &'u Union, scope: Scope<'_>) -> Vec<&'u UnionVariant> {
    let types: Vec<String> = union.variants.iter().map(|member| scope.expanded(&member.ty).to_string()).collect();
    let is_itself = |ty: &str| ty.strip_prefix("types :: ").unwrap_or(ty) == definition.name.as_str();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for ty in &types {
        *counts.entry(ty).or_default() += 1;
    }
    let is_unique = |ty: &str| counts.get(ty) == Some(&1) && !is_itself(ty);
    let members = union.variants.iter().zip(&types).filter(|(_, ty)| is_unique(ty));
    members.map(|(member, _)| member).collect()
}

fn conversion(union: &TypeName, member: &UnionVariant, from: &TokenStream, value: &TokenStream) -> TokenStream {
    let variant = &member.name;
    let value = if member.boxed { quote!(Box::new(#value)) } else { value.clone() };
    quote! {
        impl From<#from> for #union {
            fn from(value: #from) -> Self {
                Self::#variant(#value)
            }
        }
    }
}

/// The conversion of a member that has a different tag value in other unions.
fn tagged_conversion(union: &TypeName, member: &UnionVariant, tag: &Field, scope: Scope<'_>) -> TokenStream {
    let (variant, field, ty) = (&member.name, &tag.name, scope.ty(&member.ty));
    let constant = constructors::constant(tag, scope);
    let value = if member.boxed { quote!(Box::new(value)) } else { quote!(value) };
    quote! {
        impl From<#ty> for #union {
            fn from(mut value: #ty) -> Self {
                value.#field = #constant;
                Self::#variant(#value)
            }
        }
    }
}

fn tag(tagging: &Tagging) -> TokenStream {
    let Tagging::Property { wire, values, otherwise, .. } = tagging else {
        return quote!(union::Tag::NONE);
    };
    let mut texts = Vec::new();
    let mut scalars = Vec::new();
    for (value, index) in values {
        let index = Literal::usize_unsuffixed(*index);
        match value {
            TagValue::Text(text) => texts.push(quote!((#text, #index))),
            scalar => {
                let scalar = self::scalar(scalar);
                scalars.push(quote!((#scalar, #index)));
            }
        }
    }
    let scalars = (!scalars.is_empty()).then(|| quote!(.and_scalars(&[#(#scalars),*])));
    let otherwise = match otherwise {
        Otherwise::Refused => quote!(),
        Otherwise::Shape => quote!(.or_shape()),
        Otherwise::Member(index) => {
            let index = Literal::usize_unsuffixed(*index);
            quote!(.or_member(#index))
        }
    };
    quote!(union::Tag::new(#wire, &[#(#texts),*]) #scalars #otherwise)
}

/// The tag value to write for a member whose own type may not write it.
fn writes(tagging: &Tagging, index: usize) -> TokenStream {
    let Tagging::Property { wire, writes, .. } = tagging else { return TokenStream::new() };
    let Some(Some(write)) = writes.get(index) else { return TokenStream::new() };
    let value = literal(&write.value);
    if write.replaces { quote!(writes #wire = #value) } else { quote!(adds #wire = #value) }
}

/// A tag value as a Rust literal.
fn literal(value: &TagValue) -> TokenStream {
    match value {
        TagValue::Text(text) => quote!(#text),
        TagValue::Integer(number) => signed(i128::from(*number)),
        TagValue::Bool(value) => quote!(#value),
    }
}

/// A tag value that is not text, in the form that the runtime has.
fn scalar(value: &TagValue) -> TokenStream {
    let literal = literal(value);
    match value {
        TagValue::Bool(_) => quote!(union::TagValue::Bool(#literal)),
        TagValue::Text(_) | TagValue::Integer(_) => quote!(union::TagValue::Integer(#literal)),
    }
}

/// The shape of values; omitted where the tag alone decides.
fn probe(probe: &Probe, tagging: &Tagging) -> TokenStream {
    let path = quote!(union::Probe);
    if matches!(tagging, Tagging::Property { otherwise: Otherwise::Refused | Otherwise::Member(_), .. }) {
        return quote!(#path::ANY);
    }
    let json = json_types(probe.json);
    let mut fields = vec![quote!(json: #json)];
    let mut names = |field: TokenStream, names: &[String]| {
        if !names.is_empty() {
            fields.push(quote!(#field: &[#(#names),*]));
        }
    };
    names(quote!(required), &probe.required);
    names(quote!(known), &probe.known);
    names(quote!(strings), &probe.strings);
    let is_text = |value: &TagValue| matches!(value, TagValue::Text(_));
    let texts = probe.constants.iter().filter(|(_, allowed)| allowed.iter().all(is_text)).collect::<Vec<_>>();
    let scalars = probe.constants.iter().filter(|(_, allowed)| !allowed.iter().any(is_text)).collect::<Vec<_>>();
    if !texts.is_empty() {
        let texts = texts.iter().map(|(name, allowed)| {
            let allowed = allowed.iter().map(literal);
            quote!((#name, &[#(#allowed),*]))
        });
        fields.push(quote!(constants: &[#(#texts),*]));
    }
    if !scalars.is_empty() {
        let scalars = scalars.iter().map(|(name, allowed)| {
            let allowed = allowed.iter().map(scalar);
            quote!((#name, &[#(#allowed),*]))
        });
        fields.push(quote!(scalars: &[#(#scalars),*]));
    }
    if probe.closed {
        fields.push(quote!(closed: true));
    }
    quote!(#path { #(#fields,)* ..#path::ANY })
}

fn json_types(bits: u8) -> TokenStream {
    let path = quote!(union::Probe);
    let types = [
        (Probe::NULL, quote!(NULL)),
        (Probe::BOOL, quote!(BOOL)),
        (Probe::INTEGER, quote!(INTEGER)),
        (Probe::NUMBER, quote!(NUMBER)),
        (Probe::STRING, quote!(STRING)),
        (Probe::ARRAY, quote!(ARRAY)),
        (Probe::OBJECT, quote!(OBJECT)),
    ];
    let named: Vec<TokenStream> =
        types.into_iter().filter(|(bit, _)| bits & bit != 0).map(|(_, name)| quote!(#path::#name)).collect();
    if named.is_empty() { quote!(0) } else { quote!(#(#named)|*) }
}
