//! Reads JSON into a tree, with the exact span of every key and value.

use jiter::{Jiter, JiterError, JiterErrorType, JsonErrorType, Peek};

use super::builder::{Builder, Weighed};
use super::{Limits, Node, SourceId, Tree, Value};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::Number;

type Fallible<T> = Result<T, Box<Diagnostic>>;

/// Reads the whole text. The error says where the text stops being JSON.
pub(super) fn parse(text: &str, source: SourceId, limits: &Limits, out: &mut Diagnostics) -> Fallible<Tree> {
    let jiter = Jiter::new(text.as_bytes());
    let builder = Builder::new(source, limits, out);
    let mut reader = Reader { text, jiter, builder };
    let root = reader.read()?;
    let end = reader.jiter.finish();
    end.map_err(|error| reader.syntax(&error))?;
    Ok(reader.builder.finish(root))
}

struct Reader<'r> {
    text: &'r str,
    jiter: Jiter<'r>,
    builder: Builder<'r>,
}

impl Reader<'_> {
    fn read(&mut self) -> Fallible<Node> {
        let first = self.jiter.peek();
        let mut next = first.map_err(|error| self.syntax(&error))?;
        loop {
            let start = self.jiter.current_index();
            let span = self.builder.span(start, start + 1);
            let inner = match next {
                Peek::Array => {
                    self.builder.open_array(span, 0)?;
                    let member = self.jiter.known_array();
                    member.map_err(|error| self.syntax(&error))?
                }
                Peek::Object => {
                    self.builder.open_object(span, 0)?;
                    self.key(true)?
                }
                scalar => {
                    let value = self.scalar(scalar, start)?;
                    match self.place(value)? {
                        Placed::Root(root) => return Ok(root),
                        Placed::Next(following) => next = following,
                    }
                    continue;
                }
            };
            match inner {
                Some(inner) => next = inner,
                None => match self.close_and_place()? {
                    Placed::Root(root) => return Ok(root),
                    Placed::Next(following) => next = following,
                },
            }
        }
    }

    /// Adds a complete value to the open array or object, closes those that end after it, and
    /// advances to the next value.
    fn place(&mut self, value: Weighed) -> Fallible<Placed> {
        if let Some(root) = self.builder.value(value)? {
            return Ok(Placed::Root(root));
        }
        let next = if self.builder.expects_key() {
            self.key(false)?
        } else {
            let member = self.jiter.array_step();
            member.map_err(|error| self.syntax(&error))?
        };
        match next {
            Some(next) => Ok(Placed::Next(next)),
            None => self.close_and_place(),
        }
    }

    fn close_and_place(&mut self) -> Fallible<Placed> {
        let end = self.jiter.current_index();
        match self.builder.close(Some(end)) {
            Some(closed) => self.place(closed.weighed),
            None => Err(self.problem(end, "a bracket closes nothing", "remove it")),
        }
    }

    /// Reads a key and the colon after it; `None` at the end of the object.
    fn key(&mut self, first: bool) -> Fallible<Option<Peek>> {
        let before = self.jiter.current_index();
        let key = if first { self.jiter.known_object() } else { self.jiter.next_key() };
        let key = match key {
            Ok(Some(key)) => key.to_owned(),
            Ok(None) => return Ok(None),
            Err(error) => return Err(self.syntax(&error)),
        };
        let after = self.jiter.current_index();
        let written = self.text.get(before..after).unwrap_or("");
        let start = before + written.find('"').unwrap_or(0);
        let end = before + written.trim_end_matches(':').trim_end().len();
        let span = self.builder.span(start, end);
        self.builder.key(&key, span);
        let value = self.jiter.peek();
        value.map(Some).map_err(|error| self.syntax(&error))
    }

    fn scalar(&mut self, peek: Peek, start: usize) -> Fallible<Weighed> {
        let value = match peek {
            Peek::Null => self.jiter.known_null().map(|()| Value::Null),
            Peek::True | Peek::False => self.jiter.known_bool(peek).map(Value::Bool),
            Peek::String => self.jiter.known_str().map(Value::from),
            _ => self.jiter.known_number_bytes(peek).map(|bytes| {
                let text = String::from_utf8_lossy(bytes);
                Number::parse(&text).map_or_else(|| Value::String(text.into_owned()), Value::Number)
            }),
        };
        let value = value.map_err(|error| self.syntax(&error))?;
        let span = self.builder.span(start, self.jiter.current_index());
        Ok(Weighed::scalar(Node { value, span }))
    }

    fn syntax(&self, error: &JiterError) -> Box<Diagnostic> {
        let JiterErrorType::JsonError(kind) = &error.error_type else {
            return self.problem(error.index, "expected a value", "write a value, or remove this character");
        };
        let (message, help) = explain(kind);
        let index = match kind {
            // The parser is already past the comma, which must be removed.
            JsonErrorType::TrailingComma => self.comma_before(error.index),
            _ => error.index,
        };
        self.problem(index, message, help)
    }

    fn comma_before(&self, index: usize) -> usize {
        self.text.get(..index).and_then(|before| before.rfind(',')).unwrap_or(index)
    }

    fn problem(&self, index: usize, message: &str, help: &str) -> Box<Diagnostic> {
        let start = (0..=index.min(self.text.len())).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        let width = self.text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let span = self.builder.span(start, start + width);
        let pointer = self.builder.pointer();
        Box::new(Diagnostic::new(&codes::JSON_SYNTAX, span, message).help(help).at(pointer))
    }
}

