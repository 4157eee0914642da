//! Writes words in the case that Rust uses: `appIDParam` becomes `AppIdParam`, `app_id_param` or
//! `APP_ID_PARAM`.
//!
//! **Invariant:** every name is an identifier that Rust accepts for an item of its case, even if
//! the words form a keyword.

use super::words::{Symbols, words};

/// Longer names are cut. A hash of the whole name keeps them distinct.
const LONGEST: usize = 96;

/// The item for which a name is made. It decides the case, and the prefix of a leading digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each name says the item")]
pub enum Case {
    Type,
    Variant,
    Field,
    Function,
    Constant,
    Module,
}

impl Case {
    /// The name for `raw`, before it is unique in any scope.
    pub(super) fn name(self, raw: &str) -> String {
        self.finish(raw, &words(raw, Symbols::Leading), "")
    }

    /// The name for `raw` with every symbol spelled out.
    pub(super) fn spelled(self, raw: &str) -> String {
        self.finish(raw, &words(raw, Symbols::All), "")
    }

    /// The name for `raw` with a suffix.
    pub(super) fn suffixed(self, raw: &str, suffix: &str) -> String {
        self.finish(raw, &words(raw, Symbols::Leading), suffix)
    }

    fn finish(self, raw: &str, words: &[String], suffix: &str) -> String {
        let joined = match self {
            Self::Type | Self::Variant => join_pascal(words),
            Self::Constant => join_with_underscores(words).to_uppercase(),
            Self::Field | Self::Function | Self::Module => join_with_underscores(words),
        };
        let mut name = self.lead(shorten(self, joined, raw));
        if !suffix.is_empty() {
            if self.is_pascal() {
                name.push_str(suffix);
            } else {
                let suffix = join_with_underscores(&super::words::words(suffix, Symbols::Leading));
                name.push('_');
                name.push_str(&if self == Self::Constant { suffix.to_uppercase() } else { suffix });
            }
        }
        self.unreserve(name)
    }

    fn is_pascal(self) -> bool {
        matches!(self, Self::Type | Self::Variant)
    }

    /// Adds a prefix to a name that is empty or starts with a digit.
    fn lead(self, name: String) -> String {
        let starts = name.chars().next().is_some_and(unicode_ident::is_xid_start);
        if starts {
            return name;
        }
        let lead = match self {
            Self::Type => "Type",
            Self::Variant if name.is_empty() => "Empty",
            Self::Variant => "Value",
            Self::Field if name.is_empty() => "empty",
            Self::Field => "field_",
            Self::Function => "call_",
            Self::Constant => "VALUE_",
            Self::Module => "api_",
        };
        let name = format!("{lead}{name}");
        if name.ends_with('_') { name.trim_end_matches('_').to_owned() } else { name }
    }
}

/// `AppId` from `appID`, for parts of names that are joined before the name is claimed.
#[must_use]
pub fn pascal(raw: &str) -> String {
    join_pascal(&words(raw, Symbols::Leading))
}

/// `app_id` from `appID`, even if it is a keyword.
#[must_use]
pub fn snake(raw: &str) -> String {
    join_with_underscores(&words(raw, Symbols::Leading))
}

/// `APP_ID` from `appID`.
#[must_use]
pub fn screaming(raw: &str) -> String {
    snake(raw).to_uppercase()
}

/// The name without the prefix of raw identifiers: `type` from `r#type`.
#[must_use]
pub fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

/// Separates adjacent digits of two words, so that `1.15` and `11.5` stay distinct as `1_15` and
/// `11_5`.
fn join_pascal(words: &[String]) -> String {
    let mut name = String::new();
    for word in words {
        let digits =
            name.ends_with(|char: char| char.is_ascii_digit()) && word.starts_with(|char: char| char.is_ascii_digit());
        if digits {
            name.push('_');
        }
        let mut chars = word.chars();
        name.extend(chars.next().into_iter().flat_map(char::to_uppercase));
        name.extend(chars.flat_map(char::to_lowercase));
    }
    name
}

fn join_with_underscores(words: &[String]) -> String {
    words.iter().map(|word| word.to_lowercase()).collect::<Vec<_>>().join("_")
}

fn shorten(case: Case, name: String, raw: &str) -> String {
    if name.len() <= LONGEST {
        return name;
    }
    let cut = (0..=LONGEST - 17).rev().find(|at| name.is_char_boundary(*at)).unwrap_or(0);
    let start = name.get(..cut).unwrap_or_default().trim_end_matches('_');
    let hash = fnv(raw);
    match case {
        Case::Type | Case::Variant => format!("{start}X{hash:08x}"),
        Case::Constant => format!("{start}_X{hash:08X}"),
        Case::Field | Case::Function | Case::Module => format!("{start}_x{hash:08x}"),
    }
}

/// FNV-1a, which is stable across machines and versions.
pub(in crate::ir) fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// [`fnv`] with 64 bits, for large numbers of texts.
pub(in crate::ir) fn fnv64(text: &str) -> u64 {
    let step = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}
