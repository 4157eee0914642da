//! Prints how a parameter is passed: as an argument that is convenient to write, and one call into
//! the runtime.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::required::{Awaited, Needs};
use crate::emit::type_use::source;
use crate::emit::{Scope, former, phrases, rustdoc};
use crate::ir::model::{Api, Constraints, Format, Operation, Scalar, Shape, TypeKind, TypeUse};

/// `pub fn limit(mut self, limit: i64) -> Self { … }`. The setter of a required parameter returns a
/// builder that has the parameter.
pub(super) fn setter(scope: Scope<'_>, operation: &Operation, needs: &Needs, index: usize) -> TokenStream {
    let Some(parameter) = operation.parameters.get(index) else { return TokenStream::new() };
    let doc = rustdoc::outer_with(&phrases::parameter(parameter), phrases::default(parameter).as_slice());
    let name = &parameter.name;
    let argument = Argument::of(scope, &parameter.ty);
    let ty = argument.ty();
    let statement = argument.set(&quote!(self.call), index, &quote!(#name));
    let (returned, value) = needs.returned(operation, Awaited::Parameter(index));
    quote! {
        #doc
        pub fn #name(mut self, #name: #ty) -> #returned {
            #statement
            #value
        }
    }
}

/// The setters with former names. Each calls the setter that replaced it.
pub(super) fn former_setters(api: &Api, operation: &Operation, needs: &Needs) -> TokenStream {
    if api.former.setters.is_empty() {
        return TokenStream::new();
    }
    let scope = Scope::beside(&api.types);
    let index = api.operations.iter().position(|one| std::ptr::eq(one, operation));
    let former = index.into_iter().flat_map(|index| api.former.setters_of(index));
    let setters = former.filter_map(|former| {
        let parameter = operation.parameters.get(former.parameter)?;
        let (name, current) = (&former.name, &parameter.name);
        let attributes = former::method(current);
        let ty = Argument::of(scope, &parameter.ty).ty();
        let (returned, _) = needs.returned(operation, Awaited::Parameter(former.parameter));
        Some(quote! {
            #attributes
            pub fn #name(self, #current: #ty) -> #returned {
                self.#current(#current)
            }
        })
    });
    setters.collect()
}

/// The argument of a setter, or of the method that makes a builder.
pub(super) enum Argument {
    /// A small value, or a type of another crate: `i64`.
    Copied(TokenStream),
    /// A string: `impl AsRef<str>`.
    Text,
    /// A type that others convert to: `impl Into<T>`.
    Into(TokenStream),
    /// A type with a fallible conversion: `impl TryInto<T>`.
    TryInto(TokenStream),
    /// A list of small values: `impl IntoIterator<Item = T>`.
    Copies(TokenStream),
    /// A list: `impl IntoIterator<Item = impl Into<T>>`.
    Items(TokenStream),
    /// Anything else: `&T`.
    Borrowed(TokenStream),
}

impl Argument {
    /// The most convenient argument for a value of this type.
    pub(super) fn of(scope: Scope<'_>, ty: &TypeUse) -> Self {
        let printed = scope.shape(&ty.shape);
        match scope.resolved(&ty.shape) {
            Shape::Scalar(scalar) => Self::of_scalar(*scalar, printed),
            Shape::Named(id) => match &scope.table().get(*id).kind {
                TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => Self::Into(printed),
                TypeKind::Newtype(newtype) => Self::of_newtype(scope, &newtype.inner, printed),
                TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Alias(_) => Self::Borrowed(printed),
            },
            Shape::List(item) if !scope.is_nullable(item) => match Self::of(scope, item) {
                Self::Copied(item) => Self::Copies(item),
                Self::Text => Self::Items(quote!(String)),
                Self::Into(item) => Self::Items(item),
                _ => Self::slice(scope, item),
            },
            _ => Self::Borrowed(printed),
        }
    }

    fn slice(scope: Scope<'_>, item: &TypeUse) -> Self {
        let item = scope.ty(item);
        Self::Borrowed(quote!([#item]))
    }

    fn of_scalar(scalar: Scalar, printed: TokenStream) -> Self {
        match scalar {
            Scalar::Bool | Scalar::Integer(_) | Scalar::Float64 | Scalar::Foreign(_) => Self::Copied(printed),
            Scalar::String => Self::Text,
            Scalar::Text(Format::Byte) | Scalar::Secret => Self::Into(printed),
            Scalar::Text(_) => Self::TryInto(printed),
            Scalar::Binary | Scalar::Null | Scalar::Never => Self::Borrowed(printed),
        }
    }

    fn of_newtype(scope: Scope<'_>, inner: &TypeUse, printed: TokenStream) -> Self {
        match scope.resolved(&inner.shape) {
            Shape::Scalar(_) if is_checked(&inner.constraints) => Self::TryInto(printed),
            Shape::Scalar(_) => Self::Into(printed),
            _ => Self::Borrowed(printed),
        }
    }

    /// The type of a value that can be passed, as text.
    pub(super) fn example_type(&self) -> String {
        match self {
            Self::Text => "&str".to_owned(),
            Self::Copies(item) | Self::Items(item) => format!("Vec<{}>", source(item)),
            Self::Borrowed(ty) => format!("&{}", source(ty)),
            Self::Copied(ty) | Self::Into(ty) | Self::TryInto(ty) => source(ty),
        }
    }

    /// `call.parameter(0, &user_id.into());`
    pub(super) fn set(&self, call: &TokenStream, index: usize, name: &TokenStream) -> TokenStream {
        let index = Literal::usize_unsuffixed(index);
        let value = self.value(name);
        if matches!(self, Self::TryInto(_)) {
            quote!(#call.try_parameter(#index, #value);)
        } else {
            quote!(#call.parameter(#index, #value);)
        }
    }

    /// The argument's type.
    pub(super) fn ty(&self) -> TokenStream {
        match self {
            Self::Copied(ty) => ty.clone(),
            Self::Text => quote!(impl AsRef<str>),
            Self::Into(ty) => quote!(impl Into<#ty>),
            Self::TryInto(ty) => quote!(impl TryInto<#ty, Error: std::fmt::Display>),
            Self::Copies(item) => quote!(impl IntoIterator<Item = #item>),
            Self::Items(item) => quote!(impl IntoIterator<Item = impl Into<#item>>),
            Self::Borrowed(ty) => quote!(&#ty),
        }
    }

    /// The argument in the form that the runtime takes: a reference, or a `Result` with the value.
    fn value(&self, name: &TokenStream) -> TokenStream {
        match self {
            Self::Copied(_) => quote!(&#name),
            Self::Text => quote!(#name.as_ref()),
            Self::Into(_) => quote!(&#name.into()),
            Self::TryInto(_) => quote!(#name.try_into()),
            Self::Copies(item) => quote!(&#name.into_iter().collect::<Vec<#item>>()),
            Self::Items(item) => quote!(&#name.into_iter().map(Into::into).collect::<Vec<#item>>()),
            Self::Borrowed(_) => quote!(#name),
        }
    }
}

/// Whether a newtype's constructor can fail.
pub(super) fn is_checked(constraints: &Constraints) -> bool {
    !constraints.is_empty()
}
