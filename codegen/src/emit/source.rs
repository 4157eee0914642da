//! The content of a generated file: printers that run on demand, so that several threads can share
//! the work.

use std::fmt;
use std::path::Path;

use proc_macro2::TokenStream;

/// Prints one or a few items. Tokens cannot be sent between threads, but the closure that prints
/// them can.
pub type Printer<'a> = Box<dyn Fn() -> Result<TokenStream, Defect> + Send + Sync + 'a>;

/// The reason why a printer printed nothing: a defect of the generator, not of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect(pub String);

impl fmt::Display for Defect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file to be generated.
pub struct SourceFile<'a> {
    /// Path below the provider's folder, with `/`: `types.rs`.
    pub path: String,
    /// The content of the file.
    pub content: Content<'a>,
}

/// The content of a [`SourceFile`].
pub enum Content<'a> {
    /// Rust, in the order of the file; only the first printer may print inner attributes.
    Rust(Vec<Printer<'a>>),
    /// Another format, such as TOML, with comments that begin as [`SourceFile::comment`] says. It
    /// is written unchanged below the header.
    Text(String),
    /// Markdown, below the header, which is a comment.
    Markdown(String),
}

impl<'a> SourceFile<'a> {
    /// A Rust file that these printers print in order.
    pub fn rust(path: impl Into<String>, printers: Vec<Printer<'a>>) -> Self {
        Self { path: path.into(), content: Content::Rust(printers) }
    }

    /// A file of another format, such as `Cargo.toml`.
    pub fn text(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), content: Content::Text(text.into()) }
    }
}

impl SourceFile<'_> {
    /// The characters that begin a comment in the file.
    #[must_use]
    pub fn comment(&self) -> &'static str {
        match &self.content {
            Content::Rust(_) => "//",
            Content::Text(_) if Path::new(&self.path).extension().is_some_and(|kind| kind == "jsonc") => "//",
            Content::Markdown(_) => "<!--",
            Content::Text(_) => "#",
        }
    }
}

/// A printer that cannot fail.
pub(crate) fn printer<'a>(print: impl Fn() -> TokenStream + Send + Sync + 'a) -> Printer<'a> {
    Box::new(move || Ok(print()))
}
