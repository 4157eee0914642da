//! Path templates and parameters → paths.

use std::fmt;

use super::percent::{SEGMENT, push, push_component};
use super::{FlatValue, ParamError, ParamValue};
use crate::descriptor::{Operation, Parameter, Piece, Style};
use crate::validation::MISSING;

/// A path parameter that cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathError {
    /// The parameter at this index has no value.
    Missing(usize),
    /// The segment with the parameter at this index would be empty.
    Empty(usize),
    /// The segment with the parameter at this index would be `.` or `..`.
    Dots(usize),
    /// The value of the parameter at this index cannot be written in its style.
    Value(usize, ParamError),
}

impl PathError {
    /// The index of the parameter.
    #[must_use]
    pub fn parameter(&self) -> usize {
        match self {
            Self::Missing(index) | Self::Empty(index) | Self::Dots(index) | Self::Value(index, _) => *index,
        }
    }
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(_) => f.write_str(MISSING),
            Self::Empty(_) => f.write_str("cannot be empty, because its path segment would vanish"),
            Self::Dots(_) => f.write_str(
                "cannot be `.` or `..`, because the path would lead to another resource even if it is percent-encoded",
            ),
            Self::Value(_, error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PathError {}

/// Encodes the path of an operation, beginning with a slash.
///
/// # Errors
/// If a value is missing, cannot be written, or would change the segments of the path.
pub fn encode_path<'v>(
    operation: &Operation,
    value: impl Fn(usize) -> Option<&'v ParamValue>,
) -> Result<String, PathError> {
    let mut out = String::with_capacity(operation.path.len() + 32);
    for segment in operation.segments {
        out.push('/');
        if let [Piece::Literal(text)] = *segment {
            push(&mut out, text, SEGMENT);
            continue;
        }
        let mut content = SegmentContent::default();
        let mut last = None;
        for piece in *segment {
            match *piece {
                Piece::Literal(text) => {
                    push(&mut out, text, SEGMENT);
                    content.push_str(text);
                }
                Piece::Parameter(index) => {
                    last = Some(index);
                    let parameter = operation.parameters.get(index).ok_or(PathError::Missing(index))?;
                    let value = value(index).ok_or(PathError::Missing(index))?;
                    push_parameter(&mut out, &mut content, parameter, value)
                        .map_err(|error| PathError::Value(index, error))?;
                }
            }
        }
        match (last, content) {
            (Some(index), SegmentContent { dots: 0, other: false }) => return Err(PathError::Empty(index)),
            (Some(index), SegmentContent { dots: 1 | 2, other: false }) => return Err(PathError::Dots(index)),
            _ => {}
        }
    }
    Ok(out)
}

/// The content of a segment before encoding: the number of dots, and whether it contains anything
/// else.
#[derive(Default)]
struct SegmentContent {
    dots: usize,
    other: bool,
}

impl SegmentContent {
    fn push_str(&mut self, text: &str) {
        if text.bytes().all(|byte| byte == b'.') {
            self.dots += text.len();
        } else {
            self.other = true;
        }
    }
}

/// Writes one value to `out`, encoded, and records it in `content`, which decides whether the
/// segment is valid.
fn push_parameter(
    out: &mut String,
    content: &mut SegmentContent,
    parameter: &Parameter,
    value: &ParamValue,
) -> Result<(), ParamError> {
    let Some(flat) = value.flat()? else { return Ok(()) };
    let mut write = |text: &str, literal: bool| {
        if literal {
            out.push_str(text);
        } else {
            push_component(out, text);
        }
        content.push_str(text);
    };
    let (style, explode, name) = (parameter.style, parameter.explode, parameter.name);
    let (prefix, separator) = match (style, explode) {
        (Style::Label, true) => (".", "."),
        (Style::Label, false) => (".", ","),
        (Style::Matrix, true) => (";", ";"),
        (Style::Matrix, false) => (";", ","),
        _ => ("", style.encoded_delimiter()),
    };
    write(prefix, true);
    let named = |write: &mut dyn FnMut(&str, bool), empty: bool| {
        if style == Style::Matrix {
            write(name, false);
            if !empty {
                write("=", true);
            }
        }
    };
    match flat {
        FlatValue::Scalar(text) => {
            named(&mut write, text.is_empty());
            write(text, false);
        }
        FlatValue::List(items) => {
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    write(separator, true);
                }
                if at == 0 || explode {
                    named(&mut write, item.is_empty() && explode);
                }
                write(item, false);
            }
        }
        FlatValue::Object(entries) => {
            for (at, (key, item)) in entries.iter().enumerate() {
                if at > 0 {
                    write(separator, true);
                } else if !explode {
                    named(&mut write, false);
                }
                write(key, false);
                write(if explode { "=" } else { "," }, true);
                write(item, false);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{PathError, encode_path};
    use crate::descriptor::{Location, Operation, Parameter, Piece, Style};
    use crate::params::ParamValue;

    fn operation(style: Style, explode: bool, segment: &'static [Piece]) -> Operation {
        let parameter = Parameter {
            name: "color",
            location: Location::Path,
            style,
            explode,
            allow_reserved: false,
            required: true,
            json: false,
            allow_empty: false,
        };
        Operation {
            id: "paint",
            method: "GET",
            path: "/x/{color}",
            tags: &[],
            segments: Box::leak(Box::new([&[Piece::Literal("x")] as &[Piece], segment])),
            fixed_query: &[],
            parameters: Box::leak(Box::new([parameter])),
            body: None,
            security: &[],
            accept: "",
            streams: false,
            buffered: &[],
            redirects: &[],
            undocumented_body: false,
            idempotent: true,
            server: None,
            idempotency_key: None,
            paging: None,
            invalid: None,
            streams_files: false,
        }
    }

    const ALONE: &[Piece] = &[Piece::Parameter(0)];
    const DOTTED: &[Piece] = &[Piece::Parameter(0), Piece::Literal("."), Piece::Parameter(0)];
    const ACTION: &[Piece] = &[Piece::Parameter(0), Piece::Literal(":run")];

    fn path(style: Style, explode: bool, segment: &'static [Piece], value: &ParamValue) -> Result<String, PathError> {
        encode_path(&operation(style, explode, segment), |_| Some(value))
    }

    fn text(value: &str) -> ParamValue {
        ParamValue::Scalar(value.to_owned())
    }

    #[test]
    fn paths_follow_the_table_of_the_standard() {
        let blue = text("blue");
        let colors = ParamValue::of(&["blue", "black", "brown"]).unwrap();
        let rgb =
            ParamValue::Object(vec![("R".into(), text("100")), ("G".into(), text("200")), ("B".into(), text("150"))]);
        for (style, explode, expected) in [
            (Style::Simple, false, ["blue", "blue,black,brown", "R,100,G,200,B,150"]),
            (Style::Simple, true, ["blue", "blue,black,brown", "R=100,G=200,B=150"]),
            (Style::Label, false, [".blue", ".blue,black,brown", ".R,100,G,200,B,150"]),
            (Style::Label, true, [".blue", ".blue.black.brown", ".R=100.G=200.B=150"]),
            (Style::Matrix, false, [";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"]),
            (Style::Matrix, true, [";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"]),
        ] {
            for (value, expected) in [&blue, &colors, &rgb].into_iter().zip(expected) {
                assert_eq!(
                    path(style, explode, ALONE, value).unwrap(),
                    format!("/x/{expected}"),
                    "{style:?} {explode}"
                );
            }
        }
        assert_eq!(path(Style::Matrix, false, ALONE, &text("")).unwrap(), "/x/;color");
    }

    #[test]
    fn a_value_never_leaves_its_segment() {
        for (value, expected) in [
            ("a/b", "a%2Fb"),
            ("../up", "..%2Fup"),
            ("a?b#c", "a%3Fb%23c"),
            ("a\\b", "a%5Cb"),
            ("%2e%2e", "%252e%252e"),
            (" ", "%20"),
            ("...", "..."),
            ("a,b", "a%2Cb"),
            ("\r\n", "%0D%0A"),
        ] {
            assert_eq!(path(Style::Simple, false, ALONE, &text(value)).unwrap(), format!("/x/{expected}"));
        }
    }

    #[test]
    fn empty_and_dot_segments_are_refused_after_joining_their_pieces() {
        assert_eq!(path(Style::Simple, false, ALONE, &text("")), Err(PathError::Empty(0)));
        assert_eq!(path(Style::Simple, false, ALONE, &ParamValue::List(vec![])), Err(PathError::Empty(0)));
        assert_eq!(path(Style::Simple, false, ALONE, &text("..")), Err(PathError::Dots(0)));
        assert_eq!(path(Style::Label, false, ALONE, &text("")), Err(PathError::Dots(0)));
        assert_eq!(path(Style::Label, false, ALONE, &text(".")), Err(PathError::Dots(0)));
        assert_eq!(path(Style::Simple, false, DOTTED, &text("")), Err(PathError::Dots(0)));
        assert_eq!(path(Style::Simple, false, ACTION, &text("..")).unwrap(), "/x/..:run");
    }
}
