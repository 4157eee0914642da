//! Makes every path start with a slash, and removes path items that are dangling references, which
//! `local_references` has reported.

use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Entry, Object, pointer};

pub(super) fn run(paths: &mut Object, out: &mut Diagnostics) {
    if paths.keys().all(|path| path.starts_with('/')) {
        return;
    }
    let old = std::mem::take(paths);
    for entry in old {
        if entry.key.starts_with('/') || entry.key.starts_with("x-") {
            paths.insert_entry(entry);
            continue;
        }
        let repaired = format!("/{}", entry.key);
        let place = pointer::join("/paths", &entry.key);
        let message = format!("the path `{}` does not start with a slash", entry.key);
        let taken = paths.contains_key(&repaired);
        let diagnostic = Diagnostic::new(&codes::PATH_WITHOUT_SLASH, &entry, message).at(place);
        if taken {
            out.report(
                diagnostic
                    .warning(crate::diagnostics::Effect::Skipped)
                    .help(format!("it is left out, since there is a path `{repaired}`")),
            );
            continue;
        }
        out.report(diagnostic.help(format!("it is read as `{repaired}`")));
        paths.insert_entry(Entry { key: repaired.into(), ..entry });
    }
    paths.retain(|path, _| !path.starts_with("x-"));
}
