//! Makes Markdown from documents safe for rustdoc. Whatever `cargo doc -D warnings` would refuse
//! becomes plain text or a proper link. A relative link leads nowhere from rustdoc, so only its
//! text is kept.
//!
//! The parser is rustdoc's own, so both see the same links, tags and code. Only the spans that the
//! parser reports are edited.

mod margin;
#[cfg(test)]
mod tests;

use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd};

use crate::limits::DESCRIPTION_CHARS;
use crate::text::{is_safe_link, scheme};

/// Edits can expose new constructs, as when an HTML block turns into Markdown. A text is therefore
/// edited up to this many times.
const PASSES: usize = 3;

/// Markdown that rustdoc reads without a warning.
pub(super) fn safe(text: &str) -> String {
    let mut text = normalized(text);
    for _ in 0..PASSES {
        let edits = Edits::of(&text);
        if edits.is_empty() {
            break;
        }
        text = edits.apply(&text);
    }
    text
}

/// Markdown in one line, for the inside of a paragraph, where headings, lists and fences have no
/// effect.
pub(super) fn inline(text: &str) -> String {
    const BEFORE: &str = "a ";
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = safe(&format!("{BEFORE}{line}"));
    text.strip_prefix(BEFORE).map(str::to_owned).unwrap_or_default()
}

/// Text without any markup, for the inside of a link. A backslash precedes each character that has
/// a meaning in Markdown.
pub(super) fn plain(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut plain = String::with_capacity(line.len());
    let mut before = ' ';
    let mut rest = line.chars();
    while let Some(character) = rest.next() {
        let after = rest.as_str();
        let is_markup = match character {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '|' => true,
            '_' => !before.is_alphanumeric() || !after.starts_with(char::is_alphanumeric),
            '&' => after.split_once(';').is_some_and(|(name, _)| is_entity(name)),
            ':' => after.starts_with("//"),
            _ => false,
        };
        if is_markup {
            plain.push('\\');
        }
        plain.push(character);
        before = character;
    }
    plain
}

/// Whether the text between `&` and `;` names a character.
fn is_entity(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|character| character.is_ascii_alphanumeric() || character == '#')
}

/// The destination of a link that we write, in `<…>` if necessary.
pub(super) fn destination(url: &str) -> String {
    let url: String = url.chars().filter(|c| !c.is_whitespace() && !matches!(c, '<' | '>' | '\\')).collect();
    let url = if leads_to_an_item(&url) { format!("./{url}") } else { url };
    if url.contains(['(', ')']) { format!("<{url}>") } else { url }
}

/// A fenced block that the text can't end.
pub(super) fn fenced(language: &str, text: &str) -> String {
    let mut fence = "```".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    format!("{fence}{language}\n{text}\n{fence}")
}

/// Normalizes line endings, tabs and control characters, and cuts overlong text.
fn normalized(text: &str) -> String {
    let mut normalized = String::with_capacity(text.len());
    for (index, line) in text.trim_matches(['\n', '\r']).lines().enumerate() {
        if index > 0 {
            normalized.push('\n');
        }
        for character in line.trim_end().chars().take(DESCRIPTION_CHARS) {
            match character {
                '\t' => normalized.push_str("    "),
                '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
                character if character.is_control() => normalized.push(' '),
                character => normalized.push(character),
            }
        }
        if normalized.len() > DESCRIPTION_CHARS {
            normalized.push_str("\n\n…");
            break;
        }
    }
    normalized
}

/// Whether rustdoc would take a destination for the path to a Rust item.
fn leads_to_an_item(url: &str) -> bool {
    !url.contains(['/', '#', '.']) && !url.starts_with("mailto:")
}

/// Whether a destination is valid only on the page for which it was written.
pub(crate) fn is_relative(url: &str) -> bool {
    scheme(url).is_none() && !url.starts_with("//")
}

/// Replacements in a text, in order and without overlap.
#[derive(Default)]
struct Edits {
    /// The end of the last edit.
    reached: usize,
    replacements: Vec<(Range<usize>, String)>,
}

