//! Lays out calls of the runtime's macros, which prettyplease does not know: a list in braces has
//! one entry a line, or all entries on one line where they fit.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use syn::ItemMacro;

/// Where prettyplease breaks lines.
const WIDTH: usize = 89;

/// `specwright_runtime::object!(User { required id = "id" });`; `None` for anything but the
/// runtime's macros.
pub(super) fn print(item: &ItemMacro) -> Option<String> {
    let path: Vec<String> = item.mac.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    if path.first().map(String::as_str) != Some("specwright_runtime") || !item.attrs.is_empty() {
        return None;
    }
    let name = path.join("::");
    let mut arguments: Vec<TokenTree> = item.mac.tokens.clone().into_iter().collect();
    let entries = match arguments.last() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => Some(entries(group)),
        _ => None,
    };
    let Some(entries) = entries else {
        let arguments = spaced(arguments);
        return Some(format!("{name}!({arguments});\n"));
    };
    arguments.pop();
    let head = spaced(arguments);
    let line = format!("{name}!({head} {{ {} }});\n", entries.join(", "));
    if line.len() <= WIDTH {
        return Some(line);
    }
    let lines: String = entries.iter().map(|entry| entry_line(entry)).collect();
    Some(format!("{name}!({head} {{\n{lines}}});\n"))
}

/// As in a pattern, nothing may follow the entry that takes the rest.
fn entry_line(entry: &str) -> String {
    if entry.starts_with("..") { format!("    {entry}\n") } else { format!("    {entry},\n") }
}

/// The entries between commas.
fn entries(group: &Group) -> Vec<String> {
    let mut entries = Vec::new();
    let mut entry = Vec::new();
    for token in group.stream() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => entries.push(spaced(std::mem::take(&mut entry))),
            token => entry.push(token),
        }
    }
    if !entry.is_empty() {
        entries.push(spaced(entry));
    }
    entries
}

/// Words, literals and `=` with spaces between them; signs and paths without.
fn spaced(tokens: Vec<TokenTree>) -> String {
    let mut text = String::new();
    let mut is_glued = true;
    for token in tokens {
        let (word, glues_before, glues_after) = match &token {
            TokenTree::Punct(punct) => {
                let sign = punct.as_char();
                let is_tight = matches!(sign, ':' | '.' | '-' | '<' | '&' | '\'') || punct.spacing() == Spacing::Joint;
                (sign.to_string(), matches!(sign, ',' | ':' | '<' | '>'), is_tight)
            }
            TokenTree::Group(group) => (grouped(group), matches!(group.delimiter(), Delimiter::Bracket), false),
            token => (token.to_string(), false, false),
        };
        if !is_glued && !glues_before {
            text.push(' ');
        }
        text.push_str(&word);
        is_glued = glues_after;
    }
    text
}

fn grouped(group: &Group) -> String {
    let inside = within(group.stream());
    match group.delimiter() {
        Delimiter::Parenthesis => format!("({inside})"),
        Delimiter::Bracket => format!("[{inside}]"),
        Delimiter::Brace => format!("{{ {inside} }}"),
        Delimiter::None => inside,
    }
}

fn within(tokens: TokenStream) -> String {
    spaced(tokens.into_iter().collect())
}
