//! Orders the types as in the document, leaves out those that nothing reaches, and names the rest.
//!
//! **Invariant:** component schemas are in the document's order, each followed by its nested types.
//! The types of operations come last. A name is made from the place of its type, whatever else is
//! printed.

use std::collections::BTreeSet;

use super::collisions::Raws;
use crate::ir::model::{TypeId, TypeName};
use crate::ir::naming::{fnv, pascal};
use crate::ir::types::made::{Made, TypeSource};
use crate::ir::types::mode::Mode;

/// Sets the order of printing.
pub(super) fn order(made: &mut Made<'_>) {
    let used = (0u32..).map(TypeId).zip(&made.table.definitions);
    let used = used.filter(|(_, definition)| definition.usage.request || definition.usage.response).map(|(id, _)| id);
    let mut order: Vec<TypeId> =
        made.table.reached(used.chain(made.kept.iter().copied()).collect()).into_iter().collect();
    order.sort_by_key(|id| (made.sources.get(id.0 as usize).map(position), *id));
    made.table.order = order;
}

/// The sort key: first the component or operation, with the root before its nested types, and then
/// the position in the text.
fn position(source: &TypeSource) -> (usize, bool, crate::document::Span, Mode) {
    let below = source.component.is_none() && !source.path.is_root();
    (source.path.root_id().0, below, source.span, source.mode)
}

/// A type whose name is made from its path.
struct Unnamed {
    id: TypeId,
    raw: String,
    /// The words that make the name new if another type has it. They come from the type's own
    /// place.
    suffixes: Vec<String>,
    /// The order of types whose names collide.
    rank: (bool, String, String, Mode),
}

/// Names every type. Components already have their names. The others get theirs in an order that
/// depends on their places.
///
/// Returns the text from which each is named.
pub(super) fn name(made: &mut Made<'_>) -> Raws {
    let mut raws = Raws::new();
    let mut plain: BTreeSet<usize> = BTreeSet::new();
    let mut unnamed = Vec::new();
    for id in made.table.order.clone() {
        let Some(source) = made.sources.get(id.0 as usize) else { continue };
        let root = made.component_roots.get(source.path.root_id().0);
        let word = root.and_then(|root| source.mode.word(root));
        match source.component.filter(|component| word.is_none() && plain.insert(*component)) {
            Some(component) => {
                raws.extend(root.map(|root| (id, root.clone())));
                set(made, id, made.component_names.get(component).cloned());
            }
            None => unnamed.push(rank(made, id, source, word)),
        }
    }
    unnamed.sort_by(|a, b| a.rank.cmp(&b.rank));
    for Unnamed { id, raw, suffixes, .. } in unnamed {
        let suffixes: Vec<&str> = suffixes.iter().map(String::as_str).collect();
        let name = made.naming.type_name(&raw, &suffixes);
        set(made, id, Some(name));
        raws.insert(id, raw);
    }
    raws
}

fn set(made: &mut Made<'_>, id: TypeId, name: Option<TypeName>) {
    if let (Some(name), Some(definition)) = (name, made.table.get_mut(id)) {
        definition.name = name;
    }
}

fn rank(made: &Made<'_>, id: TypeId, source: &TypeSource, word: Option<&str>) -> Unnamed {
    let pointer = source.path.pointer();
    let (raw, place, content) = match &source.stem {
        Some(stem) => {
            let content = format!("{:?}", made.table.get(id).kind);
            (stem.clone(), "Param", content)
        }
        None => (source.path.name(), place(&pointer), pointer),
    };
    let hash = format!("{place}{:04X}", fnv(&content) & 0xffff);
    let raw = word.map_or_else(|| raw.clone(), |word| format!("{raw}-{word}"));
    let forms: &[&str] = match source.mode {
        Mode::Request => &["Input", "Write"],
        Mode::Form => &["Multipart"],
        Mode::Response | Mode::Any => &[],
    };
    let forms = forms.iter().filter(|_| word.is_some()).map(|form| (*form).to_owned());
    let suffixes = forms.chain([place.to_owned(), hash]).collect();
    Unnamed { id, rank: (pascal(&raw) != raw, raw.clone(), content, source.mode), raw, suffixes }
}

/// A word for the kind of place to which a pointer leads.
fn place(pointer: &str) -> &'static str {
    let words = [("/headers/", "Header"), ("/parameters/", "Parameter"), ("/requestBody/", "Body")];
    let found = words.into_iter().find(|(part, _)| pointer.contains(part)).map(|(_, word)| word);
    found.unwrap_or(if pointer.contains("/responses/") { "Content" } else { "Inline" })
}
