//! Reports types that have a different name because a type of the document has theirs.

use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::ir::model::{TypeId, TypeName};
use crate::ir::types::made::Made;

/// The types, each with the text from which it is named.
pub(super) type Raws = BTreeMap<TypeId, String>;

/// Reports each printed type whose name is not the plain one.
pub(super) fn report(made: &Made<'_>, raws: &Raws, out: &mut Diagnostics) {
    let named: BTreeMap<&TypeName, TypeId> = made.table.iter().map(|(id, definition)| (&definition.name, id)).collect();
    for (id, definition) in made.table.iter() {
        let Some(raw) = raws.get(&id) else { continue };
        let plain = made.naming.plain_type_name(raw);
        if definition.name == plain {
            continue;
        }
        let Some(source) = made.sources.get(id.0 as usize) else { continue };
        let other = named.get(&plain).copied();
        let subject =
            definition.schema_name.as_ref().map_or_else(|| "this schema".to_owned(), |name| format!("`{name}`"));
        let message = format!(
            "{subject} and another schema make the same Rust name, `{plain}`; this one is `{}`",
            definition.name
        );
        let help = match &definition.schema_name {
            Some(name) => format!(
                "choose a name in `provider.toml`, such as `[types.rename]` with `\"{name}\" = \"{plain}Schema\"`"
            ),
            None => {
                "move it to `components.schemas` under a different name, or rename the other one in `provider.toml`"
                    .to_owned()
            }
        };
        let mut diagnostic =
            Diagnostic::new(&codes::NAME_COLLISION, source.span, message).at(source.path.pointer()).help(help);
        if let Some(other) = other.and_then(|other| made.sources.get(other.0 as usize)) {
            diagnostic = diagnostic.label(other.span, "the other one");
        }
        out.report(diagnostic);
    }
}
