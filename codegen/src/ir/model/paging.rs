//! Pages: how an operation hands out a list piece by piece.

use super::{FunctionName, TypeUse};

/// How an operation pages. Places in the body are JSON Pointers.
#[derive(Clone, Debug)]
pub struct Paging {
    /// Index into the successes: the response that is a page.
    pub success: usize,
    /// The properties that lead to the list of items; empty if the body is the list.
    pub steps: Vec<String>,
    /// The pointer to the list of items.
    pub items: String,
    /// Type of an item.
    pub item: TypeUse,
    /// How one page leads to the next.
    pub walk: Walk,
    /// How many items a page is asked to have.
    pub size: Option<PageSize>,
    /// What says whether there are more pages.
    pub more: Option<More>,
    /// How much there is altogether.
    pub count: Option<Count>,
    /// Methods of the request builder.
    pub methods: PagingMethods,
}

/// The names of the methods that pages add to a request builder; `items`, `pages` and `all` unless
/// a setter has the name.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "each is the method of its name")]
pub struct PagingMethods {
    pub items: FunctionName,
    pub pages: FunctionName,
    pub all: FunctionName,
}

/// How one page leads to the next. Parameters are indices into those of the operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Walk {
    /// A token or URL in the body at `next`; `parameter` takes tokens.
    Token {
        /// The parameter; `None` if only URLs come.
        parameter: Option<usize>,
        /// The place of the token or URL.
        next: String,
    },
    /// A property of the last item stands for the token.
    LastItem {
        /// The parameter that takes it.
        parameter: usize,
        /// The place of the property in the item.
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
    /// The `Link` header has the URL.
    Link,
}

/// How many items a page is asked to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageSize {
    /// The parameter.
    pub parameter: usize,
    /// The documented default.
    pub default: Option<u64>,
    /// The documented maximum.
    pub maximum: Option<u64>,
}

/// What says whether there are more pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum More {
    /// `true` if there are.
    Flag(String),
    /// `true` if there are none.
    Last(String),
    /// Absent, `null` or empty if there are none.
    Next(String),
}

/// How much there is altogether.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Count {
    /// The number of all items.
    Items(String),
    /// The number of all pages.
    Pages(String),
}