enum Placed {
    Root(Node),
    Next(Peek),
}

/// The message and the help of an error of the parser.
fn explain(kind: &JsonErrorType) -> (&'static str, &'static str) {
    use JsonErrorType as Kind;
    match kind {
        Kind::EofWhileParsingList => ("the file ends inside an array", "add `]`, or get the whole file"),
        Kind::EofWhileParsingObject => ("the file ends inside an object", "add `}`, or get the whole file"),
        Kind::EofWhileParsingString => {
            ("the file ends inside a string", "add the closing quote, or get the whole file")
        }
        Kind::EofWhileParsingValue => ("the file ends where a value should be", "get the whole file"),
        Kind::ExpectedColon => ("expected `:` after a key", "put `:` between key and value"),
        Kind::ExpectedListCommaOrEnd => ("expected `,` or `]`", "separate the members of an array by commas"),
        Kind::ExpectedObjectCommaOrEnd => ("expected `,` or `}`", "separate the entries of an object by commas"),
        Kind::ExpectedSomeIdent => ("expected `true`, `false` or `null`", "put text in double quotes"),
        Kind::ExpectedSomeValue => ("expected a value", "put text in double quotes"),
        Kind::InvalidEscape | Kind::UnexpectedEndOfHexEscape => {
            ("this escape is not JSON", "write a backslash as `\\\\`, a code point as `\\u` with four hex digits")
        }
        Kind::InvalidNumber | Kind::NumberOutOfRange | Kind::FloatExpectingInt => (
            "this is not a number",
            "numbers have neither leading zeros nor a plus sign, and a digit on both sides of the point",
        ),
        Kind::InvalidUnicodeCodePoint | Kind::LoneLeadingSurrogateInHexEscape => {
            ("this escape is half of a surrogate pair", "write both halves, or the character itself")
        }
        Kind::ControlCharacterWhileParsingString => {
            ("a string holds a control character", "write a line break as `\\n`, a tab as `\\t`")
        }
        Kind::KeyMustBeAString => {
            ("expected a key in double quotes", "put keys in double quotes; JSON has no comments")
        }
        Kind::TrailingComma => ("there is a comma after the last entry", "remove the comma"),
        Kind::TrailingCharacters => ("there is text after the end of the document", "remove it"),
        Kind::RecursionLimitExceeded => {
            ("arrays and objects are nested too deeply", "give the inner parts names and refer to them")
        }
        Kind::DuplicateKey(_) | Kind::InternalError(_) => ("this is not JSON", "correct the text here"),
    }
}
