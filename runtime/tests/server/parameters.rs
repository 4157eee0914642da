//! Parameters round trip from the client to the server, in every style.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use specwright_runtime::descriptor::{Location, Operation, Parameter, Piece, Style};
use specwright_runtime::params::decode::{
    Encoding, ParamDecodeError, decode_cookie, decode_header, decode_path, decode_query, decode_query_string,
};
use specwright_runtime::params::{
    ParamValue, encode_cookie, encode_header, encode_path, encode_query, encode_query_string,
};
use specwright_runtime::server as rt;

use crate::service::{echo, get, single};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Rgb {
    r: u8,
    g: i64,
    name: String,
}

fn rgb() -> Rgb {
    Rgb { r: 100, g: -200, name: "sky & sea, 100% äöü +1".to_owned() }
}

fn words() -> Vec<String> {
    ["blue", "a b", "c,d", "e|f", "100%", "x+y", "ü"].map(ToOwned::to_owned).to_vec()
}

/// Values without the delimiters that the style cannot escape.
fn plain_words(without: &[char]) -> Vec<String> {
    words().into_iter().filter(|word| !word.contains(without)).collect()
}

fn query<T: Serialize + DeserializeOwned>(parameter: &Parameter, value: &T) -> Result<T, ParamDecodeError> {
    let mut text = String::from("other=1");
    encode_query(&mut text, parameter, &ParamValue::of(value).unwrap()).unwrap();
    decode_query(parameter, &text, &|name| name == "other")
}

#[test]
fn queries_round_trip_in_every_style() {
    for (style, explode, delimiters) in [
        (Style::Form, true, &[][..]),
        (Style::Form, false, &[]),
        (Style::SpaceDelimited, false, &[' ']),
        (Style::SpaceDelimited, true, &[]),
        (Style::PipeDelimited, false, &['|']),
        (Style::PipeDelimited, true, &[]),
        (Style::TabDelimited, false, &['\t']),
    ] {
        let parameter = Parameter { name: "p[]", style, explode, ..Parameter::QUERY };
        let words = plain_words(delimiters);
        assert_eq!(query(&parameter, &words), Ok(words), "{style:?} {explode}");
        assert_eq!(query(&parameter, &-7_i32), Ok(-7));
        assert_eq!(query(&parameter, &1.5_f64), Ok(1.5));
        assert_eq!(query(&parameter, &true), Ok(true));
        assert_eq!(query(&parameter, &rgb().name), Ok(rgb().name));
        assert_eq!(query(&parameter, &vec![1_u8, 2]), Ok(vec![1, 2]));
        let point = BTreeMap::from([("x".to_owned(), 1_i8), ("y".to_owned(), -1)]);
        assert_eq!(query(&parameter, &point), Ok(point), "{style:?} {explode}");
    }
    for explode in [true, false] {
        let parameter = Parameter { name: "color", explode, ..Parameter::QUERY };
        assert_eq!(query(&parameter, &rgb()), Ok(rgb()));
    }
}

#[test]
fn deep_objects_round_trip() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Filter {
        rgb: Rgb,
        tags: Vec<String>,
        gone: Option<u8>,
    }
    let parameter = Parameter { name: "filter", style: Style::DeepObject, ..Parameter::QUERY };
    let filter = Filter { rgb: rgb(), tags: words(), gone: None };
    assert_eq!(query(&parameter, &filter), Ok(filter));
    let tags: BTreeMap<String, Vec<u8>> = decode_query(&parameter, "filter[a][]=1&filter[a][]=2", &|_| false).unwrap();
    assert_eq!(tags, BTreeMap::from([("a".to_owned(), vec![1, 2])]));
    let deep = format!("filter{}=1", "[a]".repeat(10_000));
    assert!(decode_query::<serde_json::Value>(&parameter, &deep, &|_| false).is_err());
    assert_eq!(decode_query::<Rgb>(&parameter, "other=1", &|_| false), Err(ParamDecodeError::Absent));
}

