//! Measures the bodies that cost most, each as long as a server accepts:
//! `cargo run --release -p benches --bin bodies`.
//!
//! Each goes to the generated server of `bodies.yaml`, or with the argument `mock` to the mock of the
//! same document, on a runtime with one thread that responds. Meanwhile others ask for something
//! small every millisecond; the last column is what they wait at most.

use std::error::Error;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use futures::StreamExt as _;
use http::{Request, StatusCode};
use nix::sys::resource::{UsageWho, getrusage};
use specwright_mock::Mock;
use specwright_runtime::server as rt;
use tower::ServiceExt as _;

use self::bodies::server::{LinesInput, router};
use self::bodies::{operations, server};

specwright_macros::api!(mod bodies = "bodies.yaml", server);

/// Bytes of a body: some less than 2 MiB.
const LENGTH: usize = (2 << 20) - 1_000;

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const PARTS: &str = "multipart/form-data; boundary=b";

/// What is sent.
struct Sample {
    name: &'static str,
    path: &'static str,
    media: &'static str,
    body: String,
}

/// Reads streams to their end; everything else is read before the service is called.
struct Reader;

impl server::Bodies for Reader {
    async fn lines(
        &self,
        input: LinesInput,
        _: rt::Context,
    ) -> Result<operations::LinesSuccess, rt::Failure<operations::LinesError>> {
        let read = input.body.filter(|item| std::future::ready(item.is_ok())).count().await;
        assert!(read < LENGTH, "more items than bytes");
        Ok(operations::LinesSuccess::NoContent)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let document = concat!(env!("CARGO_MANIFEST_DIR"), "/bodies.yaml");
    let router = match std::env::args().nth(1).as_deref() {
        None => router(Reader),
        Some("mock") => Mock::of(document).stateless().router()?,
        Some(_) => return Err("the only argument is `mock`".into()),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    println!("| body | status | CPU, ms | others wait, ms |\n|---|---|---|---|");
    for sample in samples() {
        let (status, spent, longest) = runtime.block_on(measure(&router, &sample))?;
        println!("| {} | {status} | {} | {} |", sample.name, spent.as_millis(), longest.as_millis());
    }
    Ok(())
}

/// The status of a sample, the CPU time that it takes, and what others wait at most meanwhile.
async fn measure(router: &Router, sample: &Sample) -> Result<(StatusCode, Duration, Duration), Box<dyn Error>> {
    let done = Arc::new(AtomicBool::new(false));
    let others = tokio::spawn(others(router.clone(), Arc::clone(&done)));
    tokio::time::sleep(Duration::from_millis(20)).await;
    let request = Request::post(sample.path).header("content-type", sample.media);
    let request = request.body(Body::from(sample.body.clone()))?;
    let before = spent()?;
    let response = tokio::spawn(router.clone().oneshot(request)).await?;
    let after = spent()?;
    done.store(true, Ordering::Relaxed);
    let longest = others.await?;
    let Ok(response) = response;
    Ok((response.status(), after.saturating_sub(before), longest))
}

/// Asks for something small until all is done; returns the longest time until a response.
async fn others(router: Router, done: Arc<AtomicBool>) -> Duration {
    let mut longest = Duration::ZERO;
    while !done.load(Ordering::Relaxed) {
        let due = Instant::now() + Duration::from_millis(1);
        tokio::time::sleep_until(due.into()).await;
        let request = Request::get("/ping").body(Body::empty()).expect("a request");
        let Ok(response) = router.clone().oneshot(request).await;
        assert!(response.status() != StatusCode::NOT_FOUND, "a response of the operation");
        longest = longest.max(due.elapsed());
    }
    longest
}

/// The CPU time that this process has taken.
fn spent() -> Result<Duration, Box<dyn Error>> {
    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    let micros = [usage.user_time(), usage.system_time()].map(|time| time.tv_sec() * 1_000_000 + time.tv_usec());
    Ok(Duration::from_micros(u64::try_from(micros[0] + micros[1])?))
}

fn samples() -> Vec<Sample> {
    let json = |name, path, body| Sample { name, path, media: JSON, body };
    let list = |item: &str| repeated("[", item, ",", "]");
    let unions = |levels, inner: &str| format!("{{\"next\":{}}}", list(&nested(levels, inner)));
    let mut samples = vec![
        json("unions, 1 level", "/unions", unions(1, "{\"size\":1}")),
        json("unions, 10 levels", "/unions", unions(10, "{\"size\":1}")),
        json("unions, 20 levels", "/unions", unions(20, "{\"size\":1}")),
        json("unions, 50 levels", "/unions", unions(50, "{\"size\":1}")),
        json("unions, 20 levels, wrong type", "/unions", unions(20, "{\"size\":true}")),
        json("unions, 50 levels, wrong type", "/unions", unions(50, "{\"size\":true}")),
        json("unions, 20 levels, too large", "/unions", unions(20, "{\"size\":10}")),
        json("rows", "/rows", list("{\"number\":1.5}")),
        json("rows with numbers of 17 digits", "/rows", list("{\"number\":0.12345678901234567}")),
        json("rows with a long number", "/rows", format!("[{{\"number\":0.{}}}]", "1".repeat(LENGTH))),
        json("rows without a name", "/rows", list("{\"z\":1}")),
        json("rows with `null`", "/rows", list("{\"number\":null}")),
        json("empty rows", "/rows", list("{}")),
        json("texts that match in many ways", "/rows", list("{\"text\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}")),
        json("one text that matches in many ways", "/rows", format!("[{{\"text\":\"{}\"}}]", "a".repeat(LENGTH))),
        json("texts with a back reference", "/rows", list("{\"back\":\"aaaaaaaaaaaaaaaa aaaaaaaaaaaaaaaa\"}")),
        json("one text with a back reference", "/rows", format!("[{{\"back\":\"{}\"}}]", "a".repeat(LENGTH))),
        json("one plain text", "/rows", format!("[{{\"plain\":\"{}\"}}]", repeated("", "abcdefghi", "-", "-a"))),
        json("different items", "/unique", counted("[", ",", "]")),
        json("different lists", "/unique", counted("[[[[[", "]]]],[[[[", "]]]]]")),
        json("equal objects", "/unique", list("{\"a\":[1,{\"b\":2}]}")),
        json("one object of many properties", "/rows", format!("[{{{}\"x\":1}}]", counted("\"", "\":1,\"", "\":1,"))),
        json("brackets", "/rows", "[".repeat(LENGTH)),
    ];
    let form = |name, body| Sample { name, path: "/forms", media: FORM, body };
    samples.push(form("form of many names", counted("", "=&", "=")));
    samples.push(form("form of many keys of an object", counted("deep%5B", "%5D=1&deep%5B", "%5D=1")));
    samples.push(form("form of one name", repeated("", "a=1", "&", "")));
    samples.push(form("form of escapes", repeated("", "%61=%62", "&", "")));
    let parts = |name, body| Sample { name, path: "/parts", media: PARTS, body };
    let small = filled(LENGTH / 256 - 120, "{\"next\":[", &nested(20, "{\"size\":1}"), ",", "]}");
    samples.push(parts("256 parts of unions, 20 levels", part(&small).repeat(256) + "--b--\r\n"));
    samples.push(parts("one part of unions, 20 levels", part(&unions(20, "{\"size\":1}")) + "--b--\r\n"));
    let line = nested(40, "{\"size\":true}");
    let lines = |name, body| Sample { name, path: "/lines", media: "application/jsonl", body };
    samples.push(lines("lines of unions, 40 levels, wrong type", repeated("", &line, "\n", "\n")));
    samples.push(lines("one line of unions", unions(20, "{\"size\":1}")));
    samples
}

/// A filter within filters.
fn nested(levels: usize, inner: &str) -> String {
    format!("{}{inner}{}", "{\"next\":[".repeat(levels), "]}".repeat(levels))
}

/// As many items as fit into a body.
fn repeated(open: &str, item: &str, between: &str, close: &str) -> String {
    filled(LENGTH, open, item, between, close)
}

fn filled(length: usize, open: &str, item: &str, between: &str, close: &str) -> String {
    let count = length / (item.len() + between.len());
    format!("{open}{}{close}", vec![item; count].join(between))
}

/// As many numbers as fit.
fn counted(open: &str, between: &str, close: &str) -> String {
    let mut text = open.to_owned();
    for number in 0.. {
        if text.len() + between.len() + close.len() + 16 > LENGTH {
            break;
        }
        let between = if number == 0 { "" } else { between };
        let _ = write!(text, "{between}{number}");
    }
    text + close
}

/// A part of a form.
fn part(json: &str) -> String {
    let head = "content-disposition: form-data; name=\"filters\"\r\ncontent-type: application/json";
    format!("--b\r\n{head}\r\n\r\n{json}\r\n")
}
