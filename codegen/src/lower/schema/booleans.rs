//! `true` becomes `{}`, `false` becomes `{not: {}}`; a value that is not a schema becomes
//! `{x-untyped: true}`.

use crate::document::{Node, Object, Value};
use crate::lower::UNTYPED;
use crate::openapi::context::NodeContext;

pub(super) fn run(node: &mut Node, _: &mut NodeContext<'_>) {
    let span = node.span;
    let empty = || Node::new(Object::new(), span);
    match &node.value {
        Value::Object(_) => {}
        Value::Bool(true) | Value::Null => *node = empty(),
        Value::Bool(false) => *node = Node::object([("not", empty())], span),
        Value::Number(_) | Value::String(_) | Value::Array(_) => {
            *node = Node::object([(UNTYPED, Node::new(true, span))], span);
        }
    }
}
