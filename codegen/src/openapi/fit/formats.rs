//! Checks whether text is in the format that a schema names, by the rules of the runtime.

use specwright_runtime::value::Format;
use specwright_runtime::value::format::{
    Base64, Date, DateTime, Decimal, Duration, Email, Ipv4, Ipv6, Time, Uri, Uuid,
};

use super::{Reason, Violation};

/// Whether the text is in the format with this name. Any text is in a format that has no type in
/// the runtime.
pub(super) fn check(name: &str, text: &str) -> Result<(), Violation> {
    match name {
        "date-time" => is::<DateTime>(text),
        "date" | "full-date" => is::<Date>(text),
        "time" => is::<Time>(text),
        "duration" => is::<Duration>(text),
        "uuid" | "guid" => is::<Uuid>(text),
        "uri" | "url" => is::<Uri>(text),
        "email" => is::<Email>(text),
        "ipv4" => is::<Ipv4>(text),
        "ipv6" => is::<Ipv6>(text),
        "decimal" => is::<Decimal>(text),
        "byte" | "base64" => is::<Base64>(text),
        _ => Ok(()),
    }
}

fn is<F: Format>(text: &str) -> Result<(), Violation> {
    F::check(text).map_err(|error| Reason::Format(error.to_string()).into())
}
