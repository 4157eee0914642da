//! Compares how values are written in XML.

use std::fmt;

use crate::document::pointer;
use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::schema_pair::{SchemaPair, Writing};
use crate::drift::model::{Located, Schema};

/// How a value is written. Prefixes only stand for namespaces, so they don't count.
#[derive(Debug, PartialEq, Eq)]
struct Written<'s> {
    /// The type of the node, in the words of version 3.2.
    node: &'s str,
    /// `None` if neither the schema nor its place names it.
    name: Option<&'s str>,
    namespace: Option<&'s str>,
}

impl<'s> Written<'s> {
    fn new(schema: &Schema<'s>, default: Option<&'s str>) -> Self {
        let xml = schema.at("xml").filter(Located::is_object);
        let text = |key: &str| xml.as_ref().and_then(|xml| xml.text(key));
        let flag = |key: &str| xml.as_ref().is_some_and(|xml| xml.flag(key));
        let is_list = schema.types() == ["array"];
        let node = match text("nodeType") {
            Some(node) => node,
            None if flag("attribute") => "attribute",
            None if is_list && !flag("wrapped") => "none",
            None => "element",
        };
        let is_named = matches!(node, "attribute" | "element");
        let name = text("name").or(default).filter(|_| is_named);
        Self { node, name, namespace: text("namespace").filter(|_| is_named) }
    }
}

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.node {
            "none" => "nodes of its own content only",
            "element" => "an element",
            "attribute" => "an attribute",
            "cdata" => "a CDATA section",
            other => other,
        };
        f.write_str(what)?;
        if let Some(name) = self.name {
            write!(f, " `{name}`")?;
        }
        match self.namespace {
            Some(namespace) => write!(f, " of the namespace `{namespace}`"),
            None => Ok(()),
        }
    }
}

/// Reports a value that is written differently. The element of a property is named after it, that of
/// a body after its component.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    let context = pair.context;
    if context.writing != Writing::Xml || context.muted || context.negated {
        return;
    }
    let component = |schema: &Schema<'d>| schema.reference.map(pointer::last_token);
    let property = pair.property();
    let default = |schema: &Schema<'d>| if pair.is_root() { component(schema) } else { property };
    let (was, is) = (Written::new(&pair.old, default(&pair.old)), Written::new(&pair.new, default(&pair.new)));
    if was == is {
        return;
    }
    // An inline body has a name that no document tells.
    let explicit = |schema: &Schema<'d>| schema.at("xml").is_some();
    if !explicit(&pair.old) && !explicit(&pair.new) && (was.name.is_none() || is.name.is_none()) {
        return;
    }
    let message = format!("{} is written in XML as {is} instead of {was}", pair.subject());
    comparison.report_aspect(pair, "xml-changed", pair.site("xml"), &format!("{was}>{is}"), message);
}
