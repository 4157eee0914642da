//! The catalogue of diagnostic codes: what each means, with a bad and a good example.

use super::Severity;

/// The statics of a group of codes, and the list of them.
macro_rules! codes {
    ($($name:ident = $id:literal $severity:ident $summary:literal $explanation:literal)*) => {
        $(
            #[doc = $summary]
            pub static $name: CodeInfo = CodeInfo {
                id: $id,
                severity: Severity::$severity,
                summary: $summary,
                explanation: $explanation,
            };
        )*
        pub(super) static ALL: &[&CodeInfo] = &[$(&$name),*];
    };
}

mod front;
mod lower;
mod operations;
mod types;
mod validate;

pub use front::*;
pub use lower::*;
pub use operations::*;
pub use types::*;
pub use validate::*;

/// What there is to know about one code.
#[derive(Debug, PartialEq, Eq)]
pub struct CodeInfo {
    /// Kebab case, stable: `dangling-reference`.
    pub id: &'static str,
    /// How grave diagnostics of this code are, unless one says otherwise.
    pub severity: Severity,
    /// One line: what is wrong.
    pub summary: &'static str,
    /// Markdown: why, what the generator does about it, a bad and a good example.
    pub explanation: &'static str,
}

/// All codes, sorted by id.
pub fn catalogue() -> impl Iterator<Item = &'static CodeInfo> {
    let groups = [front::ALL, validate::ALL, lower::ALL, types::ALL, operations::ALL];
    let mut codes: Vec<&'static CodeInfo> = groups.into_iter().flatten().copied().collect();
    codes.sort_by_key(|code| code.id);
    codes.into_iter()
}

/// The code with an id.
#[must_use]
pub fn find(id: &str) -> Option<&'static CodeInfo> {
    catalogue().find(|code| code.id == id)
}
