//! Turns the `[select]` table into a filter of operations.
//!
//! Without a choice, every operation is generated. `exclude` overrides the other keys. A selector
//! that matches nothing is reported, so that a selection cannot become stale.

use serde::Deserialize;

use super::Written;
use crate::diagnostics::nearest;

/// Which operations are generated.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Select {
    /// Tags, exactly as in the document.
    pub tags: Vec<Written>,
    /// `operationId`s; `*` matches any text.
    pub operations: Vec<Written>,
    /// Paths, or a method and a path: `/users/*`, `GET /users/**`. `*` stays within a segment, `**`
    /// does not.
    pub paths: Vec<Written>,
    /// Operations to leave out: a path, a method and a path, `tag:Name` or an `operationId`.
    pub exclude: Vec<Written>,
}

/// An operation to choose or leave out.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// `operationId`, if there is one.
    pub id: Option<&'a str>,
    /// Method in capitals.
    pub method: &'a str,
    /// Path key.
    pub path: &'a str,
    /// Tags.
    pub tags: &'a [&'a str],
}

impl Select {
    /// Whether every operation is chosen.
    #[must_use]
    pub fn is_everything(&self) -> bool {
        self.chosen_by().next().is_none() && self.exclude.is_empty()
    }

    /// Whether an operation is chosen.
    #[must_use]
    pub fn chooses(&self, candidate: Candidate<'_>) -> bool {
        let mut choices = self.chosen_by().peekable();
        let chosen = choices.peek().is_none() || choices.any(|(kind, selector)| kind.matches(selector, candidate));
        chosen && !self.exclude.iter().any(|selector| Kind::of(selector).matches(selector, candidate))
    }

    /// Selectors that match none of the candidates.
    #[must_use]
    pub fn idle<'a>(&'a self, candidates: &[Candidate<'a>]) -> Vec<Idle<'a>> {
        self.chosen_by()
            .chain(self.exclude.iter().map(|selector| (Kind::of(selector), selector)))
            .filter(|(kind, selector)| !candidates.iter().any(|candidate| kind.matches(selector, *candidate)))
            .map(|(kind, selector)| Idle::new(kind, selector, candidates))
            .collect()
    }

    fn chosen_by(&self) -> impl Iterator<Item = (Kind, &Written)> {
        let tags = self.tags.iter().map(|selector| (Kind::Tag, selector));
        let operations = self.operations.iter().map(|selector| (Kind::Operation, selector));
        let paths = self.paths.iter().map(|selector| (Kind::Path, selector));
        tags.chain(operations).chain(paths)
    }
}

/// A selector that matches nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idle<'a> {
    /// The selector.
    pub selector: &'a Written,
    /// What it asks for although no operation has it: ``the tag `Users` ``.
    pub wanted: String,
    /// The selector that was probably meant.
    pub meant: Option<&'a str>,
}

impl<'a> Idle<'a> {
    fn new(kind: Kind, selector: &'a Written, candidates: &[Candidate<'a>]) -> Self {
        let text = selector.text.strip_prefix("tag:").filter(|_| kind == Kind::Tag).unwrap_or(&selector.text);
        let (_, path) = text.split_once(' ').unwrap_or(("", text));
        let meant = match kind {
            Kind::Tag => nearest(text, candidates.iter().flat_map(|candidate| candidate.tags.iter().copied())),
            Kind::Operation => nearest(text, candidates.iter().filter_map(|candidate| candidate.id)),
            Kind::Path => nearest(path, candidates.iter().map(|candidate| candidate.path)),
        };
        let wanted = match kind {
            Kind::Tag => format!("the tag `{text}`"),
            Kind::Operation => format!("the id `{text}`"),
            Kind::Path => format!("the path `{text}`"),
        };
        Self { selector, wanted, meant }
    }
}

/// The meaning of a selector's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Tag,
    Operation,
    Path,
}

impl Kind {
    /// The meaning of an entry of `exclude`.
    fn of(selector: &Written) -> Self {
        if selector.text.starts_with("tag:") {
            Self::Tag
        } else if selector.text.contains('/') {
            Self::Path
        } else {
            Self::Operation
        }
    }

    fn matches(self, selector: &Written, candidate: Candidate<'_>) -> bool {
        let text = selector.text.as_str();
        match self {
            Self::Tag => candidate.tags.contains(&text.strip_prefix("tag:").unwrap_or(text)),
            Self::Operation => candidate.id.is_some_and(|id| glob(text, id, None)),
            Self::Path => match text.split_once(' ') {
                Some((method, path)) => {
                    method.eq_ignore_ascii_case(candidate.method) && glob(path.trim(), candidate.path, Some('/'))
                }
                None => glob(text, candidate.path, Some('/')),
            },
        }
    }
}

