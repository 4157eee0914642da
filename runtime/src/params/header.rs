//! Header and cookie parameters → header text.

use http::HeaderValue;

use super::percent::{COOKIE, push, push_component};
use super::{FlatValue, ParamError, ParamValue, joined};
use crate::descriptor::{Parameter, Style};

/// Encodes a header. The delimiter between items is that of the style, which is a comma in
/// `simple`. `None` if there is nothing to send.
///
/// # Errors
/// If the text contains a line break or another control character, or if an item of a list contains
/// the delimiter.
pub fn encode_header(style: Style, explode: bool, value: &ParamValue) -> Result<Option<HeaderValue>, ParamError> {
    let Some(flat) = value.flat()? else { return Ok(None) };
    let text = match flat {
        FlatValue::Scalar(text) => text.to_owned(),
        FlatValue::List(items) => joined(&items, style.delimiter())?,
        FlatValue::Object(entries) => {
            let equals = if explode { "=" } else { "," };
            let pairs = entries.iter().map(|(key, item)| {
                super::without(&[*key, *item], ",")?;
                Ok([*key, *item].join(equals))
            });
            pairs.collect::<Result<Vec<_>, ParamError>>()?.join(",")
        }
    };
    HeaderValue::from_bytes(text.as_bytes())
        .map(Some)
        .map_err(|_| ParamError::new("cannot be a header, because it holds a line break or another control character"))
}

/// Appends the pairs of a cookie parameter to a `Cookie` header in the style `form`.
///
/// # Errors
/// If the value nests.
pub fn encode_cookie(out: &mut String, parameter: &Parameter, value: &ParamValue) -> Result<(), ParamError> {
    let Some(flat) = value.flat()? else { return Ok(()) };
    match flat {
        FlatValue::Scalar(text) => cookie(out, parameter.name, &[text]),
        FlatValue::List(items) if parameter.explode => {
            for item in items {
                cookie(out, parameter.name, &[item]);
            }
        }
        FlatValue::Object(entries) if parameter.explode => {
            for (key, item) in entries {
                cookie(out, key, &[item]);
            }
        }
        FlatValue::List(items) => {
            super::without(&items, ",")?;
            cookie(out, parameter.name, &items);
        }
        FlatValue::Object(entries) => {
            let texts: Vec<_> = entries.iter().flat_map(|(key, item)| [*key, *item]).collect();
            super::without(&texts, ",")?;
            cookie(out, parameter.name, &texts);
        }
    }
    Ok(())
}

fn cookie(out: &mut String, name: &str, texts: &[&str]) {
    if !out.is_empty() {
        out.push_str("; ");
    }
    push_component(out, name);
    out.push('=');
    for (at, text) in texts.iter().enumerate() {
        if at > 0 {
            // Some servers end a cookie at a bare comma.
            out.push_str("%2C");
        }
        push(out, text, COOKIE);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{encode_cookie, encode_header};
    use crate::descriptor::{Location, Parameter, Style};
    use crate::params::ParamValue;

    fn cookie(explode: bool, value: &ParamValue) -> String {
        let parameter = Parameter {
            name: "color",
            location: Location::Cookie,
            style: Style::Form,
            explode,
            allow_reserved: false,
            required: false,
            json: false,
            allow_empty: false,
        };
        let mut out = String::new();
        encode_cookie(&mut out, &parameter, value).unwrap();
        out
    }

    #[test]
    fn headers_use_the_simple_style() {
        let rgb = ParamValue::of(&BTreeMap::from([("G", 200), ("R", 100)])).unwrap();
        let colors = ParamValue::of(&["blue", "black"]).unwrap();
        assert_eq!(encode_header(Style::Simple, false, &colors).unwrap().unwrap(), "blue,black");
        assert_eq!(encode_header(Style::PipeDelimited, false, &colors).unwrap().unwrap(), "blue|black");
        assert_eq!(encode_header(Style::Simple, false, &rgb).unwrap().unwrap(), "G,200,R,100");
        assert_eq!(encode_header(Style::Simple, true, &rgb).unwrap().unwrap(), "G=200,R=100");
        assert_eq!(encode_header(Style::Simple, true, &ParamValue::Null).unwrap(), None);
    }

    #[test]
    fn a_header_cannot_begin_another_line() {
        for text in ["a\r\nx-evil: 1", "a\nb", "a\0b"] {
            assert!(encode_header(Style::Simple, false, &ParamValue::Scalar(text.to_owned())).is_err());
        }
    }

    #[test]
    fn a_cookie_cannot_begin_another_cookie_or_line() {
        let evil = ParamValue::Scalar("a; admin=1\r\nx: y, \"z\"".to_owned());
        assert_eq!(cookie(true, &evil), "color=a%3B%20admin=1%0D%0Ax:%20y%2C%20%22z%22");
        let colors = ParamValue::of(&["blue", "black"]).unwrap();
        assert_eq!(cookie(false, &colors), "color=blue%2Cblack");
        assert_eq!(cookie(true, &colors), "color=blue; color=black");
    }
}
