//! Query parameters → pairs of a query string.

use super::percent::{push_component, push_value};
use super::{FlatValue, ParamError, ParamValue};
use crate::descriptor::{Parameter, Style};

/// Maximum nesting of `deepObject`.
const MAX_DEPTH: usize = 16;

/// Appends the pairs of one parameter, separated by `&`.
///
/// # Errors
/// If the value cannot be written in the parameter's style.
pub fn encode_query(out: &mut String, parameter: &Parameter, value: &ParamValue) -> Result<(), ParamError> {
    if parameter.style == Style::DeepObject {
        return deep_object(out, parameter, value);
    }
    let Some(flat) = value.flat()? else { return Ok(()) };
    let reserved = parameter.allow_reserved;
    match flat {
        FlatValue::Scalar(text) => pair(out, parameter.name, text, reserved),
        FlatValue::List(items) if parameter.explode => {
            for item in items {
                pair(out, parameter.name, item, reserved);
            }
        }
        FlatValue::Object(entries) if parameter.explode => {
            for (key, item) in entries {
                pair(out, key, item, reserved);
            }
        }
        FlatValue::List(items) => joined(out, parameter, &items),
        FlatValue::Object(entries) => {
            let texts: Vec<_> = entries.iter().flat_map(|(key, item)| [*key, *item]).collect();
            joined(out, parameter, &texts);
        }
    }
    Ok(())
}

/// Appends a value that is the whole query string (`in: querystring`): an object becomes pairs,
/// text one component.
///
/// # Errors
/// If the value is a list or nests.
pub fn encode_query_string(out: &mut String, value: &ParamValue) -> Result<(), ParamError> {
    match value.flat()? {
        None => {}
        Some(FlatValue::Scalar(text)) => {
            separate(out);
            push_component(out, text);
        }
        Some(FlatValue::Object(entries)) => entries.iter().for_each(|(key, item)| pair(out, key, item, false)),
        Some(FlatValue::List(_)) => return Err(ParamError::new("a list cannot be a whole query string")),
    }
    Ok(())
}

fn separate(out: &mut String) {
    if !out.is_empty() {
        out.push('&');
    }
}

pub(crate) fn pair(out: &mut String, name: &str, text: &str, allow_reserved: bool) {
    separate(out);
    push_component(out, name);
    out.push('=');
    push_value(out, text, allow_reserved);
}

fn joined(out: &mut String, parameter: &Parameter, texts: &[&str]) {
    if texts.is_empty() {
        return;
    }
    let separator = parameter.style.encoded_delimiter();
    separate(out);
    push_component(out, parameter.name);
    out.push('=');
    for (at, text) in texts.iter().enumerate() {
        if at > 0 {
            out.push_str(separator);
        }
        push_value(out, text, parameter.allow_reserved);
    }
}

fn deep_object(out: &mut String, parameter: &Parameter, value: &ParamValue) -> Result<(), ParamError> {
    match value {
        ParamValue::Null => Ok(()),
        ParamValue::Object(entries) => deep(out, parameter, parameter.name, entries, 0),
        ParamValue::Scalar(text) => {
            pair(out, parameter.name, text, parameter.allow_reserved);
            Ok(())
        }
        ParamValue::List(_) => Err(ParamError::new("a list cannot be written in the style `deepObject`")),
    }
}

/// `name[key]=value`, `name[key][inner]=value`, `name[key]=first&name[key]=second`.
fn deep(
    out: &mut String,
    parameter: &Parameter,
    prefix: &str,
    entries: &[(String, ParamValue)],
    depth: usize,
) -> Result<(), ParamError> {
    if depth >= MAX_DEPTH {
        return Err(ParamError::new(format!("objects nest deeper than {MAX_DEPTH} levels")));
    }
    for (key, value) in entries {
        let name = format!("{prefix}[{key}]");
        match value {
            ParamValue::Null => {}
            ParamValue::Scalar(text) => pair(out, &name, text, parameter.allow_reserved),
            ParamValue::Object(inner) => deep(out, parameter, &name, inner, depth + 1)?,
            ParamValue::List(items) => {
                for item in items {
                    if let Some(text) = super::scalar(item)? {
                        pair(out, &name, text, parameter.allow_reserved);
                    }
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::{encode_query, encode_query_string};
    use crate::descriptor::{Location, Parameter, Style};
    use crate::params::ParamValue;

    #[derive(Serialize)]
    #[expect(non_snake_case, reason = "as the standard's table names them")]
    struct Rgb {
        R: u8,
        G: u8,
        B: u8,
    }

    const RGB: Rgb = Rgb { R: 100, G: 200, B: 150 };

    fn query<T: Serialize + ?Sized>(style: Style, explode: bool, value: &T) -> String {
        let parameter = Parameter {
            name: "color",
            location: Location::Query,
            style,
            explode,
            allow_reserved: false,
            required: false,
            json: false,
        };
        let mut out = String::new();
        encode_query(&mut out, &parameter, &ParamValue::of(value).unwrap()).unwrap();
        out
    }

    #[test]
    fn queries_follow_the_table_of_the_standard() {
        let colors = ["blue", "black", "brown"];
        assert_eq!(query(Style::Form, false, ""), "color=");
        assert_eq!(query(Style::Form, false, "blue"), "color=blue");
        assert_eq!(query(Style::Form, false, &colors), "color=blue,black,brown");
        assert_eq!(query(Style::Form, false, &RGB), "color=R,100,G,200,B,150");
        assert_eq!(query(Style::Form, true, &colors), "color=blue&color=black&color=brown");
        assert_eq!(query(Style::Form, true, &RGB), "R=100&G=200&B=150");
        assert_eq!(query(Style::SpaceDelimited, false, &colors), "color=blue%20black%20brown");
        assert_eq!(query(Style::SpaceDelimited, false, &RGB), "color=R%20100%20G%20200%20B%20150");
        assert_eq!(query(Style::PipeDelimited, false, &colors), "color=blue%7Cblack%7Cbrown");
        assert_eq!(query(Style::PipeDelimited, false, &RGB), "color=R%7C100%7CG%7C200%7CB%7C150");
        assert_eq!(query(Style::TabDelimited, false, &colors), "color=blue%09black%09brown");
        assert_eq!(query(Style::DeepObject, true, &RGB), "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150");
    }

    #[test]
    fn deep_objects_nest_and_delimiters_in_values_are_encoded() {
        let nested = BTreeMap::from([("a", BTreeMap::from([("b", vec!["1", "2"])]))]);
        assert_eq!(query(Style::DeepObject, true, &nested), "color%5Ba%5D%5Bb%5D=1&color%5Ba%5D%5Bb%5D=2");
        assert_eq!(query(Style::Form, false, &["a,b", "c&d"]), "color=a%2Cb,c%26d");
        assert_eq!(query(Style::Form, true, &[Some("a"), None]), "color=a");
    }

    #[test]
    fn a_whole_query_string_is_pairs_or_one_component() {
        let mut out = String::new();
        encode_query_string(&mut out, &ParamValue::of(&RGB).unwrap()).unwrap();
        assert_eq!(out, "R=100&G=200&B=150");
        out.clear();
        encode_query_string(&mut out, &ParamValue::json(&RGB).unwrap()).unwrap();
        assert_eq!(out, "%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D");
    }
}
