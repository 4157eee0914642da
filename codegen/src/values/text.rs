//! Makes text for a schema, by its format, its length and its patterns.

use specwright_runtime::validation::Verdict;

use super::{counts, pattern};
use crate::document::Node;
use crate::limits::VALUE_CHARS;
use crate::openapi::fit::patterns;

/// Texts that often match patterns.
const SAMPLES: [&str; 22] = [
    "a",
    "A",
    "1",
    "ab",
    "abc",
    "ABC",
    "Abc",
    "a1",
    "A1",
    "abc-def",
    "abc_def",
    "a.b",
    "AA",
    "US",
    "en-US",
    "12",
    "123",
    "1234",
    "1.0.0",
    "#aabbcc",
    "+15551234567",
    "/a",
];

/// A text that satisfies all nodes.
pub(super) fn make(nodes: &[&Node]) -> Option<String> {
    let format = nodes.iter().filter_map(|node| node.get("format")?.as_str()).next_back();
    let found: Vec<&str> = nodes.iter().filter_map(|node| node.get("pattern")?.as_str()).collect();
    let least = counts(nodes, "minLength").max().unwrap_or(0);
    let most = counts(nodes, "maxLength").min().unwrap_or(u64::MAX);
    if least > most || least > VALUE_CHARS {
        return None;
    }
    let matches = |text: &str| found.iter().all(|pattern| patterns::check(pattern, text) == Verdict::Matches);
    let samples = format.and_then(sample).into_iter().chain(["text"]).chain(SAMPLES);
    let made = found.iter().flat_map(|pattern| pattern::proposals(pattern, least));
    let fits = |text: &String| (least..=most).contains(&(text.chars().count() as u64));
    samples.map(|text| fitted(text, least, most)).chain(made.filter(fits)).find(|text| matches(text))
}

/// A sample repeated or cut to a length.
fn fitted(sample: &str, least: u64, most: u64) -> String {
    let length = sample.chars().count() as u64;
    let wanted = usize::try_from(length.clamp(least, most)).unwrap_or_default();
    sample.chars().cycle().take(wanted).collect()
}

/// Text in a format.
fn sample(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" => "2026-01-31T12:00:00Z",
        "date" | "full-date" => "2026-01-31",
        "time" => "12:00:00Z",
        "duration" => "PT1H",
        "uuid" | "guid" => "3fa85f64-5717-4562-b3fc-2c963f66afa6",
        "uri" | "url" => "https://example.com/a",
        "email" => "jane@example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "decimal" => "1.50",
        "byte" | "base64" => "aGVsbG8=",
        _ => return None,
    })
}