#[test]
fn query_strings_and_json_round_trip() {
    let parameter = Parameter { name: "q", ..Parameter::QUERY_STRING };
    let mut text = String::new();
    encode_query_string(&mut text, &ParamValue::of(&rgb()).unwrap()).unwrap();
    assert_eq!(decode_query_string::<Rgb>(&parameter, &text), Ok(rgb()));
    let json = Parameter { json: true, ..parameter };
    let mut text = String::new();
    encode_query_string(&mut text, &ParamValue::json(&rgb()).unwrap()).unwrap();
    assert_eq!(decode_query_string::<Rgb>(&json, &text), Ok(rgb()));
    let json = Parameter { name: "q", json: true, ..Parameter::QUERY };
    let mut text = String::new();
    encode_query(&mut text, &json, &ParamValue::json(&rgb()).unwrap()).unwrap();
    assert_eq!(decode_query::<Rgb>(&json, &text, &|_| false), Ok(rgb()));
}

#[test]
fn headers_round_trip_with_the_delimiters_of_2_0() {
    for (style, line) in
        [(Style::SpaceDelimited, "a,b c"), (Style::PipeDelimited, "a,b|c"), (Style::TabDelimited, "a,b\tc")]
    {
        let words = ["a,b".to_owned(), "c".to_owned()];
        let value = ParamValue::of(&words).unwrap();
        assert_eq!(encode_header(style, false, &value).unwrap().unwrap(), line);
        let parameter = Parameter { name: "p", style, ..Parameter::HEADER };
        assert_eq!(decode_header::<Vec<String>>(&parameter, vec![line]), Ok(words.to_vec()));
    }
}

#[test]
fn headers_and_cookies_round_trip() {
    for explode in [true, false] {
        let parameter = Parameter { name: "p", explode, ..Parameter::HEADER };
        let header = |value: &ParamValue| encode_header(Style::Simple, explode, value).unwrap().unwrap();
        let words = plain_words(&[',']);
        let line = header(&ParamValue::of(&words).unwrap());
        let line = std::str::from_utf8(line.as_bytes()).unwrap();
        assert_eq!(decode_header::<Vec<String>>(&parameter, vec![line]), Ok(words.clone()));
        let (first, second) = line.split_once(',').unwrap();
        assert_eq!(decode_header::<Vec<String>>(&parameter, vec![first, second]), Ok(words));
        let point = BTreeMap::from([("x".to_owned(), 1_i8), ("y".to_owned(), -1)]);
        let line = header(&ParamValue::of(&point).unwrap());
        assert_eq!(decode_header(&parameter, vec![line.to_str().unwrap()]), Ok(point.clone()));
        assert_eq!(decode_header::<Vec<u8>>(&parameter, vec!["1, 2 ,3"]), Ok(vec![1, 2, 3]));
        assert!(decode_header::<String>(&parameter, vec!["a", "b"]).is_err());

        let cookie = Parameter { name: "p", explode, ..Parameter::COOKIE };
        let mut text = String::from("other=1");
        encode_cookie(&mut text, &cookie, &ParamValue::of(&rgb().name).unwrap()).unwrap();
        assert_eq!(decode_cookie(&cookie, &[&text], &|_| false), Ok(rgb().name));
        let mut text = String::from("other=1");
        encode_cookie(&mut text, &cookie, &ParamValue::of(&point).unwrap()).unwrap();
        assert_eq!(decode_cookie(&cookie, &[&text], &|name| name == "other"), Ok(point));
        let mut text = String::new();
        encode_cookie(&mut text, &cookie, &ParamValue::of(&vec![1, 2]).unwrap()).unwrap();
        assert_eq!(decode_cookie::<Vec<u8>>(&cookie, &[&text], &|_| false), Ok(vec![1, 2]));
    }
}

fn path<T: Serialize + DeserializeOwned>(style: Style, explode: bool, value: &T) -> Result<T, ParamDecodeError> {
    static SEGMENTS: &[&[Piece]] = &[&[Piece::Parameter(0)]];
    let parameter = Parameter { name: "color", style, explode, ..Parameter::PATH };
    let operation = Operation { segments: SEGMENTS, parameters: Vec::leak(vec![parameter]), ..Operation::BASE };
    let value = ParamValue::of(value).unwrap();
    let text = encode_path(&operation, |_| Some(&value)).unwrap();
    decode_path(&parameter, text.strip_prefix('/').unwrap(), Encoding::Percent)
}

