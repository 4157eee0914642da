//! Names the structs of required properties that constructors take.
//!
//! **Invariant:** these names are claimed after those of all types, so that they rename no type.

use crate::ir::model::{TypeId, TypeKind};
use crate::ir::types::made::Made;

/// Suffixes to use if a type of the document already has the name.
const SUFFIXES: &[&str] = &["Properties", "Fields"];

/// Names the struct of each printed type whose constructor asks for more than one property.
pub(super) fn name(made: &mut Made<'_>) {
    for id in made.table.order.clone() {
        let Some(raw) = raw(made, id) else { continue };
        let name = made.naming.type_name(&raw, SUFFIXES);
        if let Some(definition) = made.table.get_mut(id)
            && let TypeKind::Struct(object) = &mut definition.kind
        {
            object.required = Some(name);
        }
    }
}

fn raw(made: &Made<'_>, id: TypeId) -> Option<String> {
    let definition = made.table.get(id);
    let TypeKind::Struct(object) = &definition.kind else { return None };
    (object.asked().count() > 1).then(|| format!("{}-required", definition.name))
}
