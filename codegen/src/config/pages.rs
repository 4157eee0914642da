//! The `[operations.pages]` table: how an operation pages, where it is not recognised correctly.

use serde::Deserialize;

use super::Written;

/// How an operation pages. Whatever is not given is recognised.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageChoice {
    /// How one page leads to the next.
    pub by: PagesBy,
    /// The parameter that takes the token or number.
    pub parameter: Option<Written>,
    /// The parameter that takes the size of a page.
    pub size: Option<Written>,
    /// JSON Pointer to the list of items.
    pub items: Option<Written>,
    /// JSON Pointer to the token or URL of the next page. For `last-item`, to the property in an
    /// item.
    pub next: Option<Written>,
    /// JSON Pointer to the value that says whether more pages follow.
    pub more: Option<Written>,
}

/// How one page leads to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PagesBy {
    /// There is only one page.
    None,
    /// A parameter takes a token from the body.
    Cursor,
    /// A parameter takes a property of the last item.
    LastItem,
    /// The body has the URL.
    NextUrl,
    /// A parameter takes the number of the page.
    Page,
    /// A parameter takes the number of the first item.
    Offset,
    /// The `Link` header has the URL.
    Link,
}
