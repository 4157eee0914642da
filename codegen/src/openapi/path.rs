//! The path of a node: a chain of steps on the stack, which costs nothing until a diagnostic needs
//! the pointer.

use crate::document::pointer;

/// The path of one node.
#[derive(Clone, Copy, Debug)]
pub struct NodePath<'p> {
    above: Option<&'p NodePath<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'p> {
    Root,
    Key(&'p str),
    Index(usize),
}

impl<'p> NodePath<'p> {
    /// The whole document.
    pub const ROOT: NodePath<'static> = NodePath { above: None, step: Step::Root };

    /// The value of a key of the object here.
    #[must_use]
    pub fn key<'c>(&'c self, key: &'c str) -> NodePath<'c> {
        NodePath { above: Some(self), step: Step::Key(key) }
    }

    /// A member of the list here.
    #[must_use]
    pub fn index(&self, index: usize) -> NodePath<'_> {
        NodePath { above: Some(self), step: Step::Index(index) }
    }

    /// The key of the node, if it is the value of one.
    #[must_use]
    pub fn last_key(&self) -> Option<&'p str> {
        match self.step {
            Step::Key(key) => Some(key),
            Step::Root | Step::Index(_) => None,
        }
    }

    /// The path of the object or list that holds the node.
    #[must_use]
    pub fn above(&self) -> Option<&'p NodePath<'p>> {
        self.above
    }

    /// The JSON Pointer.
    #[must_use]
    pub fn pointer(&self) -> String {
        let mut steps = Vec::new();
        let mut place = Some(self);
        while let Some(here) = place {
            steps.push(here.step);
            place = here.above;
        }
        let mut text = String::new();
        for step in steps.into_iter().rev() {
            match step {
                Step::Root => {}
                Step::Key(key) => {
                    text.push('/');
                    text.push_str(&pointer::escape(key));
                }
                Step::Index(index) => {
                    text.push('/');
                    text.push_str(&index.to_string());
                }
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::NodePath;

    #[test]
    fn a_path_is_rendered_as_a_json_pointer() {
        let paths = NodePath::ROOT.key("paths");
        let path = paths.key("/a~b");
        let parameters = path.key("parameters");
        assert_eq!(parameters.index(3).pointer(), "/paths/~1a~0b/parameters/3");
        assert_eq!(NodePath::ROOT.pointer(), "");
    }
}
