//! The path of a schema: its JSON Pointer, and the words that name a type made from it.
//!
//! **Invariant:** an inline schema is named after its path below its component or operation,
//! whatever reaches it first.

use std::rc::Rc;

use crate::document::pointer::escape;

/// Index of a root: first the components in the document's order, then the schemas that operations
/// request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct RootId(pub usize);

/// The path of a schema below its root. It is cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct SchemaPath(Rc<Step>);

#[derive(Debug)]
struct Step {
    parent: Option<SchemaPath>,
    root: RootId,
    /// Escaped tokens of the pointer below the parent. For a root, the whole pointer.
    tokens: String,
    depth: usize,
    /// The word that the step adds to the name of a type. It may be empty.
    word: String,
}

impl SchemaPath {
    pub(super) fn root(root: RootId, pointer: impl Into<String>, stem: impl Into<String>) -> Self {
        Self(Rc::new(Step { parent: None, root, tokens: pointer.into(), depth: 0, word: stem.into() }))
    }

    fn child(&self, tokens: String, word: impl Into<String>) -> Self {
        Self(Rc::new(Step {
            parent: Some(self.clone()),
            root: self.0.root,
            tokens,
            depth: self.0.depth + 1,
            word: word.into(),
        }))
    }

    /// An entry of an object under a keyword, such as a property.
    pub(super) fn property(&self, keyword: &str, key: &str) -> Self {
        let word = if keyword == "properties" { key } else { "value" };
        self.child(format!("{keyword}/{}", escape(key)), word)
    }

    /// The schema under a keyword: `items` or `additionalProperties`.
    pub(super) fn keyword(&self, keyword: &str) -> Self {
        let word = match keyword {
            "items" => "item",
            "additionalProperties" => "value",
            _ => "",
        };
        self.child(keyword.to_owned(), word)
    }

    /// A member of a list under a keyword, such as `allOf`.
    pub(super) fn member(&self, keyword: &str, index: usize) -> Self {
        let word = match keyword {
            "prefixItems" => format!("item{}", index + 1),
            _ => String::new(),
        };
        self.child(format!("{keyword}/{index}"), word)
    }

    /// The path with one more word in its name and an unchanged pointer.
    pub(super) fn word(&self, word: &str) -> Self {
        self.child(String::new(), word)
    }

    /// The word that the last step adds; may be empty.
    pub(super) fn last_word(&self) -> &str {
        &self.0.word
    }

    /// The number of steps from the root to the path.
    pub(super) fn depth(&self) -> usize {
        self.0.depth
    }

    pub(super) fn root_id(&self) -> RootId {
        self.0.root
    }

    /// Whether the path is a root.
    pub(super) fn is_root(&self) -> bool {
        self.0.parent.is_none()
    }

    /// The JSON Pointer.
    pub(super) fn pointer(&self) -> String {
        let tokens = self.steps().into_iter().map(|step| step.tokens.as_str()).filter(|tokens| !tokens.is_empty());
        tokens.collect::<Vec<_>>().join("/")
    }

    /// The words of all steps, as raw text for `ir/naming`.
    pub(super) fn name(&self) -> String {
        let words = self.steps().into_iter().map(|step| step.word.as_str()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join("-")
    }

    /// The words below the root, each preceded by a dot.
    pub(super) fn dotted_words(&self) -> String {
        let words = self.steps().into_iter().skip(1).map(|step| step.word.as_str()).filter(|word| !word.is_empty());
        words.fold(String::new(), |text, word| text + "." + word)
    }

    fn steps(&self) -> Vec<&Step> {
        let mut steps = Vec::new();
        let mut at = Some(self);
        while let Some(SchemaPath(step)) = at {
            steps.push(step.as_ref());
            at = step.parent.as_ref();
        }
        steps.reverse();
        steps
    }
}
