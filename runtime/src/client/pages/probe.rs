//! Reads a few values of a JSON body without decoding the rest: the number of items, the last item,
//! and everything that describes the next page.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::descriptor::{Count, More, Paging, Walk};

/// The values of a page that describe it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Probe {
    /// The number of items; `None` if the list is absent.
    pub items: Option<u64>,
    /// Whether its last item is an object.
    pub of_objects: bool,
    /// The token or URL of the next page.
    pub next: Option<Value>,
    /// The value that says whether there are more pages.
    pub more: Option<Value>,
    /// The number of all items or pages.
    pub count: Option<u64>,
}

/// The kind of value that a pointer leads to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Items,
    /// The token or URL of the next page, or the property of an item that serves as the token.
    Next,
    More,
    Count,
}

/// A kind of value, and the rest of the pointer to it.
type Wanted<'p> = (Place, &'p str);

impl Probe {
    /// Reads these values from a page. A body that is not JSON has none.
    pub fn read(paging: &Paging, body: &[u8]) -> Self {
        let mut wanted: Vec<Wanted<'_>> = vec![(Place::Items, paging.items)];
        let mut of_last = None;
        match paging.walk {
            Walk::Token { next, .. } => wanted.push((Place::Next, next)),
            Walk::LastItem { property, .. } => of_last = Some(property),
            Walk::Page { .. } | Walk::Offset { .. } | Walk::Link => {}
        }
        if let Some(More::Flag(pointer) | More::Last(pointer) | More::Next(pointer)) = paging.more {
            wanted.push((Place::More, pointer));
        }
        if let Some(Count::Items(pointer) | Count::Pages(pointer)) = paging.count {
            wanted.push((Place::Count, pointer));
        }
        let mut probe = Self::default();
        let mut json = serde_json::Deserializer::from_slice(body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body));
        // If something cannot be read, the decoder of the whole body reports it.
        let _ = Seek { wanted, of_last, is_item: false, probe: &mut probe }.deserialize(&mut json);
        probe
    }

    fn keep(&mut self, place: Place, value: &Value) {
        match place {
            Place::Next => self.next = Some(value.clone()),
            Place::More => self.more = Some(value.clone()),
            Place::Count => self.count = value.as_u64().or_else(|| value.as_str()?.parse().ok()),
            Place::Items => {}
        }
    }
}

/// Looks for the values below a JSON value.
struct Seek<'p, 'o> {
    wanted: Vec<Wanted<'p>>,
    /// The property of the last item that is kept.
    of_last: Option<&'p str>,
    /// Whether the value is an item.
    is_item: bool,
    probe: &'o mut Probe,
}

impl Seek<'_, '_> {
    /// Keeps a scalar to which a pointer leads.
    fn scalar(self, value: &Value) {
        if self.is_item {
            self.probe.of_objects = false;
        }
        for (place, _) in self.wanted.iter().filter(|(_, rest)| rest.is_empty()) {
            self.probe.keep(*place, value);
        }
    }
}

/// The pointer after its first step, if that is this key.
fn step<'p>(pointer: &'p str, key: &str) -> Option<&'p str> {
    let rest = pointer.strip_prefix('/')?;
    let (first, rest) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let is_key = if first.contains('~') { first.replace("~1", "/").replace("~0", "~") == key } else { first == key };
    is_key.then_some(rest)
}

impl<'de> DeserializeSeed<'de> for Seek<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seek<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { wanted, of_last, is_item, probe } = self;
        probe.of_objects |= is_item;
        // An object where the next page is described means that there is one.
        if wanted.contains(&(Place::More, "")) {
            probe.more = Some(Value::Bool(true));
        }
        if wanted.is_empty() {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        while let Some(key) = map.next_key::<String>()? {
            let inner: Vec<Wanted<'_>> =
                wanted.iter().filter_map(|(place, pointer)| Some((*place, step(pointer, &key)?))).collect();
            if inner.is_empty() {
                map.next_value::<IgnoredAny>()?;
            } else {
                map.next_value_seed(Seek { wanted: inner, of_last, is_item: false, probe: &mut *probe })?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Self { wanted, of_last, probe, .. } = self;
        if !wanted.contains(&(Place::Items, "")) {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        let mut count = 0;
        loop {
            let wanted = of_last.map(|property| (Place::Next, property)).into_iter().collect();
            if list.next_element_seed(Seek { wanted, of_last: None, is_item: true, probe: &mut *probe })?.is_none() {
                break;
            }
            count += 1;
        }
        probe.items = Some(count);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.scalar(&Value::Null);
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.scalar(&value.into());
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.scalar(&value.into());
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.scalar(&value.into());
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.scalar(&value.into());
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.scalar(&value.into());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const BASE: Paging = Paging { items: "", walk: Walk::Link, size: None, more: None, count: None };

    #[test]
    fn places_are_read_wherever_they_are() {
        let paging = Paging {
            items: "/data/list",
            walk: Walk::Token { parameter: None, next: "/links/next/href" },
            more: Some(More::Flag("/data/has_more")),
            count: Some(Count::Items("/meta/total")),
            ..BASE
        };
        let body = json!({
            "links": {"self": {"href": "/a"}, "next": {"href": "/b"}},
            "data": {"has_more": true, "list": [{"a": [1, {"next": 2}]}, {}], "other": [1, 2, 3]},
            "meta": {"total": "17"},
        });
        let probe = Probe::read(&paging, body.to_string().as_bytes());
        let expected = Probe {
            items: Some(2),
            of_objects: true,
            next: Some("/b".into()),
            more: Some(true.into()),
            count: Some(17),
        };
        assert_eq!(probe, expected);
    }

    #[test]
    fn the_last_item_is_the_one_that_counts() {
        let paging = Paging { walk: Walk::LastItem { parameter: 0, property: "/id" }, ..BASE };
        let probe = Probe::read(&paging, b"\xEF\xBB\xBF[{\"id\": 1}, {\"x\": {\"id\": 3}, \"id\": 2}]");
        assert_eq!((probe.items, probe.next), (Some(2), Some(2.into())));
    }

    #[test]
    fn a_body_without_the_places_has_none() {
        for body in ["", "nothing", "[", "7", "{\"a\": {\"b\": []}}"] {
            let paging = Paging { items: "/data", ..BASE };
            assert_eq!(Probe::read(&paging, body.as_bytes()), Probe::default(), "{body}");
        }
    }

    #[test]
    fn steps_are_those_of_json_pointers() {
        assert_eq!(step("/a~1b/c", "a/b"), Some("/c"));
        assert_eq!(step("/@odata.nextLink", "@odata.nextLink"), Some(""));
        assert_eq!(step("/a", "ab"), None);
        assert_eq!(step("", ""), None);
    }
}
