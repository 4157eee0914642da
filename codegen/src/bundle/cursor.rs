//! The position of a walk through files.

use super::files::Target;

/// The position of the walk, and the constructs around it.
#[derive(Clone)]
pub(super) struct Cursor {
    pub file: usize,
    /// The pointer in that file.
    pub at: String,
    /// The innermost schema with an `$id`: its absolute URI and its target.
    pub scope: Option<(String, Target)>,
    /// The targets that are being inlined, outermost first.
    pub active: Vec<Target>,
    pub depth: usize,
}

impl Cursor {
    pub fn new(file: usize, at: String) -> Self {
        Self { file, at, scope: None, active: Vec::new(), depth: 0 }
    }
}
