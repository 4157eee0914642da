//! Writes and reads the `Content-Disposition` of a part: `form-data; name="a"; filename="b.png"` ↔
//! `a`, `b.png`.

use percent_encoding::{CONTROLS, utf8_percent_encode};

/// Writes the value of the header.
pub(super) fn push(out: &mut String, name: &str, file: Option<&str>) {
    out.push_str("form-data; name=\"");
    push_quoted(out, name);
    out.push('"');
    if let Some(file) = file {
        out.push_str("; filename=\"");
        push_quoted(out, file);
        out.push('"');
    }
}

/// Names are escaped as in browsers, and so are the other characters that a header cannot contain.
fn push_quoted(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '"' => out.push_str("%22"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            c if c.is_ascii_control() => out.extend(utf8_percent_encode(c.encode_utf8(&mut [0; 4]), CONTROLS)),
            c => out.push(c),
        }
    }
}

/// The value of the parameter with this name, if there is one.
///
/// Browsers send a backslash unescaped and a quote as `%22`; older programs send a quote as `\"`. A
/// backslash before the closing quote is therefore part of the value, as in `"C:\"`.
#[cfg(feature = "server")]
pub(super) fn parameter(header: &str, wanted: &str) -> Option<String> {
    let (_, mut rest) = header.split_once(';')?;
    loop {
        let (name, after) = rest.split_once('=')?;
        let (value, after) = value(after.trim_start());
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        (_, rest) = after.split_once(';')?;
    }
}

/// A value and the text after it.
#[cfg(feature = "server")]
fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ' ']).unwrap_or(text.len());
        let (value, after) = text.split_at(end);
        return (value.to_owned(), after);
    };
    let mut value = String::new();
    let mut rest = quoted;
    while let Some((before, after)) = rest.split_once('"') {
        let Some(escaped) = before.strip_suffix('\\').filter(|_| !ends(after)) else {
            value.push_str(before);
            return (value, after);
        };
        value.push_str(escaped);
        value.push('"');
        rest = after;
    }
    value.push_str(rest);
    (value, "")
}

/// Whether the text after a quote can follow a value. It must be empty or begin another parameter.
#[cfg(feature = "server")]
fn ends(after: &str) -> bool {
    let after = after.trim_start();
    let next = after.strip_prefix(';').and_then(|after| after.split_once('='));
    let is_name =
        |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'*'));
    after.is_empty() || next.is_some_and(|(name, _)| !name.trim().is_empty() && is_name(name.trim()))
}

#[cfg(all(test, feature = "server"))]
mod tests {
    use super::*;

    #[test]
    fn names_of_browsers_and_older_programs_are_read() {
        for (header, name, file) in [
            (r#"form-data; name="a"; filename="b.png""#, Some("a"), Some("b.png")),
            (r#"form-data; filename="b.png"; name="a""#, Some("a"), Some("b.png")),
            ("form-data;name=a;FileName=b.png", Some("a"), Some("b.png")),
            (r#"form-data; name="a"; filename="C:\""#, Some("a"), Some(r"C:\")),
            (r#"form-data; name="a\"; filename="b\c""#, Some(r"a\"), Some(r"b\c")),
            (r#"form-data; name="a"; filename="say \"hi\".png""#, Some("a"), Some(r#"say "hi".png"#)),
            (r#"form-data; name="a"; filename="x; name=b""#, Some("a"), Some("x; name=b")),
            (r#"form-data; filename="x; name=b""#, None, Some("x; name=b")),
            (r#"form-data; name="""#, Some(""), None),
            (r#"form-data; name="open"#, Some("open"), None),
            ("form-data", None, None),
            ("form-data; name", None, None),
        ] {
            assert_eq!(parameter(header, "name").as_deref(), name, "{header}");
            assert_eq!(parameter(header, "filename").as_deref(), file, "{header}");
        }
    }
}