#[test]
fn paths_round_trip_in_every_style() {
    for explode in [true, false] {
        for style in [Style::Simple, Style::Label, Style::Matrix] {
            assert_eq!(path(style, explode, &7_i64), Ok(7), "{style:?} {explode}");
            assert_eq!(path(style, explode, &"a b/ü?".to_owned()), Ok("a b/ü?".to_owned()), "{style:?} {explode}");
            let words = if style == Style::Label && explode { plain_words(&['.']) } else { words() };
            assert_eq!(path(style, explode, &words), Ok(words), "{style:?} {explode}");
            assert_eq!(path(style, explode, &rgb()), Ok(rgb()), "{style:?} {explode}");
        }
    }
}

#[test]
fn values_of_the_wrong_type_are_refused() {
    let parameter = Parameter { name: "p", ..Parameter::QUERY };
    let read = |query: &str| decode_query::<i32>(&parameter, query, &|_| false);
    assert_eq!(read("q=1"), Err(ParamDecodeError::Absent));
    for query in ["p=", "p=x", "p=1.0", "p=2147483648", "p=1&p=2", "p=%FF"] {
        assert!(matches!(read(query), Err(ParamDecodeError::Invalid { .. })), "{query}");
    }
    for number in ["NaN", "inf", "-infinity", ""] {
        assert!(decode_query::<f64>(&parameter, &format!("p={number}"), &|_| false).is_err(), "{number}");
    }
    assert!(decode_query::<bool>(&parameter, "p=1", &|_| false).is_err());
}

#[test]
fn encoded_delimiters_are_found_if_nothing_else_fits() {
    let parameter = Parameter { name: "p", explode: false, ..Parameter::QUERY };
    assert_eq!(decode_query::<Vec<u8>>(&parameter, "p=1%2C2", &|_| false), Ok(vec![1, 2]));
    let text = decode_query::<Vec<String>>(&parameter, "p=a%2Cb", &|_| false);
    assert_eq!(text, Ok(vec!["a,b".to_owned()]));
}

#[test]
fn types_that_accept_anything_get_numbers_or_text() {
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(untagged)]
    enum Id {
        Number(u32),
        Text(String),
    }
    let parameter = Parameter { name: "p", ..Parameter::QUERY };
    let read = |query: &str| decode_query::<Id>(&parameter, query, &|_| false).unwrap();
    assert_eq!(read("p=7"), Id::Number(7));
    assert_eq!(read("p=007"), Id::Text("007".to_owned()));
    assert_eq!(read("p=-7"), Id::Text("-7".to_owned()));
    assert_eq!(decode_query(&parameter, "p=a&p=2", &|_| false), Ok(serde_json::json!(["a", 2])));
}

static SEARCH: Operation = Operation {
    id: "search",
    segments: &[&[Piece::Literal("search")]],
    parameters: &[
        Parameter { name: "limit", required: true, ..Parameter::QUERY },
        Parameter { name: "x-tenant", ..Parameter::HEADER },
        Parameter { name: "filter", ..Parameter::QUERY },
        Parameter { name: "sort", style: Style::DeepObject, ..Parameter::QUERY },
    ],
    ..Operation::BASE
};

fn search(_: Arc<()>, request: rt::Request) -> rt::HandlerFuture {
    Box::pin(async move {
        let limit: u32 = request
            .required_with(0, &rt::Constraints { maximum: Some(rt::Bound::Integer(100)), ..rt::Constraints::NONE })?;
        let tenant: Option<String> = request.optional(1)?;
        let filter: Option<BTreeMap<String, String>> = request.optional(2)?;
        let sort: Option<BTreeMap<String, String>> = request.optional(3)?;
        Ok(echo(&(limit, tenant, filter, sort)))
    })
}

#[tokio::test]
async fn parameters_are_validated_with_their_pointer() {
    let router = || single(&SEARCH, search);
    assert_eq!(get(router(), "/search?limit=5").await.text, "[5,null,null,null]");
    let response = get(router(), "/search?limit=5&a=1&b=x+y&sort[c]=d").await;
    assert_eq!(response.json(), serde_json::json!([5, null, {"a": "1", "b": "x y"}, {"c": "d"}]));
    for (uri, status) in
        [("/search", 400), ("/search?limit=x", 400), ("/search?limit=-1", 400), ("/search?limit=101", 422)]
    {
        let response = get(router(), uri).await;
        assert_eq!(
            (response.status, response.pointers()),
            (status, vec!["/query/limit".to_owned()]),
            "{}",
            response.text
        );
    }
    assert_eq!(SEARCH.parameters[1].location, Location::Header);
}
