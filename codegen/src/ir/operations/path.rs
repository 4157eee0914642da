//! Turns a path key into segments of literals and parameters: `/pages/{page}.{format}?draft=1#note`
//! → two segments and a fixed query pair.
//!
//! The text after `#` only distinguishes operations and is never sent. Clients send the query after
//! `?`, and servers use it to distinguish operations. Any text is a path: unmatched braces, and
//! braces without a parameter, are literals.

use std::collections::BTreeSet;

use crate::document::pointer::percent_decode;
use crate::ir::model::{PathTemplate, Segment, SegmentPiece};

/// A parsed path key that is not yet connected to parameters.
#[derive(Debug, Default, PartialEq)]
pub(in crate::ir) struct PathKey<'k> {
    /// Pieces of each segment.
    pub segments: Vec<Vec<Piece<'k>>>,
    /// Names and raw values of the query in the key itself.
    pub query: Vec<(&'k str, Option<&'k str>)>,
    /// The text after `#`.
    pub fragment: Option<&'k str>,
}

/// A piece of a segment of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ir) enum Piece<'k> {
    Literal(&'k str),
    Variable(&'k str),
}

impl<'k> PathKey<'k> {
    /// Parses a path key.
    pub fn parse(key: &'k str) -> Self {
        let (rest, fragment) = split_outside_braces(key, '#');
        let (path, query) = split_outside_braces(rest, '?');
        let mut segments = Vec::new();
        let mut rest = Some(path.strip_prefix('/').unwrap_or(path));
        while let Some(text) = rest {
            let (segment, after) = split_outside_braces(text, '/');
            segments.push(pieces(segment));
            rest = after;
        }
        let query = query.map(|query| query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect());
        Self { segments, query: query.unwrap_or_default(), fragment }
    }

    /// Names of the variables of the path, in order of appearance and without duplicates.
    pub fn variables(&self) -> Vec<&'k str> {
        let mut seen = BTreeSet::new();
        let variables = self.segments.iter().flatten().filter_map(|piece| match piece {
            Piece::Variable(name) => Some(*name),
            Piece::Literal(_) => None,
        });
        variables.filter(|name| seen.insert(*name)).collect()
    }

    /// The query name whose value is the variable: `id` for `name` in `/x?id={name}`.
    pub fn query_name(&self, variable: &str) -> Option<&'k str> {
        let is_it = |value: &str| value.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) == Some(variable);
        self.query.iter().find(|(_, value)| value.is_some_and(is_it)).map(|(name, _)| *name)
    }

    /// Whether two parameters of a segment are adjacent, so that a server can't tell where one
    /// ends.
    pub fn has_adjacent_variables(&self) -> bool {
        self.segments
            .iter()
            .any(|pieces| pieces.windows(2).any(|pair| matches!(pair, [Piece::Variable(_), Piece::Variable(_)])))
    }

    /// Connects the variables to parameters. `index` finds a path parameter by name. Unknown
    /// variables stay literals.
    pub fn template(&self, raw: &str, index: impl Fn(&str) -> Option<usize>) -> PathTemplate {
        let segments = self.segments.iter().map(|pieces| segment(pieces, &index)).collect();
        let is_variable = |value: &str| value.starts_with('{') && value.ends_with('}');
        let query = self.query.iter().filter(|(_, value)| !value.is_some_and(is_variable));
        let query = query
            .map(|(name, value)| {
                (percent_decode(name).into_owned(), value.map(|value| percent_decode(value).into_owned()))
            })
            .collect();
        PathTemplate { raw: raw.to_owned(), segments, query }
    }
}

/// A key that is the same for paths that match the same requests, regardless of the query.
pub(super) fn route_key(template: &PathTemplate) -> String {
    let mut key = String::new();
    for segment in &template.segments {
        key.push('/');
        for piece in &segment.pieces {
            match piece {
                // A literal can contain any character, so the marker of a parameter is escaped in
                // it.
                SegmentPiece::Literal(text) => key.push_str(&text.replace('\u{0}', "\u{0}\u{0}")),
                SegmentPiece::Parameter(_) => key.push_str("\u{0}{}"),
            }
        }
    }
    key
}

