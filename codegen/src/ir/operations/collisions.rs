//! Reports operations whose IDs result in the same Rust name.

use super::choose::Chosen;
use super::names::{OperationNames, OperationScope};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::ir::naming::id_of;

/// Reports the operations that have a different name because an earlier operation has theirs.
pub(super) fn report<'d>(
    chosen: &[&Chosen<'d>],
    names: &[OperationNames],
    scope: &OperationScope,
    out: &mut Diagnostics,
) {
    for (one, own) in chosen.iter().zip(names) {
        let plain = scope.plain(&one.id);
        if own.name == plain {
            continue;
        }
        let span = |one: &Chosen<'d>| one.found.node.get("operationId").map_or(one.found.key_span, |node| node.span);
        let first = chosen.iter().zip(names).find(|(_, other)| other.name == plain).map(|(first, _)| first);
        let message = match first {
            Some(first) => format!(
                "the ids `{}` and `{}` make the same Rust name; the method of this operation is `{}`",
                first.id, one.id, own.name
            ),
            None => format!("the Rust name of `{}` is taken; the method of this operation is `{}`", one.id, own.name),
        };
        let made = id_of(&one.found.method, one.found.key);
        let proposed = if made == plain.plain() { format!("{made}_{}", one.found.method.to_lowercase()) } else { made };
        let help = format!(
            "choose a name in `provider.toml`, such as `[operations.rename]` with `\"{}\" = \"{proposed}\"`",
            one.id
        );
        let mut diagnostic =
            Diagnostic::new(&codes::NAME_COLLISION, span(one), message).at(&*one.found.pointer).help(help);
        if let Some(first) = first {
            diagnostic = diagnostic.label(span(first), "the other one");
        }
        out.report(diagnostic);
    }
}
