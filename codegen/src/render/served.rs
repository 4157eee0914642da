//! The document as generated servers serve it: YAML in its own order, whose documentation hides
//! nothing.

use std::borrow::Cow;

use super::{RenderError, RenderedFile, header};
use crate::document::{Document, Node, Value};
use crate::text;

/// The keywords whose text is documentation, which pages and editors show.
const DOCUMENTATION: [&str; 3] = ["description", "summary", "title"];

/// The keywords whose values are data, which stay as they are.
const DATA: [&str; 5] = ["const", "default", "enum", "example", "examples"];

/// A document under the name `openapi.yaml`.
///
/// # Errors
///
/// If serde cannot write it; no known document causes this.
pub fn document(document: &Document, source: &str) -> Result<RenderedFile, RenderError> {
    let path = "openapi.yaml".to_owned();
    let mut root = document.root.clone();
    show(&mut root);
    match serde_yaml::to_string(&root) {
        Ok(text) => Ok(RenderedFile { path, text: format!("# {}\n{text}", header(source)) }),
        Err(error) => Err(RenderError { path, message: error.to_string() }),
    }
}

/// Writes the hidden characters of documentation as escapes.
fn show(root: &mut Node) {
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        match &mut node.value {
            Value::Object(object) => {
                for (key, child) in object.iter_mut().filter(|(key, _)| !DATA.contains(key)) {
                    match &mut child.value {
                        Value::String(text) if DOCUMENTATION.contains(&key) => {
                            if let Cow::Owned(shown) = text::documentation(text) {
                                *text = shown;
                            }
                        }
                        _ => open.push(child),
                    }
                }
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{Limits, MemoryReader};
    use crate::load::load;

    #[test]
    fn documentation_hides_nothing_and_data_stays() {
        let text = "openapi: 3.1.0\n\
                    info: {title: \"a\\u202eb\", description: \"c\\u200bd\\ne\"}\n\
                    x: {default: {title: \"f\\u202eg\"}, pattern: \"\\u200b\"}\n";
        let reader = MemoryReader::new().with("a.yaml", text);
        let document = load("a.yaml", &reader, &Limits::default(), &mut crate::diagnostics::Diagnostics::new());
        let served = super::document(&document.unwrap(), "a.yaml").unwrap().text;
        let read: serde_json::Value = serde_yaml::from_str(&served).unwrap();
        assert_eq!(read["info"]["title"], "a\\u{202e}b");
        assert_eq!(read["info"]["description"], "c\\u{200b}d\ne");
        assert_eq!(read["x"]["default"]["title"], "f\u{202e}g");
        assert_eq!(read["x"]["pattern"], "\u{200b}");
    }
}