fn segment(pieces: &[Piece<'_>], index: &impl Fn(&str) -> Option<usize>) -> Segment {
    let mut segment = Segment::default();
    for piece in pieces {
        let text = match piece {
            Piece::Literal(text) => percent_decode(text).into_owned(),
            Piece::Variable(name) => match index(name) {
                Some(index) => {
                    segment.pieces.push(SegmentPiece::Parameter(index));
                    continue;
                }
                None => format!("{{{name}}}"),
            },
        };
        match segment.pieces.last_mut() {
            Some(SegmentPiece::Literal(last)) => last.push_str(&text),
            _ => segment.pieces.push(SegmentPiece::Literal(text)),
        }
    }
    segment
}

fn pair(pair: &str) -> (&str, Option<&str>) {
    match split_outside_braces(pair, '=') {
        (name, Some(value)) => (name, Some(value)),
        (name, None) => (name, None),
    }
}

/// Splits at the first `separator` outside `{…}`.
fn split_outside_braces(text: &str, separator: char) -> (&str, Option<&str>) {
    let mut inside = false;
    for (index, character) in text.char_indices() {
        match character {
            '{' if !inside => inside = text.get(index..).is_some_and(|rest| rest.contains('}')),
            '}' => inside = false,
            _ if character == separator && !inside => {
                let before = text.get(..index).unwrap_or_default();
                let after = text.get(index + character.len_utf8()..).unwrap_or_default();
                return (before, Some(after));
            }
            _ => {}
        }
    }
    (text, None)
}

fn pieces(segment: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else { break };
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal));
        }
        pieces.push(Piece::Variable(name));
        rest = behind;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Literal(rest));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(key: &str) -> String {
        let path_key = PathKey::parse(key);
        let names = path_key.variables();
        let template = path_key.template(key, |name| names.iter().position(|other| *other == name));
        let segments: Vec<String> = template
            .segments
            .iter()
            .map(|segment| {
                segment
                    .pieces
                    .iter()
                    .map(|piece| match piece {
                        SegmentPiece::Literal(text) => text.clone(),
                        SegmentPiece::Parameter(index) => format!("<{index}>"),
                    })
                    .collect()
            })
            .collect();
        format!("{segments:?} {:?} {:?}", template.query, path_key.fragment)
    }

    #[test]
    fn several_parameters_share_a_segment() {
        assert_eq!(show("/a/{page}.{format}"), r#"["a", "<0>.<1>"] [] None"#);
        assert_eq!(show("/compare/{base}...{head}"), r#"["compare", "<0>...<1>"] [] None"#);
    }

    #[test]
    fn a_slash_alone_and_a_trailing_slash_are_empty_segments() {
        assert_eq!(show("/"), r#"[""] [] None"#);
        assert_eq!(show("/a/"), r#"["a", ""] [] None"#);
        assert_eq!(show("/a//b"), r#"["a", "", "b"] [] None"#);
        assert_eq!(show(""), r#"[""] [] None"#);
    }

    #[test]
    fn query_and_fragment_are_cut_off() {
        assert_eq!(show("/x?action=start&force"), r#"["x"] [("action", Some("start")), ("force", None)] None"#);
        assert_eq!(show("/files/{id}#copy"), r#"["files", "<0>"] [] Some("copy")"#);
        assert_eq!(show("/{a?b#c/d}"), r#"["<0>"] [] None"#);
    }

    #[test]
    fn literals_are_decoded_and_unmatched_braces_are_literals() {
        assert_eq!(show("/caf%C3%A9/%zz/%ff"), r#"["café", "%zz", "%ff"] [] None"#);
        assert_eq!(show("/a{b/c}d{"), r#"["a<0>d{"] [] None"#);
        assert_eq!(show("/}{"), r#"["}{"] [] None"#);
    }

    #[test]
    fn adjacent_parameters_are_found() {
        assert!(PathKey::parse("/{a}{b}").has_adjacent_variables());
        assert!(!PathKey::parse("/{a}-{b}/{c}").has_adjacent_variables());
    }

    #[test]
    fn paths_that_differ_in_names_only_have_one_route() {
        let key = |path: &str| route_key(&PathKey::parse(path).template(path, |_| Some(0)));
        assert_eq!(key("/a/{x}"), key("/a/{y}#z"));
        assert_ne!(key("/a/{x}"), key("/a/x"));
    }
}
