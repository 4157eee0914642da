//! Adds the margin that Markdown allows lines of a list item or quotation to omit ("lazy
//! continuation").

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

/// A construct around a paragraph.
pub(super) enum Container {
    /// A list item, whose content starts at this column; `None` until its first content is seen.
    Item(Option<usize>),
    /// A quotation.
    Quote,
}

/// Tracks the containers that are open.
pub(super) fn enter_or_leave(containers: &mut Vec<Container>, text: &str, event: &Event<'_>, span: &Range<usize>) {
    if let Some(Container::Item(content @ None)) = containers.last_mut() {
        *content = Some(column(text, span.start).len());
    }
    match event {
        Event::Start(Tag::Item) => containers.push(Container::Item(None)),
        Event::Start(Tag::BlockQuote(_)) => containers.push(Container::Quote),
        Event::End(TagEnd::Item | TagEnd::BlockQuote(_)) => {
            containers.pop();
        }
        _ => {}
    }
}

/// A repair of the margin of the line after a break, if the line needs one.
pub(super) fn repair(containers: &[Container], text: &str, span: &Range<usize>) -> Option<(Range<usize>, String)> {
    let start = span.start + text.get(span.start..)?.find('\n')? + 1;
    let line = text.get(start..)?;
    let found = line.len() - line.trim_start_matches([' ', '>']).len();
    let margin = line.get(..found)?;
    let quotes = containers.iter().filter(|container| matches!(container, Container::Quote)).count();
    let wanted = margin_of(containers)?;
    let is_right = if quotes > 0 { margin.matches('>').count() >= quotes } else { margin == wanted };
    (!is_right).then(|| (start..start + found, wanted))
}

/// `None` outside of any container.
fn margin_of(containers: &[Container]) -> Option<String> {
    containers.last()?;
    let mut margin = String::new();
    for container in containers {
        match container {
            Container::Item(column) => {
                margin.push_str(&" ".repeat(column.unwrap_or_default().saturating_sub(margin.len())));
            }
            Container::Quote => margin.push_str("> "),
        }
    }
    Some(margin)
}

/// As many spaces as there are characters between the start of a line and an offset in it.
pub(super) fn column(text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rfind('\n').map_or(before, |newline| before.get(newline + 1..).unwrap_or_default());
    " ".repeat(line.chars().count())
}
