//! Pages: how an operation returns a list in pieces.

use super::{FunctionName, TypeUse};

/// How an operation pages. Values in the body are addressed by JSON Pointers.
#[derive(Clone, Debug)]
pub struct Paging {
    /// Index into the successes, of the response that is a page.
    pub success: usize,
    /// The properties that lead to the list of items; empty if the body itself is the list.
    pub steps: Vec<String>,
    /// The pointer to the list of items.
    pub items: String,
    /// Type of an item.
    pub item: TypeUse,
    /// How one page leads to the next.
    pub walk: Walk,
    /// How many items a page is requested to have.
    pub size: Option<PageSize>,
    /// The value that says whether there are more pages.
    pub more: Option<More>,
    /// The total number of items or pages.
    pub count: Option<Count>,
    /// Methods of the request builder.
    pub methods: PagingMethods,
}

/// The names of the methods that paging adds to a request builder: `items`, `pages` and `all`,
/// unless a setter has that name.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each name says the method")]
pub struct PagingMethods {
    pub items: FunctionName,
    pub pages: FunctionName,
    pub all: FunctionName,
}

/// How one page leads to the next. Parameters are indexes into those of the operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Walk {
    /// A token or URL in the body at `next`. `parameter` takes tokens.
    Token {
        /// The parameter; `None` if there are only URLs.
        parameter: Option<usize>,
        /// The pointer to the token or URL.
        next: String,
    },
    /// A property of the last item serves as the token.
    LastItem {
        /// The parameter that takes it.
        parameter: usize,
        /// The pointer to the property in the item.
        property: String,
    },
    /// Pages are numbered.
    Page {
        /// The parameter that takes the number.
        parameter: usize,
        /// The number of the first page.
        first: u64,
    },
    /// Items are numbered.
    Offset {
        /// The parameter that takes the number of the first item.
        parameter: usize,
        /// The number of the very first item.
        first: u64,
    },
    /// The `Link` header contains the URL.
    Link,
}

/// How many items a page is requested to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageSize {
    /// The parameter.
    pub parameter: usize,
    /// The documented default.
    pub default: Option<u64>,
    /// The documented maximum.
    pub maximum: Option<u64>,
}

/// The value that says whether there are more pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum More {
    /// `true` if there are more pages.
    Flag(String),
    /// `true` if there are no more pages.
    Last(String),
    /// Absent, `null` or empty if there are no more pages.
    Next(String),
}

/// The total number of items or pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Count {
    /// The number of all items.
    Items(String),
    /// The number of all pages.
    Pages(String),
}
