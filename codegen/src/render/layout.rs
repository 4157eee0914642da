//! Lays out items: each one as prettyplease prints it, with the empty lines that a person would leave.

use syn::{File, Item};

use super::macros;
use crate::emit::{LINE_BREAK, Part};

/// Some items, printed, and what is needed to join them to those before.
#[derive(Default)]
pub(super) struct Piece {
    text: String,
    first: Option<Kind>,
    last: Option<Kind>,
}

/// What stands side by side without an empty line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Use,
    Module,
    Other,
}

impl Piece {
    /// Appends the items to a file, which has its header already.
    pub(super) fn append_to(self, file: &mut String) {
        if self.first.is_some() {
            file.push('\n');
            file.push_str(&self.text);
        }
    }

    fn push(&mut self, kind: Kind, text: &str) {
        if self.last.is_some_and(|last| last != kind || kind == Kind::Other) {
            self.text.push('\n');
        }
        self.text.push_str(text);
        self.first.get_or_insert(kind);
        self.last = Some(kind);
    }
}

/// Prints parts; the error is the parser's message and the tokens it read.
pub(super) fn print(parts: &[Part<'_>]) -> Result<Piece, String> {
    let mut piece = Piece::default();
    for part in parts {
        let file: File = syn::parse2(part()).map_err(|error| {
            let excerpt: String = part().to_string().chars().take(200).collect();
            format!("{error} in `{excerpt}`")
        })?;
        print_file(file, &mut piece);
    }
    Ok(piece)
}

fn print_file(file: File, piece: &mut Piece) {
    if !file.attrs.is_empty() {
        let attributes = File { shebang: None, frontmatter: None, attrs: file.attrs, items: Vec::new() };
        piece.push(Kind::Other, &unfolded(prettyplease::unparse(&attributes)));
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
        let file = File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] };
        let text = unfolded(prettyplease::unparse(&file));
        if has_members {
            piece.push(kind, &with_air(&text));
        } else {
            piece.push(kind, &text);
        }
    }
}

/// A comment for each line of a documentation attribute, which prettyplease has printed as one line.
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

fn kind(item: &Item) -> Kind {
    match item {
        Item::Use(_) => Kind::Use,
        Item::Mod(module) if module.content.is_none() && module.attrs.is_empty() => Kind::Module,
        _ => Kind::Other,
    }
}

/// An empty line after each member of an impl or trait that has a body. No token of ours spans lines, so that a line of
/// four spaces and a brace ends a member and nothing else.
fn with_air(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + text.len() / 32);
    let mut after_body = false;
    for line in text.lines() {
        if after_body && line != "}" {
            spaced.push('\n');
        }
        after_body = line == "    }";
        spaced.push_str(line);
        spaced.push('\n');
    }
    spaced
}
