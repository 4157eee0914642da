//! How an operation hands out a list in pages.

/// How an operation pages. Places in the body are JSON Pointers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// The list of items.
    pub items: &'static str,
    /// How one page leads to the next.
    pub walk: Walk,
    /// How many items a page is asked to have.
    pub size: Option<PageSize>,
    /// What says whether there are more pages.
    pub more: Option<More>,
    /// How much there is altogether.
    pub count: Option<Count>,
}

/// How one page leads to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    /// A token, which the parameter of this index takes, or a URL.
    Token {
        /// The parameter; `None` if only URLs come.
        parameter: Option<usize>,
        /// The token or URL in the body.
        next: &'static str,
    },
    /// The last item stands for the token.
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
    /// The `Link` header has the URL (RFC 8288).
    Link,
}

/// How many items a page is asked to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageSize {
    /// The parameter.
    pub parameter: usize,
    /// How many there are if it is not set.
    pub default: Option<u64>,
    /// How many there are at most, whatever it is set to.
    pub maximum: Option<u64>,
}

/// What says whether there are more pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum More {
    /// `true` if there are.
    Flag(&'static str),
    /// `true` if there are none.
    Last(&'static str),
    /// Absent, `null` or empty if there are none.
    Next(&'static str),
}

/// How much there is altogether.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// The number of all items.
    Items(&'static str),
    /// The number of all pages.
    Pages(&'static str),
}
