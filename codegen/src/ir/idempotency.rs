//! Finds the header by which a server distinguishes a retry from a second call. It is a parameter
//! of the operation, or the choice of `provider.toml` for all operations that are not idempotent.

use super::model::{Location, Operation};
use super::operations::is_token;
use crate::config::ProviderConfig;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::Document;

/// Names of the header, in lower case without separators.
const NAMES: &[&str] =
    &["idempotencykey", "xidempotencykey", "idempotencytoken", "xidempotencytoken", "idempotentkey", "xidempotentkey"];

/// Sets the header of each operation that has one.
pub(super) fn mark(
    document: &Document,
    provider: &ProviderConfig,
    operations: &mut [Operation],
    out: &mut Diagnostics,
) {
    let chosen = provider.operations.idempotency_key.as_ref();
    if let Some(name) = chosen.filter(|name| !is_token(&name.text)) {
        let message = format!("`{}` can't be the name of a header", name.text);
        let span = provider.place(name, &document.sources).unwrap_or_default();
        let help = "use letters, digits and hyphens, as in `Idempotency-Key`";
        out.report(Diagnostic::new(&codes::INVALID_CONFIG, span, message).help(help));
        return;
    }
    for operation in operations.iter_mut().filter(|one| !one.method.is_idempotent()) {
        let headers = operation.parameters.iter().filter(|one| one.location == Location::Header);
        let documented = headers.map(|one| &one.wire).find(|wire| is_name(wire));
        operation.idempotency_key = documented.or(chosen.map(|name| &name.text)).cloned();
    }
}

fn is_name(wire: &str) -> bool {
    let plain: String = wire.chars().filter(char::is_ascii_alphanumeric).collect();
    NAMES.contains(&plain.to_ascii_lowercase().as_str())
}
