//! Malicious input: patterns that take long, and event streams that grow.

use std::time::{Duration, Instant};

use futures::{StreamExt as _, executor, stream};
use specwright_runtime::validation::Pattern;
use specwright_runtime::{ByteStream, Bytes, Event, Events, StreamError};

/// The steps of one match. They take less than a tenth of a second even with instrumentation.
const STEPS: u64 = 1_000_000;

/// States of the linear engine.
const STATES: u64 = 10_000;

/// Longer than any match may take, and short enough to notice.
const SOON: Duration = Duration::from_secs(2);

/// Matches a text with a pattern.
///
/// # Panics
/// If it takes longer than its steps allow.
pub fn pattern(pattern: &[u8], text: &[u8]) {
    let (Ok(pattern), Ok(text)) = (std::str::from_utf8(pattern), std::str::from_utf8(text)) else { return };
    let Ok(compiled) = Pattern::new(pattern, STATES) else { return };
    let begun = Instant::now();
    let verdict = compiled.check_within(text, STEPS);
    assert!(begun.elapsed() < SOON, "{pattern:?} took {:?} for {verdict:?}", begun.elapsed());
}

/// Reads a stream of events in chunks of every size.
///
/// # Panics
/// If the events depend on the chunks.
pub fn events(bytes: &[u8]) {
    let whole = read(bytes, bytes.len().max(1));
    for size in [1, 2, 7] {
        assert_eq!(read(bytes, size), whole);
    }
}

fn read(bytes: &[u8], size: usize) -> Vec<Option<Event<String>>> {
    let chunks: Vec<Result<Bytes, StreamError>> =
        bytes.chunks(size).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
    let events = Events::<String>::read(ByteStream::new(stream::iter(chunks)));
    executor::block_on(events.map(Result::ok).collect())
}
