//! Splits a name in the document into words: `HTTPServer-userIDs` becomes `HTTP`, `Server`, `user`,
//! `IDs`.
//!
//! **Invariant:** words contain only characters that an identifier may have. Other characters are
//! spelled out or end a word, so that different names rarely become equal.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_security::GeneralSecurityProfile as _;

/// Which symbols are spelled out. The others separate words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Symbols {
    /// Only those that distinguish names: signs before a word or digit, comparisons, and the
    /// symbols of names that consist only of symbols.
    Leading,
    /// All of them.
    All,
}

/// The words of a name, in the case of the name. An empty name has none.
pub(super) fn words(raw: &str, symbols: Symbols) -> Vec<String> {
    let raw = &*composed(raw);
    let mut out = Vec::new();
    let mut run = String::new();
    let spell_all = symbols == Symbols::All || !raw.chars().any(char::is_alphanumeric);
    let mut previous = None;
    let mut chars = raw.chars().peekable();
    while let Some(char) = chars.next() {
        let next = chars.peek().copied();
        if is_word(char) {
            run.push(char);
        } else {
            flush(&mut run, &mut out);
            let leading = previous.is_none() && next.is_some_and(char::is_alphanumeric);
            let sign = matches!(char, '+' | '-') && leading;
            if !char.is_ascii() {
                out.extend(hex(char));
            } else if spell_all || sign || is_comparison(char) {
                out.extend(spelled(char).map(str::to_owned));
            }
        }
        previous = Some(char);
    }
    flush(&mut run, &mut out);
    out
}

/// The name in the normal form of identifiers: `ｉｄ` in wide letters is `id`, and `Ⅷ` is `VIII`.
fn composed(raw: &str) -> Cow<'_, str> {
    if raw.is_ascii() { Cow::Borrowed(raw) } else { Cow::Owned(raw.nfkc().collect()) }
}

/// Whether a character may be in a word without a compiler warning. Combining marks may not,
/// because `Ident` compares identifiers as written, whereas the compiler compares them in normal
/// form.
fn is_word(char: char) -> bool {
    char.is_ascii_alphanumeric() || (!char.is_ascii() && char.is_alphanumeric() && is_of_identifiers(char))
}

fn is_of_identifiers(char: char) -> bool {
    unicode_ident::is_xid_continue(char) && char.identifier_allowed()
}

/// Whether a symbol has a meaning in every position.
fn is_comparison(char: char) -> bool {
    matches!(char, '<' | '>' | '=' | '!' | '%' | '&' | '*')
}

/// Spells out, by its code point, a non-ASCII character that no identifier can contain. Blanks and
/// invisible characters only separate words.
fn hex(char: char) -> Option<String> {
    let invisible = char.is_whitespace()
        || char.is_control()
        || matches!(char, '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{2015}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}');
    (!invisible).then(|| format!("x{:x}", u32::from(char)))
}

fn spelled(char: char) -> Option<&'static str> {
    Some(match char {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '=' => "equal",
        '!' => "not",
        '<' => "less",
        '>' => "greater",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '#' => "hash",
        '@' => "at",
        '$' => "dollar",
        '^' => "caret",
        '~' => "tilde",
        '?' => "question",
        '_' => "underscore",
        '\'' => "quote",
        '"' => "doublequote",
        '`' => "backtick",
        '(' | '[' | '{' => "open",
        ')' | ']' | '}' => "close",
        ' ' => "space",
        _ => return None,
    })
}

/// Splits a run of letters and digits where the case changes, and empties it.
fn flush(run: &mut String, out: &mut Vec<String>) {
    if run.is_empty() {
        return;
    }
    let chars: Vec<char> = run.chars().collect();
    let mut word = String::new();
    for (at, &char) in chars.iter().enumerate() {
        if at > 0 && starts_word(&chars, at) && !joins(&word, chars.get(at..).unwrap_or_default()) {
            out.push(std::mem::take(&mut word));
        }
        word.push(char);
    }
    out.push(word);
    run.clear();
}

/// Whether a word starts at a character: `aB` and `ABc` at `B`, but not `IDs` at `D`.
fn starts_word(chars: &[char], at: usize) -> bool {
    let (Some(before), Some(&char)) = (at.checked_sub(1).and_then(|before| chars.get(before)), chars.get(at)) else {
        return false;
    };
    if !char.is_uppercase() {
        return false;
    }
    if !before.is_uppercase() {
        return true;
    }
    let next = chars.get(at + 1);
    let after = chars.get(at + 2);
    let plural = next == Some(&'s') && after.is_none_or(|after| after.is_uppercase() || after.is_ascii_digit());
    next.is_some_and(|next| next.is_lowercase()) && !plural
}

/// Whether a word continues at a change of case, as in `OAuth` and `IPv4`.
fn joins(word: &str, rest: &[char]) -> bool {
    let follows = |text: &str| {
        let mut rest = rest.iter();
        text.chars().all(|char| rest.next() == Some(&char))
    };
    match word {
        "O" => follows("Auth") || follows("Data"),
        "I" | "IP" => follows("Pv4") || follows("Pv6"),
        _ => false,
    }
}
