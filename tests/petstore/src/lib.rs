//! The README and the pages of `docs/guide` as doctests.
//!
//! Each page uses the crate that `specwright generate petstore.yaml` would make. Here that crate
//! is the module generated from `tests/fixtures/emit/petstore.yaml`, so the pages need no hidden
//! lines.

pub use specwright_runtime;
pub use tests::generated::petstore::*;
pub use tests::generated::{http_authentication, oauth, pages as lists};

/// One module for each page, named in the output of a failing test.
macro_rules! pages {
    ($($name:ident = $path:literal,)*) => {$(
        #[cfg(doctest)]
        #[doc = include_str!(concat!("../../../", $path))]
        mod $name {}
    )*};
}

pages! {
    readme = "README.md",
    choices = "docs/guide/choices.md",
    credentials = "docs/guide/credentials.md",
    errors = "docs/guide/errors.md",
    files_and_streams = "docs/guide/files-and-streams.md",
    large_documents = "docs/guide/large-documents.md",
    overlays = "docs/guide/overlays.md",
    pages = "docs/guide/pages.md",
    mock = "docs/guide/mock.md",
    servers = "docs/guide/servers.md",
    testing = "docs/guide/testing.md",
    values = "docs/guide/values.md",
}