/// Whether `text` matches `pattern`. `*` matches any text without `separator`, `**` any text.
pub(crate) fn glob(pattern: &str, text: &str, separator: Option<char>) -> bool {
    let pattern = tokens(pattern);
    // `reached[i]`: the first `i` tokens can match the text so far. The time is at most text ×
    // pattern, for any pattern.
    let mut reached = vec![false; pattern.len() + 1];
    if let Some(start) = reached.first_mut() {
        *start = true;
    }
    skip_stars(&pattern, &mut reached);
    for character in text.chars() {
        let mut next = vec![false; pattern.len() + 1];
        for (index, token) in pattern.iter().enumerate() {
            if !reached.get(index).copied().unwrap_or(false) {
                continue;
            }
            let target = match token {
                Token::Literal(literal) if *literal == character => index + 1,
                Token::Star if Some(character) != separator => index,
                Token::DoubleStar => index,
                _ => continue,
            };
            if let Some(slot) = next.get_mut(target) {
                *slot = true;
            }
        }
        skip_stars(&pattern, &mut next);
        reached = next;
    }
    reached.last().copied().unwrap_or(false)
}

fn skip_stars(pattern: &[Token], reached: &mut [bool]) {
    for (index, token) in pattern.iter().enumerate() {
        let here = reached.get(index).copied().unwrap_or(false);
        if here
            && !matches!(token, Token::Literal(_))
            && let Some(next) = reached.get_mut(index + 1)
        {
            *next = true;
        }
    }
}

#[derive(Clone, Copy)]
enum Token {
    Literal(char),
    Star,
    DoubleStar,
}

fn tokens(pattern: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(pattern.len());
    for character in pattern.chars() {
        match (character, tokens.last_mut()) {
            ('*', Some(last @ Token::Star)) => *last = Token::DoubleStar,
            ('*', Some(Token::DoubleStar)) => {}
            ('*', _) => tokens.push(Token::Star),
            (literal, _) => tokens.push(Token::Literal(literal)),
        }
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: Candidate<'static> =
        Candidate { id: Some("listUsers"), method: "GET", path: "/users/{id}/posts", tags: &["Users"] };

    #[test]
    fn a_star_stays_in_its_segment_and_two_do_not() {
        assert!(glob("/users/*/posts", "/users/{id}/posts", Some('/')));
        assert!(!glob("/users/*", "/users/{id}/posts", Some('/')));
        assert!(glob("/users/**", "/users/{id}/posts", Some('/')));
        assert!(glob("/**/posts", "/users/{id}/posts", Some('/')));
        assert!(glob("list*", "listUsers", None));
        assert!(!glob("list", "listUsers", None));
        assert!(glob("", "", None));
    }

    #[test]
    fn a_hostile_pattern_ends_soon() {
        assert!(!glob(&"*a".repeat(2000), &"a".repeat(1000), None));
    }

    #[test]
    fn without_a_choice_everything_is_chosen_and_exclude_overrides() {
        assert!(Select::default().chooses(LIST));
        let select = Select { exclude: vec!["GET /users/**".into()], ..Select::default() };
        assert!(!select.chooses(LIST));
        let select = Select { tags: vec!["Users".into()], exclude: vec!["tag:Users".into()], ..Select::default() };
        assert!(!select.chooses(LIST));
        let select = Select { operations: vec!["get*".into()], tags: vec!["Users".into()], ..Select::default() };
        assert!(select.chooses(LIST));
    }

    #[test]
    fn a_selector_that_matches_nothing_is_found() {
        let select = Select { tags: vec!["Users".into(), "Gone".into()], ..Select::default() };
        let idle = select.idle(&[LIST]);
        assert_eq!(idle.len(), 1);
        assert_eq!((idle[0].wanted.as_str(), idle[0].meant), ("the tag `Gone`", None));
    }

    #[test]
    fn a_similar_selector_is_suggested() {
        let select = Select {
            tags: vec!["Uesrs".into()],
            operations: vec!["listUser".into()],
            paths: vec!["GET /user/{id}/posts".into()],
            exclude: vec!["tag:users".into()],
        };
        let meant: Vec<_> = select.idle(&[LIST]).into_iter().map(|idle| idle.meant).collect();
        assert_eq!(meant, [Some("Users"), Some("listUsers"), Some("/users/{id}/posts"), Some("Users")]);
    }
}
