//! Lays out calls of the runtime's macros, which prettyplease does not know. A list in braces has
//! one entry per line, or all entries on one line if they fit. The same applies to a list that ends
//! an entry.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::ItemMacro;

/// The column at which prettyplease breaks lines.
const WIDTH: usize = 89;

/// Prints `specwright_runtime::object!(User { required id = "id" });`. `None` for anything except
/// the runtime's macros.
pub(super) fn print(item: &ItemMacro) -> Option<String> {
    let path: Vec<String> = item.mac.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    if path.first().map(String::as_str) != Some("specwright_runtime") {
        return None;
    }
    let attributes = item.attrs.iter().map(|attribute| {
        let tokens: Vec<TokenTree> = attribute.to_token_stream().into_iter().collect();
        format!("{}\n", spaced(&tokens))
    });
    let attributes: Vec<String> = attributes.collect();
    Some(format!("{}{}", attributes.concat(), call(&path.join("::"), &item.mac.tokens)))
}

fn call(name: &str, tokens: &TokenStream) -> String {
    let mut arguments: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let entries = match arguments.last() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => Some(entries(group)),
        _ => None,
    };
    let Some(entries) = entries else {
        let arguments = spaced(&arguments);
        return format!("{name}!({arguments});\n");
    };
    arguments.pop();
    let head = spaced(&arguments);
    let texts: Vec<String> = entries.iter().map(Entry::text).collect();
    let line = format!("{name}!({head} {{ {} }});\n", texts.join(", "));
    if line.len() <= WIDTH {
        return line;
    }
    let lines: String = entries.iter().map(entry_line).collect();
    format!("{name}!({head} {{\n{lines}}});\n")
}

/// An entry with its comma. As in a pattern, nothing may follow the entry that takes the rest.
fn entry_line(entry: &Entry) -> String {
    let line = format!("    {}", entry.text());
    if line.starts_with("    ..") {
        return format!("{line}\n");
    }
    if line.len() <= WIDTH {
        return format!("{line},\n");
    }
    match entry.list() {
        Some((before, items)) => {
            let items: Vec<String> = items.iter().map(|item| format!("        {},\n", item.text())).collect();
            format!("    {before}[\n{}    ],\n", items.concat())
        }
        None => format!("{line},\n"),
    }
}

/// The tokens between two commas.
struct Entry(Vec<TokenTree>);

impl Entry {
    fn text(&self) -> String {
        spaced(&self.0)
    }

    /// The tokens before the list that ends the entry, and the items of the list.
    fn list(&self) -> Option<(String, Vec<Self>)> {
        match self.0.split_last()? {
            (TokenTree::Group(group), before) if group.delimiter() == Delimiter::Bracket => {
                Some((spaced(before), entries(group)))
            }
            _ => None,
        }
    }
}

/// The entries between commas.
fn entries(group: &Group) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut entry = Vec::new();
    for token in group.stream() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => entries.push(Entry(std::mem::take(&mut entry))),
            token => entry.push(token),
        }
    }
    if !entry.is_empty() {
        entries.push(Entry(entry));
    }
    entries
}

/// Words, literals and `=` with spaces between them; signs and paths without spaces.
fn spaced(tokens: &[TokenTree]) -> String {
    let mut text = String::new();
    let mut is_glued = true;
    let mut before: Option<&TokenTree> = None;
    let mut is_closure = false;
    for token in tokens {
        let (word, glues_before, glues_after) = match token {
            TokenTree::Punct(punct) => {
                let sign = punct.as_char();
                let (opens, closes) = (sign == '|' && before.is_none(), sign == '|' && is_closure);
                is_closure = opens || is_closure && !closes;
                let is_tight = punct.spacing() == Spacing::Joint
                    || match sign {
                        ':' => is_joint_colon(before),
                        '&' => !is_operand(before),
                        '|' => opens,
                        '=' => ends_range(before),
                        _ => matches!(sign, '.' | '-' | '<' | '\''),
                    };
                let glues_before = match sign {
                    '.' => is_operand(before),
                    '|' => closes,
                    _ => matches!(sign, ',' | ':' | ';' | '<' | '>'),
                };
                (sign.to_string(), glues_before, is_tight)
            }
            TokenTree::Group(group) => (grouped(group), adjoins(group, before), false),
            token => (token.to_string(), false, false),
        };
        if !is_glued && !glues_before {
            text.push(' ');
        }
        text.push_str(&word);
        is_glued = glues_after;
        before = Some(token);
    }
    text
}

/// Whether a group follows the previous token without a space, as an index or arguments do.
fn adjoins(group: &Group, before: Option<&TokenTree>) -> bool {
    match group.delimiter() {
        Delimiter::Bracket => true,
        Delimiter::Parenthesis => matches!(before, Some(TokenTree::Ident(_))),
        Delimiter::Brace | Delimiter::None => false,
    }
}

/// Whether a colon after this token is the second of `::`.
fn is_joint_colon(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
}

/// Whether an `=` after this token is the end of `..=`.
fn ends_range(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == '.')
}

/// Whether a sign after this token follows an operand.
fn is_operand(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Ident(_) | TokenTree::Group(_) | TokenTree::Literal(_)))
}

fn grouped(group: &Group) -> String {
    let inside = spaced(&group.stream().into_iter().collect::<Vec<_>>());
    match group.delimiter() {
        Delimiter::Parenthesis => format!("({inside})"),
        Delimiter::Bracket => format!("[{inside}]"),
        Delimiter::Brace if inside.is_empty() => "{}".to_owned(),
        Delimiter::Brace => format!("{{ {inside} }}"),
        Delimiter::None => inside,
    }
}
