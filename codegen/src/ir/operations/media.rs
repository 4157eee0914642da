//! Turns the text of a media type into its essence, its class, and the words for it in names.

use crate::ir::model::Media;

/// How content of a media type is encoded, as far as the media type shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// JSON, `+json`, merge-patch.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/*`.
    Multipart,
    /// Other `text/*`.
    Text,
    /// `text/event-stream`.
    Events,
    /// JSON lines and sequences.
    Lines,
    /// Bytes of moderate size: XML, images, PDF.
    Bytes,
    /// Bytes of any size: archives, audio, video, `application/octet-stream`.
    Stream,
    /// `*/*` and `application/*`, for which the schema decides.
    Wildcard,
}

/// Reads a media type; `None` if it is not of the form `type/subtype`.
pub(super) fn parse(text: &str) -> Option<Media> {
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/')?;
    let ok = is_token(kind) && is_token(subtype);
    ok.then(|| Media { text: text.trim().to_owned(), essence })
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// The class of a media type, based on its essence.
pub(super) fn classify(essence: &str) -> Class {
    match essence {
        "application/x-www-form-urlencoded" => Class::Form,
        "text/event-stream" => Class::Events,
        "*/*" | "application/*" => Class::Wildcard,
        "application/octet-stream"
        | "application/zip"
        | "application/gzip"
        | "application/x-gzip"
        | "application/x-tar"
        | "application/x-zip-compressed"
        | "application/binary"
        | "binary/octet-stream" => Class::Stream,
        _ if is_lines(essence) => Class::Lines,
        _ if is_json(essence) => Class::Json,
        _ => classify_by_parts(essence),
    }
}

fn classify_by_parts(essence: &str) -> Class {
    let (kind, subtype) = essence.split_once('/').unwrap_or((essence, ""));
    match kind {
        "multipart" => Class::Multipart,
        "audio" | "video" => Class::Stream,
        "text" if subtype != "xml" && !subtype.ends_with("+xml") => Class::Text,
        _ => Class::Bytes,
    }
}

/// Whether content of the media type is one JSON value.
pub(super) fn is_json(essence: &str) -> bool {
    let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
    subtype == "json"
        || subtype.ends_with("+json")
        || essence == "application/x-json"
        || essence == "application/x-javascript"
}

fn is_lines(essence: &str) -> bool {
    let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
    matches!(
        subtype,
        "jsonl"
            | "x-jsonl"
            | "jsonlines"
            | "json-lines"
            | "x-jsonlines"
            | "x-json-lines"
            | "ndjson"
            | "x-ndjson"
            | "json-seq"
            | "stream+json"
            | "x-json-stream"
    ) || subtype.ends_with("+json-seq")
        || subtype.ends_with("+jsonl")
        || subtype.ends_with("+ndjson")
}

/// The word for a class.
pub(super) fn class_word(class: Class) -> &'static str {
    match class {
        Class::Json => "json",
        Class::Form => "form",
        Class::Multipart => "multipart",
        Class::Text => "text",
        Class::Events => "events",
        Class::Lines => "lines",
        Class::Bytes | Class::Stream | Class::Wildcard => "bytes",
    }
}

/// Words that distinguish a media type from others of its class, such as `problem json` or `xml`.
pub(super) fn words(media: &Media) -> String {
    let (kind, subtype) = media.essence.split_once('/').unwrap_or((&media.essence, ""));
    let name = match media.essence.as_str() {
        "*/*" => "any",
        "text/plain" => "text",
        "text/event-stream" => "events",
        "application/octet-stream" => "bytes",
        "application/x-www-form-urlencoded" => "form",
        "multipart/form-data" => "multipart",
        _ if subtype == "*" => kind,
        _ => subtype,
    };
    let mut words = name.replace(['.', '+', '-', '_', '*'], " ");
    for parameter in media.text.split(';').skip(1) {
        let parameter = parameter.trim();
        if !parameter.to_ascii_lowercase().starts_with("charset") {
            words.push(' ');
            words.push_str(&parameter.replace(|c: char| !c.is_alphanumeric(), " "));
        }
    }
    words.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_essence_ignores_parameters_and_case() {
        let media = parse("Application/JSON; Charset=utf-8").unwrap();
        assert_eq!(media.essence, "application/json");
        assert_eq!(media.text, "Application/JSON; Charset=utf-8");
        assert_eq!(words(&media), "json");
        assert_eq!(words(&parse("application/json;v=2").unwrap()), "json v 2");
    }

    #[test]
    fn text_without_a_subtype_is_no_media_type() {
        for text in ["", "json", "a/", "/b", "a b/c", "a/b/c"] {
            assert!(parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn media_types_are_classified() {
        for (essence, class) in [
            ("application/problem+json", Class::Json),
            ("application/merge-patch+json", Class::Json),
            ("text/json", Class::Json),
            ("application/x-ndjson", Class::Lines),
            ("application/geo+json-seq", Class::Lines),
            ("text/csv", Class::Text),
            ("text/xml", Class::Bytes),
            ("application/atom+xml", Class::Bytes),
            ("image/png", Class::Bytes),
            ("video/mp4", Class::Stream),
            ("multipart/mixed", Class::Multipart),
            ("*/*", Class::Wildcard),
            ("image/*", Class::Bytes),
        ] {
            assert_eq!(classify(essence), class, "{essence}");
        }
    }

    #[test]
    fn media_types_of_one_class_have_words_of_their_own() {
        let show = |text| words(&parse(text).unwrap());
        assert_eq!(show("application/problem+json"), "problem json");
        assert_eq!(show("application/vnd.acme.v3+json"), "vnd acme v3 json");
        assert_eq!(show("image/*"), "image");
    }
}