impl Edits {
    fn of(text: &str) -> Self {
        let mut edits = Self::default();
        let mut links = 0_usize;
        let mut code = 0_usize;
        let mut containers = Vec::new();
        let events = events(text);
        edits.definitions(text, &events);
        for (event, span) in events {
            margin::enter_or_leave(&mut containers, text, &event, &span);
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    code += 1;
                    edits.code_block(text, &kind, span);
                }
                Event::End(TagEnd::CodeBlock) => code = code.saturating_sub(1),
                Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. }) => {
                    links += 1;
                    edits.link(text, link_type, &dest_url, span);
                }
                Event::End(TagEnd::Link | TagEnd::Image) => links = links.saturating_sub(1),
                Event::Html(_) | Event::InlineHtml(_) => edits.tags(text, span),
                Event::FootnoteReference(_) | Event::Start(Tag::FootnoteDefinition(_)) => {
                    edits.push(span.start..span.start, "\\");
                }
                Event::SoftBreak | Event::HardBreak => {
                    if let Some((range, margin)) = margin::repair(&containers, text, &span) {
                        edits.push(range, margin);
                    }
                }
                Event::Text(_) if code == 0 && is_footnote(text, span.start) => {
                    edits.push(span.start..span.start, "\\");
                }
                Event::Text(_) if links == 0 && code == 0 => edits.bare_urls(text, &span),
                _ => {}
            }
        }
        edits.replacements.sort_by_key(|(range, _)| range.start);
        edits.replacements.dedup_by(|later, earlier| later.0.start < earlier.0.end);
        edits
    }

    fn is_empty(&self) -> bool {
        self.replacements.is_empty()
    }

    /// Keeps an edit unless it overlaps an earlier one; the next pass handles the rest.
    fn push(&mut self, range: Range<usize>, with: impl Into<String>) {
        let end = self.reached;
        if range.start >= end {
            self.reached = range.end;
            self.replacements.push((range, with.into()));
        }
    }

    fn escape(&mut self, text: &str, span: Range<usize>, what: char) {
        let Some(inside) = text.get(span.clone()) else { return };
        for (index, _) in inside.match_indices(what) {
            let at = span.start + index;
            if !text.get(..at).is_some_and(|before| before.ends_with('\\')) {
                self.push(at..at, "\\");
            }
        }
    }

    /// Definitions of links to Rust items, as rustdoc would see them.
    fn definitions<'t>(&mut self, text: &'t str, events: &OffsetIter<'t, BrokenLinks<'t>>) {
        for (_, definition) in events.reference_definitions().iter() {
            let start = definition.span.start;
            let refused = leads_to_an_item(&definition.dest) || !is_safe_link(&definition.dest);
            if refused && text.get(start..).is_some_and(|rest| rest.starts_with('[')) {
                self.replacements.push((start..start, "\\".to_owned()));
            }
        }
    }

    /// Code is shown and never compiled, so its language is `json` or `text`.
    fn code_block(&mut self, text: &str, kind: &CodeBlockKind<'_>, span: Range<usize>) {
        let Some(block) = text.get(span.clone()) else { return };
        match kind {
            CodeBlockKind::Fenced(info) => {
                let language = fence_language(info);
                let first = block.lines().next().unwrap_or_default();
                let marks = first.len() - first.trim_start_matches(['`', '~']).len();
                if info.as_ref() != language {
                    self.push(span.start + marks..span.start + first.len(), language);
                }
                let fence = first.get(..marks).unwrap_or_default();
                let last = block.lines().last().map_or("", |line| line.trim_start_matches([' ', '>']));
                if block.lines().count() < 2 || !last.starts_with(fence) {
                    self.push(span.end..span.end, format!("\n{}{fence}", margin::column(text, span.start)));
                }
            }
            CodeBlockKind::Indented => {
                let code: Vec<&str> = block.lines().map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
                let start = text.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
                let own_line = text.get(start..span.start).is_some_and(|before| before.trim().is_empty());
                if own_line {
                    let block = fenced("text", code.join("\n").trim_end());
                    self.push(start..span.end, format!("{block}\n"));
                } else {
                    self.push(span.start..span.end, block.trim_start());
                }
            }
        }
    }

    /// A link whose target rustdoc would look up among Rust items, or that leads nowhere from
    /// rustdoc.
    fn link(&mut self, text: &str, link_type: LinkType, url: &str, span: Range<usize>) {
        match link_type {
            LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown => {
                self.escape(text, span, '[');
            }
            LinkType::Inline if is_relative(url) => {
                let Some(link) = text.get(span.clone()) else { return };
                let Some(words) = link.rfind("](").and_then(|end| link.get(..end)) else { return };
                self.push(span, words.trim_start_matches('!').trim_start_matches('['));
            }
            LinkType::Autolink | LinkType::Email if !is_safe_link(url) => self.escape(text, span, '<'),
            LinkType::Inline if !is_safe_link(url) => self.escape(text, span, '['),
            LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut
                if leads_to_an_item(url) || !is_safe_link(url) =>
            {
                self.escape(text, span, '[');
            }
            _ => {}
        }
    }

    fn tags(&mut self, text: &str, span: Range<usize>) {
        self.escape(text, span, '<');
    }

    /// `https://…` becomes `<https://…>`.
    fn bare_urls(&mut self, text: &str, span: &Range<usize>) {
        let Some(inside) = text.get(span.clone()) else { return };
        for (index, _) in inside.match_indices("http") {
            let start = span.start + index;
            let url = text.get(start..).map_or("", url_at_start);
            let end = start + url.len();
            for scheme in ["https://", "http://"] {
                if url.starts_with(scheme)
                    && url.len() > scheme.len()
                    && !text.get(..start).is_some_and(|before| before.ends_with('<'))
                {
                    self.push(start..end, format!("<{url}>"));
                }
            }
        }
    }

    fn apply(&self, text: &str) -> String {
        let mut edited = String::with_capacity(text.len() + self.replacements.len() * 4);
        let mut at = 0;
        for (range, with) in &self.replacements {
            edited.push_str(text.get(at..range.start).unwrap_or_default());
            edited.push_str(with);
            at = range.end;
        }
        edited.push_str(text.get(at..).unwrap_or_default());
        edited
    }
}

fn is_footnote(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|rest| rest.starts_with("[^"))
        && !text.get(..at).is_some_and(|before| before.ends_with('\\'))
}

type BrokenLinks<'t> = fn(BrokenLink<'t>) -> Option<(CowStr<'t>, CowStr<'t>)>;

/// The events that rustdoc sees, including links to nowhere.
fn events(text: &str) -> OffsetIter<'_, BrokenLinks<'_>> {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let nowhere: BrokenLinks<'_> = |_| Some(("nowhere".into(), "".into()));
    Parser::new_with_broken_link_callback(text, options, Some(nowhere)).into_offset_iter()
}

fn fence_language(info: &str) -> &'static str {
    if info.trim().eq_ignore_ascii_case("json") { "json" } else { "text" }
}

/// The URL at the start of a text, without the punctuation that ends a sentence.
fn url_at_start(text: &str) -> &str {
    let end =
        text.find(|c: char| c.is_whitespace() || c.is_control() || "<>\"'`|\\*[]{}".contains(c)).unwrap_or(text.len());
    let url = text.get(..end).unwrap_or_default();
    let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '_', '~']);
    if url.contains('(') { url } else { url.split(')').next().unwrap_or(url) }
}
