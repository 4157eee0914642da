//! Reads YAML into a tree. Aliases and merge keys are expanded, and scalars are resolved with the
//! core schema of YAML 1.2. `builder` finds keys that occur twice.

use std::borrow::Cow;
use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, StrInput, Tag};

use super::builder::{Builder, Weighed};
use super::{Limits, Node, SourceId, Span, Tree, Value, scalar};
use crate::diagnostics::{Diagnostic, Diagnostics};

mod offsets;
mod problems;
mod repair;

use offsets::Offsets;
use repair::{Indented, Repair};

type Fallible<T> = Result<T, Box<Diagnostic>>;

/// Reads the first YAML document of the text that is not empty. The error says where the text stops
/// being YAML.
pub(super) fn parse(text: &str, source: SourceId, limits: &Limits, out: &mut Diagnostics) -> Fallible<Tree> {
    if flow_marks(text) > limits.flow_marks {
        return Err(problems::too_much_flow(Span::new(source, 0, 0), limits.flow_marks));
    }
    let mut repair = Repair::new(text);
    loop {
        let indented = repair.indented();
        let mut found = Diagnostics::new();
        let mut reader = Reader {
            text,
            offsets: Offsets::new(indented.as_ref().map_or(text, |indented| &indented.text)),
            indented: indented.as_ref(),
            builder: Builder::new(source, limits, &mut found),
            anchors: BTreeMap::new(),
            budget: limits.expansion,
            stopped: None,
            limits,
        };
        match reader.documents() {
            Ok(root) => {
                let tree = reader.builder.finish(root);
                out.extend(found);
                out.extend(repair.diagnostic(|offset| Span::new(source, offset, offset + 1)));
                return Ok(tree);
            }
            Err(problem) => match reader.stopped.take() {
                Some((error, offset)) if repair.extend(&error, offset) => {}
                _ => return Err(problem),
            },
        }
    }
}

/// Commas, opening brackets and quoted texts. Their number is an upper bound of what the parser may
/// hold back while it looks for the colon that would turn a whole `{…}` or `[…]` into a key.
fn flow_marks(text: &str) -> usize {
    let weight = |byte: u8| match byte {
        b',' | b'[' | b'{' => 2,
        b'"' | b'\'' => 1,
        _ => 0,
    };
    text.bytes().map(weight).sum::<usize>() / 2
}

struct Reader<'r> {
    text: &'r str,
    offsets: Offsets<'r>,
    /// The text with repairs, if it needs any.
    indented: Option<&'r Indented>,
    builder: Builder<'r>,
    anchors: BTreeMap<usize, Weighed>,
    /// The number of bytes that aliases may still add.
    budget: usize,
    /// The error of the parser and its offset.
    stopped: Option<(ScanError, usize)>,
    limits: &'r Limits,
}

