//! Lays out items: each one as prettyplease prints it, with blank lines where a person would put
//! them.

use syn::{File, Item};

use super::{macros, signatures};
use crate::emit::{LINE_BREAK, Printer};
use crate::text::rust;

/// Some printed items, and the facts needed to join them to the items before.
#[derive(Default)]
pub(super) struct Piece {
    text: String,
    first: Option<ItemKind>,
    last: Option<ItemKind>,
}

/// Neighbours of the same kind, except `Other`, have no blank line between them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ItemKind {
    Use,
    Module,
    Other,
}

impl Piece {
    /// Appends the items to a file, which already has its header.
    pub(super) fn append_to(self, file: &mut String) {
        if self.first.is_some() {
            file.push('\n');
            file.push_str(&self.text);
        }
    }

    fn push(&mut self, kind: ItemKind, text: &str) {
        if self.last.is_some_and(|last| last != kind || kind == ItemKind::Other) {
            self.text.push('\n');
        }
        self.text.push_str(&rust(text));
        self.first.get_or_insert(kind);
        self.last = Some(kind);
    }
}

/// Runs printers. The error contains the report of the printer or parser, with the tokens that were
/// parsed.
pub(super) fn print(printers: &[Printer<'_>]) -> Result<Piece, String> {
    let mut piece = Piece::default();
    for printer in printers {
        let tokens = printer().map_err(|defect| defect.to_string())?;
        let file: File = syn::parse2(tokens).map_err(|error| {
            let tokens = printer().map(|tokens| tokens.to_string()).unwrap_or_default();
            let excerpt: String = tokens.chars().take(200).collect();
            format!("{error} in `{excerpt}`")
        })?;
        print_file(file, &mut piece);
    }
    Ok(piece)
}

fn print_file(file: File, piece: &mut Piece) {
    if !file.attrs.is_empty() {
        let attributes = File { shebang: None, frontmatter: None, attrs: file.attrs, items: Vec::new() };
        piece.push(ItemKind::Other, &unfolded(prettyplease::unparse(&attributes)));
    }
    for item in file.items {
        let kind = kind(&item);
        if let Item::Macro(call) = &item
            && let Some(text) = macros::print(call)
        {
            piece.push(kind, &text);
            continue;
        }
        let has_members = matches!(item, Item::Impl(_) | Item::Trait(_));
        let has_signatures = has_members || matches!(item, Item::Type(_) | Item::Fn(_));
        let file = File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] };
        let text = unfolded(prettyplease::unparse(&file));
        let text = if has_signatures { signatures::joined(&text) } else { text };
        if has_members {
            piece.push(kind, &with_air(&text));
        } else {
            piece.push(kind, &text);
        }
    }
}

/// Splits a documentation attribute, which prettyplease prints on a single line, into one comment
/// per line.
fn unfolded(text: String) -> String {
    if !text.contains(LINE_BREAK) {
        return text;
    }
    let mut unfolded = String::with_capacity(text.len() + text.len() / 8);
    for line in text.lines() {
        let mut words = line.split(LINE_BREAK);
        let first = words.next().unwrap_or_default();
        unfolded.push_str(first);
        let margin = first.find('/').and_then(|start| first.get(..start + "///".len())).unwrap_or_default();
        for word in words {
            unfolded.truncate(unfolded.trim_end_matches(' ').len());
            unfolded.push('\n');
            unfolded.push_str(margin);
            unfolded.push_str(word);
        }
        unfolded.push('\n');
    }
    unfolded
}

fn kind(item: &Item) -> ItemKind {
    match item {
        Item::Use(_) => ItemKind::Use,
        Item::Mod(module) if module.content.is_none() && module.attrs.is_empty() => ItemKind::Module,
        _ => ItemKind::Other,
    }
}

/// Puts a blank line between the members of an impl or trait: after each body, and before each
/// documented member. None of our tokens spans lines, so a line of four spaces and a brace always
/// ends a member.
fn with_air(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + text.len() / 32);
    let mut previous = "{";
    for line in text.lines() {
        let is_first = previous.ends_with('{') && !previous.starts_with("    ");
        let starts_docs = line.starts_with("    ///") && !previous.starts_with("    ///");
        if !is_first && line != "}" && (previous == "    }" || starts_docs) {
            spaced.push('\n');
        }
        spaced.push_str(line);
        spaced.push('\n');
        previous = line;
    }
    spaced
}
