//! Everything in an operation that concerns pages: parameters, places of the body, and headers.

use super::parameters::Parameters;
use super::places::{self, Holds, Place};
use super::words;
use crate::ir::model::{Count, HeaderGroup, More, Operation, ResponseBody, SegmentPiece, Status, TypeTable, TypeUse};

/// Everything in an operation that concerns pages.
pub(super) struct Seen<'t> {
    pub types: &'t TypeTable,
    pub operation: &'t Operation,
    pub parameters: Parameters,
    /// Index of the success that is a page.
    pub success: usize,
    pub body: &'t TypeUse,
    pub places: Vec<Place<'t>>,
    /// Whether the document describes the header `Link`.
    pub has_link: bool,
}

impl<'t> Seen<'t> {
    /// `None` if no response of the operation can be a page. A page is JSON, has a status from 200
    /// to 299, and is the only success with a body.
    pub fn of(types: &'t TypeTable, groups: &[HeaderGroup], operation: &'t Operation) -> Option<Self> {
        if !matches!(operation.method.0.as_str(), "GET" | "POST" | "QUERY") {
            return None;
        }
        let successes = operation.responses.success.iter().enumerate();
        let mut bodies = successes.filter(|(_, case)| !matches!(case.body, ResponseBody::Empty));
        let (success, case) = bodies.next()?;
        let is_success = match case.status {
            Status::Code(code) => (200..300).contains(&code),
            Status::Range(class) => class == 2,
            Status::Default => true,
        };
        let ResponseBody::Json(body) = &case.body else { return None };
        if bodies.next().is_some() || !is_success {
            return None;
        }
        let headers = case.headers.and_then(|index| groups.get(index));
        let has_link =
            headers.is_some_and(|group| group.headers.iter().any(|header| header.wire.eq_ignore_ascii_case("link")));
        Some(Self {
            types,
            operation,
            parameters: Parameters::of(types, operation),
            success,
            body,
            places: places::of(types, body),
            has_link,
        })
    }

    /// Whether a URL alone is enough to request a page.
    pub fn is_get(&self) -> bool {
        self.operation.method.0 == "GET"
    }

    /// The items, if the body itself is their list.
    pub fn bare_list(&self) -> Option<&'t TypeUse> {
        match places::holds(self.types, self.body) {
            Holds::List(item) => Some(item),
            _ => None,
        }
    }

    /// The list of items in the body, and the steps to it. There are no steps if the body itself is
    /// the list.
    pub fn items(&self) -> Option<(Vec<String>, &'t TypeUse)> {
        if let Some(item) = self.bare_list() {
            return Some((Vec::new(), item));
        }
        let place = places::items(self.types, &self.places, self.segment())?;
        let Holds::List(item) = place.holds else { return None };
        Some((place.steps.iter().map(|step| (*step).to_owned()).collect(), item))
    }

    /// The last fixed segment of the path, which often names the items.
    fn segment(&self) -> &str {
        let mut segments = self.operation.path.segments.iter().rev();
        let literal = segments.find_map(|segment| match segment.pieces.as_slice() {
            [SegmentPiece::Literal(text)] => Some(text.as_str()),
            _ => None,
        });
        literal.unwrap_or_default()
    }

    /// The best place by the rank of its name, then by its depth.
    fn best(&self, rank: impl Fn(&Place<'t>) -> Option<usize>) -> Option<&Place<'t>> {
        let ranked = self.places.iter().filter(|place| place.is_about_pages());
        let ranked = ranked.filter_map(|place| Some((rank(place)?, place.steps.len(), place)));
        ranked.min_by_key(|(rank, depth, _)| (*rank, *depth)).map(|(_, _, place)| place)
    }

    /// The pointer to the next token.
    pub fn token(&self) -> Option<String> {
        let place = self.best(|place| {
            let name = &place.name;
            let in_wrapper = place.within().is_some_and(|within| words::rank(words::ABOUT_PAGES, &within).is_some());
            // A property that is named after the previous page leads backwards.
            let rank = words::rank(words::NEXT_TOKENS, name).or_else(|| {
                let named = words::rank(words::TOKENS_IN_WRAPPERS, name)?;
                (in_wrapper || name == "cursor").then_some(words::NEXT_TOKENS.len() + named)
            })?;
            place.holds.is_token().then_some(rank)
        })?;
        Some(place.pointer())
    }

    /// The pointer to the last item's identity, next to the list.
    pub fn last_id(&self) -> Option<String> {
        let place = self.best(|place| (place.name == "lastid" && place.holds.is_token()).then_some(0))?;
        Some(place.pointer())
    }

    /// The pointer to the next URL.
    pub fn url(&self) -> Option<String> {
        let place = self.best(|place| {
            let (name, within) = (&place.name, place.within());
            let named = words::rank(words::NEXT_URLS, name);
            let in_link = || within.as_deref() == Some("next") && words::rank(words::URLS_IN_LINKS, name).is_some();
            let next = || name == "next" || (name == "nextpage" && self.parameters.page.is_none());
            let rank = named.or_else(|| (in_link() || next()).then_some(words::NEXT_URLS.len()))?;
            place.holds.is_url().then_some(rank)
        })?;
        Some(place.pointer())
    }

    /// The flag that says whether more pages follow.
    pub fn flag(&self) -> Option<More> {
        let flag = |names: &'static [&'static str]| {
            self.best(|place| matches!(place.holds, Holds::Flag).then(|| words::rank(names, &place.name)).flatten())
        };
        let more = flag(words::MORE).map(|place| More::Flag(place.pointer()));
        more.or_else(|| flag(words::LAST).map(|place| More::Last(place.pointer())))
    }

    /// The value that says whether more pages follow, for a walk by numbers.
    pub fn more(&self) -> Option<More> {
        let next = || {
            let place = self.best(|place| {
                let is_next = matches!(place.name.as_str(), "next" | "nextpage" | "nextoffset" | "nextstart");
                let is_one = place.holds.is_token() || matches!(place.holds, Holds::Object);
                (is_next && is_one).then_some(0)
            })?;
            Some(More::Next(place.pointer()))
        };
        self.flag().or_else(next)
    }

    /// The total number of items. For a walk by pages, it may also be the number of pages.
    pub fn count(&self, by_page: bool) -> Option<Count> {
        let number = |names: &'static [&'static str]| {
            self.best(|place| {
                matches!(place.holds, Holds::Number | Holds::Any).then(|| words::rank(names, &place.name)).flatten()
            })
        };
        let pages = number(words::TOTAL_PAGES).filter(|_| by_page).map(|place| Count::Pages(place.pointer()));
        pages.or_else(|| number(words::TOTALS).map(|place| Count::Items(place.pointer())))
    }

    /// The property with which an item serves as a token.
    pub fn id_of(&self, item: &'t TypeUse) -> Option<String> {
        let fields = places::fields(self.types, item);
        let has_id = fields.iter().any(|field| field.wire == "id");
        let may_have = fields.is_empty() && matches!(places::holds(self.types, item), Holds::Any | Holds::Other);
        (has_id || may_have && self.flag().is_some()).then(|| "/id".to_owned())
    }
}
