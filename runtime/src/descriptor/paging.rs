//! How an operation returns a list in pages.

/// How an operation pages. Values in the body are addressed by JSON Pointers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// The list of items.
    pub items: &'static str,
    /// How one page leads to the next.
    pub walk: Walk,
    /// How many items a page is requested to have.
    pub size: Option<PageSize>,
    /// The value that says whether there are more pages.
    pub more: Option<More>,
    /// The total number of items or pages.
    pub count: Option<Count>,
}

/// How one page leads to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// A token, which the parameter at this index takes, or a URL.
    Token {
        /// The parameter; `None` if there are only URLs.
        parameter: Option<usize>,
        /// The token or URL in the body.
        next: &'static str,
    },
    /// The last item serves as the token.
    LastItem {
        /// The parameter that takes it.
        parameter: usize,
        /// The property of the item.
        property: &'static str,
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
    /// The `Link` header contains the URL (RFC 8288).
    Link,
}

/// How many items a page is requested to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageSize {
    /// The parameter.
    pub parameter: usize,
    /// How many items there are if the parameter is not set.
    pub default: Option<u64>,
    /// How many items there are at most, whatever the parameter is set to.
    pub maximum: Option<u64>,
}

/// The value that says whether there are more pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum More {
    /// `true` if there are more pages.
    Flag(&'static str),
    /// `true` if there are no more pages.
    Last(&'static str),
    /// Absent, `null` or empty if there are no more pages.
    Next(&'static str),
}

/// The total number of items or pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// The number of all items.
    Items(&'static str),
    /// The number of all pages.
    Pages(&'static str),
}
