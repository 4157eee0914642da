//! Recognises how operations page, or reads it from `provider.toml` and the extensions of vendors.
//!
//! **Invariant:** an operation pages only if the document has everything that the walk needs, and a
//! note says what was found.

mod chosen;
mod extensions;
mod parameters;
mod places;
mod seen;
#[cfg(test)]
mod tests;
mod walks;
mod words;

use chosen::{Choice, Mismatch};
use extensions::Said;
use seen::Seen;
use walks::Found;

use super::model::{HeaderGroup, More, Operation, PageSize, Paging, PagingMethods, TypeTable, TypeUse, Walk};
use super::naming::Scope;
use super::operations::Chosen;
use crate::config::{PageChoice, PagesBy, ProviderConfig, Written};
use crate::diagnostics::nearest;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Document, pointer};

/// How one page leads to the next, without the particulars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Cursor,
    LastItem,
    NextUrl,
    Page,
    Offset,
    Link,
}

/// Pages of an operation, before their methods have names.
struct Planned {
    steps: Vec<String>,
    item: TypeUse,
    walk: Walk,
    more: Option<More>,
    size: Option<PageSize>,
}

/// The data from which the pages of an API are recognised.
pub(super) struct Context<'c> {
    pub document: &'c Document,
    pub provider: &'c ProviderConfig,
    pub types: &'c TypeTable,
    pub groups: &'c [HeaderGroup],
    pub chosen: &'c [Chosen<'c>],
}

/// Determines how each operation pages.
pub(super) fn recognise(context: &Context<'_>, operations: &mut [Operation], out: &mut Diagnostics) {
    report_unmatched(context, operations, out);
    let mut chosen = context.chosen.iter();
    for operation in operations {
        // Operations without usable security are missing from the list, but the others keep their
        // order.
        let Some(found) = chosen.find(|one| one.found.pointer == operation.origin.pointer) else { continue };
        let Some(seen) = Seen::of(context.types, context.groups, operation) else { continue };
        let Some(planned) = plan(context, &seen, found, out) else { continue };
        let paging = complete(&seen, planned);
        note(operation, &paging, found, out);
        operation.paging = Some(paging);
    }
}

/// The choice about an operation, by `operationId` or by method and path.
fn choice<'c>(context: &Context<'c>, operation: &Operation) -> Option<(&'c Written, &'c PageChoice)> {
    let label = operation.label();
    context.provider.operations.pages.iter().find(|(name, _)| name.text == operation.id || name.text == label)
}

/// Reports choices for operations that do not exist or that return no list.
fn report_unmatched(context: &Context<'_>, operations: &[Operation], out: &mut Diagnostics) {
    for name in context.provider.operations.pages.keys() {
        let Some(span) = context.provider.place(name, &context.document.sources) else { continue };
        let operation = operations.iter().find(|one| one.is_named(&name.text));
        let (message, help) = match operation {
            Some(one) if Seen::of(context.types, context.groups, one).is_some() => continue,
            Some(one) => (
                format!("`{}` has no response that can be a page", one.id),
                "a page is the only success with a body, in JSON, of `GET`, `POST` or `QUERY`".to_owned(),
            ),
            None => {
                let labels: Vec<String> = operations.iter().map(Operation::label).collect();
                let ids = operations.iter().map(|one| one.id.as_str());
                let help = match nearest(&name.text, ids.chain(labels.iter().map(String::as_str))) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "name an `operationId`, or a method and path such as `GET /users`".to_owned(),
                };
                (format!("the pages of `{}` match no operation of the document", name.text), help)
            }
        };
        out.report(Diagnostic::new(&codes::UNMATCHED_PAGES, span, message).help(help));
    }
}

