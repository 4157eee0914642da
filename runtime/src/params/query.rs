//! Query parameters → pairs of a query string.

use super::percent::{push_component, push_value};
use super::{FlatValue, ParamError, ParamValue};
use crate::descriptor::{Parameter, Style};
use crate::limits::QUERY_DEPTH;

/// Appends the pairs of one parameter, separated by `&`.
///
/// # Errors
/// If the value cannot be written in the parameter's style.
pub fn encode_query(out: &mut String, parameter: &Parameter, value: &ParamValue) -> Result<(), ParamError> {
    if parameter.style == Style::DeepObject {
        return deep_object(out, parameter, value);
    }
    let reserved = parameter.allow_reserved;
    if let ParamValue::Object(entries) = value
        && parameter.explode
    {
        return exploded(out, entries, reserved);
    }
    let Some(flat) = value.flat()? else { return Ok(()) };
    match flat {
        FlatValue::Scalar(text) => pair(out, parameter.name, text, reserved),
        FlatValue::List(items) if parameter.explode => {
            for item in items {
                pair(out, parameter.name, item, reserved);
            }
        }
        FlatValue::List(items) => joined(out, parameter, &items)?,
        FlatValue::Object(entries) => {
            let texts: Vec<_> = entries.iter().flat_map(|(key, item)| [*key, *item]).collect();
            joined(out, parameter, &texts)?;
        }
    }
    Ok(())
}

/// An object as one pair for each property. A list in it repeats the name.
fn exploded(out: &mut String, entries: &[(String, ParamValue)], reserved: bool) -> Result<(), ParamError> {
    for (key, value) in entries {
        let items = if let ParamValue::List(items) = value { items } else { std::slice::from_ref(value) };
        for item in items {
            if let Some(text) = super::scalar(item)? {
                pair(out, key, text, reserved);
            }
        }
    }
    Ok(())
}

/// Appends a value that is the whole query string (`in: querystring`). An object becomes pairs;
/// text becomes one component.
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

/// Items with the delimiter between them. A comma in an item is percent-encoded, so it is not read
/// as the delimiter. A space or a bar is always encoded, so no item can contain one.
fn joined(out: &mut String, parameter: &Parameter, texts: &[&str]) -> Result<(), ParamError> {
    if texts.is_empty() {
        return Ok(());
    }
    if parameter.style.encoded_delimiter() != "," {
        super::without(texts, parameter.style.delimiter())?;
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
    Ok(())
}

fn deep_object(out: &mut String, parameter: &Parameter, value: &ParamValue) -> Result<(), ParamError> {
    deep_pairs(parameter.name, value, &mut |name, text| pair(out, name, text, parameter.allow_reserved))
}

/// The pairs of the style `deepObject`: `name[key]=value`, `name[key][inner]=value`. A list in an
/// object repeats its key. A list of objects has indexes (`name[0][key]=value`), as `qs`, PHP and
/// Rails expect.
pub(crate) fn deep_pairs(name: &str, value: &ParamValue, emit: &mut dyn FnMut(&str, &str)) -> Result<(), ParamError> {
    deep(name, value, emit, 0)
}

fn deep(name: &str, value: &ParamValue, emit: &mut dyn FnMut(&str, &str), depth: usize) -> Result<(), ParamError> {
    if depth > QUERY_DEPTH {
        return Err(ParamError::new(format!("objects nest deeper than {QUERY_DEPTH} levels")));
    }
    match value {
        ParamValue::Null => {}
        ParamValue::Scalar(text) => emit(name, text),
        ParamValue::Object(entries) => {
            for (key, value) in entries {
                deep(&format!("{name}[{key}]"), value, emit, depth + 1)?;
            }
        }
        ParamValue::List(items) => {
            let is_scalar = |item: &ParamValue| matches!(item, ParamValue::Scalar(_) | ParamValue::Null);
            let repeats = depth > 0 && items.iter().all(is_scalar);
            for (index, item) in items.iter().enumerate() {
                let name = if repeats { name.to_owned() } else { format!("{name}[{index}]") };
                deep(&name, item, emit, depth + 1)?;
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
            allow_empty: false,
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