impl<'r> Reader<'r> {
    fn documents(&mut self) -> Fallible<Node> {
        let mut parser: Parser<'r, StrInput<'r>> = Parser::new_from_str(self.offsets.text());
        let mut root: Option<Node> = None;
        let mut empty = Span::new(self.builder.span(0, 0).source, 0, 0);
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| self.syntax(error))?;
            let start = self.byte(span.start.index());
            let end = if span.is_empty() { start } else { self.byte(span.end.index()) };
            let span = self.builder.span(start, end);
            match event {
                Event::StreamEnd => break,
                Event::DocumentStart(_) if root.is_some() => {
                    self.builder.report(problems::several_documents(span));
                    break;
                }
                Event::StreamStart | Event::Nothing | Event::DocumentStart(_) | Event::DocumentEnd => {}
                event => {
                    if let Some(node) = self.event(event, span)? {
                        empty = node.span;
                        root = (!node.is_null()).then_some(node);
                    }
                }
            }
        }
        root.ok_or_else(|| problems::empty(empty))
    }

    /// The byte, in the original text, from which a character of the text that is read comes.
    fn byte(&self, character: usize) -> usize {
        let byte = self.offsets.byte(character);
        self.indented.map_or(byte, |indented| indented.original(byte))
    }

    /// Handles one event. Returns the root node when it is complete.
    fn event(&mut self, event: Event<'r>, span: Span) -> Fallible<Option<Node>> {
        let tag_of = |tag: Option<Cow<'_, Tag>>| tag.map(Cow::into_owned);
        match event {
            Event::SequenceStart(anchor, tag) => {
                self.check_tag(tag_of(tag).as_ref(), span);
                self.builder.open_array(span, anchor)?;
                Ok(None)
            }
            Event::MappingStart(anchor, tag) => {
                self.check_tag(tag_of(tag).as_ref(), span);
                self.builder.open_object(span, anchor)?;
                Ok(None)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let end = (span.start != span.end).then_some(span.end as usize);
                match self.builder.close(end) {
                    Some(closed) if closed.is_key => {
                        self.remember(&closed.weighed, closed.anchor)?;
                        self.complex_key(closed.weighed.node.span);
                        Ok(None)
                    }
                    Some(closed) => self.finished(closed.weighed, closed.anchor),
                    None => Ok(None),
                }
            }
            Event::Scalar(text, style, anchor, tag) => self.scalar(&text, style, anchor, tag_of(tag).as_ref(), span),
            Event::Alias(anchor) => self.alias(anchor, span),
            _ => Ok(None),
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Span,
    ) -> Fallible<Option<Node>> {
        if self.builder.expects_key() {
            // An alias can also be a key.
            let node = Node { value: text.into(), span };
            self.remember(&Weighed::scalar(node), anchor)?;
            if text == "<<" && style == ScalarStyle::Plain {
                self.builder.merge_key(span);
            } else {
                self.builder.key(text, span);
            }
            return Ok(None);
        }
        let span = if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) { self.trimmed(span) } else { span };
        let value = self.resolve(text, style, tag, span);
        self.finished(Weighed::scalar(Node { value, span }), anchor)
    }

    fn resolve(&mut self, text: &str, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Value {
        let string = || Value::String(text.to_owned());
        let resolved = match tag.map(|tag| (tag.is_yaml_core_schema(), tag.suffix.as_str())) {
            // The tag `!` alone means that the scalar is not plain.
            Some((true, "str" | "binary" | "timestamp") | (false, "")) => return string(),
            Some((true, "int" | "float")) => scalar::number(text).map(Value::Number),
            Some((true, "bool")) => scalar::boolean(text),
            Some((true, "null")) => scalar::null(text),
            Some(_) => {
                self.check_tag(tag, span);
                None
            }
            None => None,
        };
        if let Some(value) = resolved {
            return value;
        }
        if style != ScalarStyle::Plain {
            return string();
        }
        match scalar::plain(text) {
            scalar::Plain::Value(value) => value,
            scalar::Plain::NotFinite => {
                self.builder.report(problems::not_finite(text, span));
                string()
            }
        }
    }

    fn check_tag(&mut self, tag: Option<&Tag>, span: Span) {
        if let Some(tag) = tag
            && !tag.is_yaml_core_schema()
        {
            self.builder.report(problems::unknown_tag(tag, span));
        }
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Fallible<Option<Node>> {
        let Some(named) = self.anchors.get(&anchor) else {
            return Err(problems::recursive_alias(span, self.builder.pointer()));
        };
        if self.builder.expects_key() {
            match scalar::key(&named.node.value) {
                Some(key) => self.builder.key(&key, span),
                None => self.complex_key(span),
            }
            return Ok(None);
        }
        if self.builder.depth() + named.height > self.limits.depth {
            return Err(self.builder.too_deep(span));
        }
        let cost = named.cost;
        let copy = named.clone();
        self.spend(cost, span)?;
        self.finished(copy, 0)
    }

    /// Leaves out an entry whose key is an array or object, because JSON has no such keys.
    fn complex_key(&mut self, span: Span) {
        self.builder.report(problems::complex_key(span));
        self.builder.discard_key();
    }

    fn spend(&mut self, cost: usize, span: Span) -> Fallible<()> {
        match self.budget.checked_sub(cost) {
            Some(rest) => {
                self.budget = rest;
                Ok(())
            }
            None => Err(problems::expansion(span, self.builder.pointer())),
        }
    }

    fn remember(&mut self, value: &Weighed, anchor: usize) -> Fallible<()> {
        if anchor != 0 {
            self.spend(value.cost, value.node.span)?;
            self.anchors.insert(anchor, value.clone());
        }
        Ok(())
    }

    /// Adds a complete node to the tree.
    fn finished(&mut self, value: Weighed, anchor: usize) -> Fallible<Option<Node>> {
        self.remember(&value, anchor)?;
        self.builder.value(value)
    }

    /// The span of a block scalar without the line breaks after it.
    fn trimmed(&self, span: Span) -> Span {
        let text = self.text.get(span.start as usize..span.end as usize).unwrap_or("");
        self.builder.span(span.start as usize, span.start as usize + text.trim_end().len())
    }

    fn syntax(&mut self, error: ScanError) -> Box<Diagnostic> {
        let start = self.byte(error.marker().index());
        let width = self.text.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let span = self.builder.span(start, start + width);
        let problem = problems::syntax(self.text, error.info(), span, self.builder.pointer());
        self.stopped = Some((error, start));
        problem
    }
}