/// How an operation pages: as chosen, as described by a vendor extension, or as recognised.
fn plan(context: &Context<'_>, seen: &Seen<'_>, found: &Chosen<'_>, out: &mut Diagnostics) -> Option<Planned> {
    if let Some((name, choice)) = choice(context, seen.operation) {
        let choice = of_provider(choice)?;
        return chosen::planned(seen, &choice).map_err(|mismatch| refuse(context, name, &mismatch, out)).ok();
    }
    match extensions::said(found.found.node) {
        Some(Said::OnePiece) => return None,
        Some(Said::Pages(choice)) => {
            if let Ok(planned) = chosen::planned(seen, &choice) {
                return Some(planned);
            }
        }
        None => {}
    }
    let (steps, item) = seen.items()?;
    let Found { walk, more } = walks::recognised(seen)?;
    let size = walks::size(seen, &walk, None);
    Some(Planned { steps, item: item.clone(), walk, more, size })
}

fn of_provider(choice: &PageChoice) -> Option<Choice<Written>> {
    let kind = match choice.by {
        PagesBy::None => return None,
        PagesBy::Cursor => Kind::Cursor,
        PagesBy::LastItem => Kind::LastItem,
        PagesBy::NextUrl => Kind::NextUrl,
        PagesBy::Page => Kind::Page,
        PagesBy::Offset => Kind::Offset,
        PagesBy::Link => Kind::Link,
    };
    Some(Choice {
        kind,
        parameter: choice.parameter.clone(),
        size: choice.size.clone(),
        items: choice.items.clone(),
        next: choice.next.clone(),
        more: choice.more.clone(),
    })
}

fn refuse(context: &Context<'_>, name: &Written, mismatch: &Mismatch<'_, Written>, out: &mut Diagnostics) {
    let written = mismatch.text.unwrap_or(name);
    if let Some(span) = context.provider.place(written, &context.document.sources) {
        out.report(
            Diagnostic::new(&codes::UNMATCHED_PAGES, span, mismatch.message.clone()).help(mismatch.help.clone()),
        );
    }
}

/// Adds the parts that every walk has.
fn complete(seen: &Seen<'_>, planned: Planned) -> Paging {
    let Planned { steps, item, walk, more, size } = planned;
    let count = match walk {
        Walk::Page { .. } => seen.count(true),
        Walk::Offset { .. } => seen.count(false),
        Walk::Token { .. } | Walk::LastItem { .. } | Walk::Link => None,
    };
    let items = steps.iter().fold(String::new(), |at, step| pointer::join(&at, step));
    Paging { success: seen.success, steps, items, item, walk, size, more, count, methods: methods(seen.operation) }
}

/// The names of the methods. Setters keep their names.
fn methods(operation: &Operation) -> PagingMethods {
    let mut scope = Scope::new();
    for parameter in &operation.parameters {
        scope.function(parameter.name.plain());
    }
    for content in operation.body.iter().flat_map(|body| &body.contents) {
        scope.function(content.setter.plain());
    }
    PagingMethods { items: scope.function("items"), pages: scope.function("pages"), all: scope.function("all") }
}

fn note(operation: &Operation, paging: &Paging, found: &Chosen<'_>, out: &mut Diagnostics) {
    let name = |index: usize| operation.parameters.get(index).map(|one| one.wire.as_str()).unwrap_or_default();
    let how = match &paging.walk {
        Walk::Token { parameter: Some(index), next } => {
            format!("`{}` takes the value at `{next}` in the previous page", name(*index))
        }
        Walk::Token { parameter: None, next } => format!("the URL is at `{next}`"),
        Walk::LastItem { parameter, property } => {
            format!("`{}` takes the value at `{property}` in the last item", name(*parameter))
        }
        Walk::Page { parameter, first } => format!("`{}` counts from {first}", name(*parameter)),
        Walk::Offset { parameter, first } => format!("`{}` counts items from {first}", name(*parameter)),
        Walk::Link => "the link with the relation `next` is followed".to_owned(),
    };
    let place = if paging.items.is_empty() { "the body".to_owned() } else { format!("`{}`", paging.items) };
    let message = format!("`{}` pages {}: {how}, and the items are {place}", operation.id, chosen::words(&paging.walk));
    let help = "if this is wrong, correct it under `[operations.pages]` in the configuration";
    let at = found.found.pointer.clone();
    out.report(Diagnostic::new(&codes::PAGED_OPERATION, found.found.key_span, message).at(at).help(help));
}
