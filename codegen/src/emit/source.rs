//! What a generated file holds: pieces that are printed when asked for, so that several threads can share the work.

use proc_macro2::TokenStream;

/// Prints one or a few items. Tokens can't be sent between threads, what prints them can.
pub type Part<'a> = Box<dyn Fn() -> TokenStream + Send + Sync + 'a>;

/// A file to be generated.
pub struct SourceFile<'a> {
    /// Path below the provider's folder, with `/`: `types.rs`.
    pub path: String,
    /// What it holds.
    pub content: Content<'a>,
}

/// What a [`SourceFile`] holds.
pub enum Content<'a> {
    /// Rust, in the order in which it stands in the file; only the first part may have inner attributes.
    Rust(Vec<Part<'a>>),
    /// Anything else that has `#` comments, such as `Cargo.toml`; printed as it is, below the header.
    Text(String),
}

impl<'a> SourceFile<'a> {
    /// A Rust file of these parts.
    pub fn rust(path: impl Into<String>, parts: Vec<Part<'a>>) -> Self {
        Self { path: path.into(), content: Content::Rust(parts) }
    }

    /// A file of another kind, such as `Cargo.toml`.
    pub fn text(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), content: Content::Text(text.into()) }
    }
}

/// A part that prints `tokens`.
pub(crate) fn part<'a>(print: impl Fn() -> TokenStream + Send + Sync + 'a) -> Part<'a> {
    Box::new(print)
}
