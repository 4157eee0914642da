//! The catalogue of diagnostic codes: what each means, with a bad and a good example.

use super::{Effect, Severity};

/// Declares a group of codes: a static for each, and the list of all.
macro_rules! codes {
    ($($name:ident = $id:literal $severity:ident $(($effect:ident))? $summary:literal $explanation:literal)*) => {
        $(
            #[doc = $summary]
            pub static $name: CodeInfo = CodeInfo {
                id: $id,
                severity: Severity::$severity,
                effect: codes!(@effect $($effect)?),
                summary: $summary,
                explanation: $explanation,
            };
        )*
        pub(super) static ALL: &[&CodeInfo] = &[$(&$name),*];
    };
    (@effect) => { None };
    (@effect $effect:ident) => { Some(Effect::$effect) };
}

mod bodies;
mod choices;
mod lower;
mod operations;
mod reading;
mod types;
mod validate;

pub use bodies::*;
pub use choices::*;
pub use lower::*;
pub use operations::*;
pub use reading::*;
pub use types::*;
pub use validate::*;

/// One code: its id, its usual severity and its manual.
#[derive(Debug, PartialEq, Eq)]
pub struct CodeInfo {
    /// Kebab case, stable: `dangling-reference`.
    pub id: &'static str,
    /// The severity of its diagnostics, unless one sets another.
    pub severity: Severity,
    /// The effect of its diagnostics. **Invariant:** warnings have one, errors and notes have none.
    pub effect: Option<Effect>,
    /// One line on what is wrong.
    pub summary: &'static str,
    /// Markdown: why it is wrong, what the generator does, and a bad and a good example.
    pub explanation: &'static str,
}

/// All codes, sorted by id.
pub fn catalogue() -> impl Iterator<Item = &'static CodeInfo> {
    let groups = [reading::ALL, validate::ALL, lower::ALL, types::ALL, operations::ALL, bodies::ALL, choices::ALL];
    let mut codes: Vec<&'static CodeInfo> = groups.into_iter().flatten().copied().collect();
    codes.sort_by_key(|code| code.id);
    codes.into_iter()
}

/// The code with this id.
#[must_use]
pub fn find(id: &str) -> Option<&'static CodeInfo> {
    catalogue().find(|code| code.id == id)
}
