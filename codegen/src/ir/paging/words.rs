//! The names that documents use for the parts of a page, in lower case, without separators, and
//! with the most specific ones first.

/// Parameters that take a token.
pub(super) const CURSORS: &[&str] = &[
    "cursor",
    "pagetoken",
    "nexttoken",
    "nextpagetoken",
    "continuationtoken",
    "paginationtoken",
    "pagecursor",
    "nextcursor",
    "startcursor",
    "aftercursor",
    "after",
    "pageafter",
    "marker",
    "nextmarker",
    "startingtoken",
    "pagingtoken",
    "skiptoken",
    "scrollid",
    "bookmark",
    "continuation",
    "cursorid",
    "exclusivestartkey",
    "resumptiontoken",
    "nextpage",
    "pagestate",
    "pagekey",
    "nextkey",
    "nextid",
];

/// Parameters that take a token if they are text and the response has a property for it.
pub(super) const WEAK_CURSORS: &[&str] = &["page", "offset", "start", "next", "token", "iterator", "position"];

/// Parameters that take the identity of the last item.
pub(super) const LAST_ITEMS: &[&str] = &["startingafter", "startingafterid", "afterid", "lastid", "startafter"];

/// Parameters that take the number of a page.
pub(super) const PAGES: &[&str] =
    &["page", "pagenumber", "pagenum", "pageno", "pageindex", "currentpage", "pagenr", "pageid"];

/// Parameters that take the number of an item.
pub(super) const OFFSETS: &[&str] =
    &["offset", "skip", "startat", "startindex", "pageoffset", "firstresult", "startposition"];

/// Parameters that take the number of an item if another takes the size of the page.
pub(super) const WEAK_OFFSETS: &[&str] = &["start", "from", "begin", "first"];

/// Parameters that take the size of a page.
pub(super) const SIZES: &[&str] = &[
    "perpage",
    "pagesize",
    "limit",
    "maxresults",
    "pagelimit",
    "size",
    "resultsperpage",
    "itemsperpage",
    "hitsperpage",
    "maxpagesize",
    "maxitems",
    "take",
    "top",
    "count",
    "rows",
    "num",
    "results",
    "n",
    "rpp",
];

/// Sizes that belong to the number of an item and not to the number of a page.
pub(super) const SIZES_OF_OFFSETS: &[&str] = &["limit", "maxresults", "count", "take", "top", "rows", "size"];

/// Properties that contain the token of the next page, whatever object they are in.
pub(super) const NEXT_TOKENS: &[&str] = &[
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "nextpagecursor",
    "nextmarker",
    "nextcontinuationtoken",
    "nextpaginationtoken",
    "nextscrollid",
    "nextkey",
    "nextid",
    "nextoffset",
    "nextstart",
    "nextbookmark",
    "nextpageid",
    "nextpagekey",
    "nextiterator",
    "nextposition",
    "endcursor",
    "aftercursor",
    "cursornext",
    "continuationtoken",
    "nextpage",
    "next",
    "continuation",
    "paginationtoken",
    "lastevaluatedkey",
    "resumptiontoken",
    "scrollid",
    "bookmark",
];

/// Properties that contain the token of the next page, in an object that concerns pages.
pub(super) const TOKENS_IN_WRAPPERS: &[&str] = &["after", "cursor", "token"];

/// Properties that contain the URL of the next page, whatever object they are in.
pub(super) const NEXT_URLS: &[&str] = &[
    "nextlink",
    "odatanextlink",
    "nexturl",
    "nextpageurl",
    "nextpageuri",
    "nexturi",
    "nextpagelink",
    "nexthref",
    "nextpagehref",
    "nextpagepath",
    "nextpath",
    "nextrecordsurl",
];

/// Properties that contain a URL, in an object that is the link to the next page.
pub(super) const URLS_IN_LINKS: &[&str] = &["href", "url", "uri"];

/// Objects that concern pages.
pub(super) const ABOUT_PAGES: &[&str] = &[
    "links",
    "link",
    "paging",
    "pagination",
    "pageinfo",
    "paginginfo",
    "paginationinfo",
    "meta",
    "metadata",
    "page",
    "pages",
    "pager",
    "cursors",
    "cursor",
    "listmetadata",
    "responsemetadata",
    "next",
    "navigation",
    "collection",
    "paginationmetadata",
];

/// Objects around a list that is not at the top.
pub(super) const WRAPPERS: &[&str] = &[
    "data",
    "result",
    "results",
    "response",
    "payload",
    "embedded",
    "meta",
    "body",
    "content",
    "page",
    "list",
    "collection",
    "items",
    "output",
    "value",
];

/// Lists of items.
pub(super) const ITEMS: &[&str] = &[
    "data",
    "items",
    "results",
    "result",
    "value",
    "values",
    "entries",
    "records",
    "elements",
    "content",
    "objects",
    "rows",
    "list",
    "resources",
    "nodes",
    "edges",
    "hits",
    "docs",
    "documents",
    "entities",
    "collection",
];

/// Lists of anything else.
pub(super) const NOT_ITEMS: &[&str] = &[
    "links",
    "errors",
    "warnings",
    "messages",
    "notices",
    "included",
    "order",
    "sort",
    "sorts",
    "facets",
    "filters",
    "aggregations",
    "columns",
    "includes",
    "expand",
    "schemas",
    "breadcrumbs",
    "ids",
    "listcolumns",
    "ordercolumns",
];

/// Flags that are set while more pages follow.
pub(super) const MORE: &[&str] = &[
    "hasmore",
    "hasnextpage",
    "hasnext",
    "hasmoreresults",
    "hasmoreitems",
    "hasmorepages",
    "hasmorerecords",
    "moreavailable",
    "more",
    "ismore",
    "istruncated",
    "nextpage",
];

/// Flags that are set on the last page.
pub(super) const LAST: &[&str] = &["islast", "islastpage", "lastpage", "last", "isfinalpage"];

/// Numbers of all items.
pub(super) const TOTALS: &[&str] = &[
    "total",
    "totalcount",
    "totalitems",
    "totalresults",
    "totalelements",
    "totalrecords",
    "totalhits",
    "totalsize",
    "itemstotal",
    "totalitemcount",
    "totalnumber",
    "totalentries",
    "totalrows",
];

/// Numbers of all pages.
pub(super) const TOTAL_PAGES: &[&str] =
    &["totalpages", "pagestotal", "pagecount", "numpages", "totalpagecount", "lastpage"];

/// A name in lower case without separators.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|char| char.to_ascii_lowercase()).collect()
}

/// The rank of a name in a list. The first name has rank 0.
pub(super) fn rank(names: &[&str], name: &str) -> Option<usize> {
    names.iter().position(|one| *one == name)
}
