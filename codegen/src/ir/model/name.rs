//! Final Rust names, which are valid, not reserved, and unique in their scope.

use std::fmt;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Wraps a name that `ir/naming` has made. `r#` marks a raw identifier.
            pub(crate) fn from_naming(name: impl Into<String>) -> Self {
                Self(name.into())
            }

            /// The name in source text, with `r#` if it is a raw identifier.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The name without `r#`, for links in documentation and as a part of other names.
            #[must_use]
            pub fn plain(&self) -> &str {
                self.0.strip_prefix("r#").unwrap_or(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl ToTokens for $name {
            fn to_tokens(&self, tokens: &mut TokenStream) {
                tokens.append(match self.0.strip_prefix("r#") {
                    Some(raw) => Ident::new_raw(raw, Span::call_site()),
                    None => Ident::new(&self.0, Span::call_site()),
                });
            }
        }
    )*};
}

names! {
    /// A module or crate: `snake_case`.
    ModuleName;
    /// A struct, enum, alias or trait: `PascalCase`.
    TypeName;
    /// An enum variant: `PascalCase`.
    VariantName;
    /// A struct field, parameter or argument: `snake_case`.
    FieldName;
    /// A function or method: `snake_case`.
    FunctionName;
    /// A constant or static: `SCREAMING_SNAKE_CASE`.
    ConstantName;
}
