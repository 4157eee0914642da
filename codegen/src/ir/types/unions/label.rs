//! Names alternatives by their reference, title, constant or type.

use crate::document::Node;
use crate::ir::types::conjunction::Conjunct;
use crate::ir::types::graph::Graph;

/// Longer titles are sentences.
const LONGEST_TITLE: usize = 40;

impl<'d> Graph<'d> {
    /// The alternatives. The label of each is the last word of its path.
    pub(in crate::ir::types) fn labelled(&self, members: Vec<Conjunct<'d>>) -> Vec<Conjunct<'d>> {
        let labelled = members
            .into_iter()
            .map(|conjunct| Conjunct { path: conjunct.path.word(&self.label(&conjunct)), ..conjunct });
        labelled.collect()
    }

    /// The name of an alternative among its siblings, or empty text if nothing names it.
    pub(in crate::ir::types) fn label(&self, conjunct: &Conjunct<'d>) -> String {
        if let Some(target) = conjunct.reference().and_then(|reference| self.target(reference)) {
            return target.path.name();
        }
        if let Some(title) = conjunct.str("title").and_then(short) {
            return title.to_owned();
        }
        if let Some(base) =
            conjunct.members("allOf").iter().filter(|base| !base.is_annotation()).collect::<Vec<_>>().first()
            && conjunct.get("properties").is_none()
        {
            return self.label(base);
        }
        if let Some(constant) = Self::constant(conjunct) {
            return constant.to_owned();
        }
        conjunct.str("type").map(type_word).unwrap_or_default().to_owned()
    }

    /// The value of the first required property that has a single value.
    fn constant(conjunct: &Conjunct<'d>) -> Option<&'d str> {
        let required = conjunct.get("required").and_then(Node::as_array).unwrap_or_default();
        let mut properties =
            conjunct.entries("properties").filter(|(key, _)| required.iter().any(|name| name.as_str() == Some(key)));
        properties.find_map(|(_, property)| match property.get("enum")?.as_array()? {
            [only] => only.as_str(),
            _ => None,
        })
    }
}

fn short(title: &str) -> Option<&str> {
    let title = title.trim();
    (!title.is_empty() && title.len() <= LONGEST_TITLE && title.split_whitespace().count() <= 5).then_some(title)
}

fn type_word(kind: &str) -> &str {
    match kind {
        "array" => "list",
        kind => kind,
    }
}
