//! Deep and costly unions.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::from_str;
use specwright_runtime::union::{Member, Probe, Tag, Union, member};

/// Two members of the same shape that contain the union again. Only reading can distinguish them.
#[derive(Debug, PartialEq)]
enum Filter {
    Left(Box<Left>),
    Right(Box<Right>),
}

#[derive(Debug, PartialEq)]
struct Left {
    next: Option<Filter>,
    size: Option<u8>,
}
specwright_runtime::object!(Left { optional next = "next", optional size = "size" });

#[derive(Debug, PartialEq)]
struct Right {
    next: Option<Filter>,
    size: Option<u8>,
}
specwright_runtime::object!(Right { optional next = "next", optional size = "size" });

specwright_runtime::union!(Filter { Left, Right });

static READ: AtomicU64 = AtomicU64::new(0);

const OBJECT: Probe = Probe { json: Probe::OBJECT, known: &["next", "size"], ..Probe::ANY };

impl Union for Filter {
    const NAME: &'static str = "Filter";
    const TAG: Tag = Tag::NONE;
    const MEMBERS: &'static [Member<Self>] = &[
        Member {
            name: "Left",
            probe: OBJECT,
            read: |value| {
                READ.fetch_add(1, Ordering::Relaxed);
                member(value, Self::Left)
            },
        },
        Member {
            name: "Right",
            probe: OBJECT,
            read: |value| {
                READ.fetch_add(1, Ordering::Relaxed);
                member(value, Self::Right)
            },
        },
    ];
}

fn nested(depth: usize, inmost: &str) -> String {
    ["{\"next\":".repeat(depth), inmost.to_owned(), "}".repeat(depth)].concat()
}

#[test]
fn a_nested_union_is_not_read_endlessly() {
    assert!(from_str::<Filter>(&nested(50, "{\"size\":1}")).is_ok());
    READ.store(0, Ordering::Relaxed);
    let error = from_str::<Filter>(&nested(24, "{\"size\":true}")).unwrap_err().to_string();
    let read = READ.load(Ordering::Relaxed);
    // Without a budget, there would be 2^25 of them.
    assert!(read <= 100_000, "{read} readings");
    assert!(error.len() < 2000, "a message of {} bytes", error.len());
    assert!(error.contains("Left") && error.contains("Right"), "{error}");
}

#[test]
fn any_number_of_sibling_unions_is_read() {
    let one = nested(2, "{\"size\":300}");
    let good = nested(2, "{\"size\":3}");
    let text = format!("[{}]", vec![good.as_str(); 20_000].join(","));
    assert_eq!(from_str::<Vec<Filter>>(&text).unwrap().len(), 20_000);
    assert!(from_str::<Filter>(&one).is_err());
    assert!(from_str::<Filter>(&good).is_ok(), "a failure leaves nothing behind");
}
