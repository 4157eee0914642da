//! Marks the forms whose files a server reads as they arrive, as `provider.toml` chooses them.

use super::model::{BodyKind, Extra, MultipartPart, Operation, PartContent, StreamedForm, TypeId, TypeKind, TypeTable};
use super::naming::{Naming, Scope};
use crate::config::{ProviderConfig, Written};
use crate::diagnostics::{Diagnostic, Diagnostics, codes, nearest};
use crate::document::Document;

/// Marks the forms. A choice that names no operation, or one without files in a form, is an error.
pub(super) fn choose(
    document: &Document,
    provider: &ProviderConfig,
    (operations, types): (&mut [Operation], &TypeTable),
    naming: &mut Naming,
    out: &mut Diagnostics,
) {
    for name in &provider.server.stream_files {
        let found = operations.iter_mut().find(|one| one.is_named(&name.text));
        let is_marked = found.is_some_and(|operation| mark(operation, types, naming));
        if let Some(span) = provider.place(name, &document.sources).filter(|_| !is_marked) {
            let (message, help) = unmatched(name, operations);
            out.report(Diagnostic::new(&codes::INVALID_CONFIG, span, message).help(help));
        }
    }
}

/// Marks the forms of an operation. Whether there are any.
fn mark(operation: &mut Operation, types: &TypeTable, naming: &mut Naming) -> bool {
    let id = operation.id.clone();
    let mut is_marked = false;
    for content in operation.body.iter_mut().flat_map(|body| &mut body.contents) {
        if let BodyKind::Multipart { ty, parts } = &content.kind
            && parts.iter().any(|part| part.content == PartContent::File)
        {
            let name = naming.server.type_name(&format!("{id}-form"));
            content.streamed = Some(StreamedForm { name, files: files_field(types, *ty, parts) });
            is_marked = true;
        }
    }
    is_marked
}

/// The name of the field that has the files, which no other field has.
fn files_field(types: &TypeTable, ty: TypeId, parts: &[MultipartPart]) -> super::model::FieldName {
    let mut scope = Scope::new();
    let values = parts.iter().filter(|part| part.content != PartContent::File);
    for part in values {
        let _ = scope.field(part.field.plain());
    }
    if let TypeKind::Struct(body) = &types.get(ty).kind
        && let Extra::Kept { name, .. } = &body.extra
    {
        let _ = scope.field(name.plain());
    }
    scope.field("files")
}

fn unmatched(name: &Written, operations: &[Operation]) -> (String, String) {
    if operations.iter().any(|one| one.is_named(&name.text)) {
        let message = format!("`{}` has no form with files that could be read as they arrive", name.text);
        return (message, "name operations whose `multipart/form-data` has a property of `format: binary`".to_owned());
    }
    let labels: Vec<String> = operations.iter().map(Operation::label).collect();
    let ids = operations.iter().map(|one| one.id.as_str());
    let help = match nearest(&name.text, ids.chain(labels.iter().map(String::as_str))) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "name an `operationId`, or a method and path such as `POST /photos`".to_owned(),
    };
    (format!("`{}` in `stream_files` is not an operation of the document", name.text), help)
}

#[cfg(test)]
mod tests {
    use crate::config::ProviderConfig;
    use crate::document::MemoryReader;
    use crate::pipeline::build_api;

    const DOCUMENT: &str = "\
openapi: 3.1.0
info: {title: Photos, version: '1'}
paths:
  /photos:
    post:
      operationId: add_photo
      requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {photo: {type: string, format: binary}}}}}}
      responses: {'204': {description: Added}}
    get: {operationId: list_photos, responses: {'204': {description: None}}}
";

    #[test]
    fn a_choice_that_cannot_be_made_is_an_error_at_its_line() {
        for (config, line, message, help) in [
            (
                "[server]\nstream_files = ['add_photos']\n",
                2,
                "`add_photos` in `stream_files` is not an operation of the document",
                "did you mean `add_photo`?",
            ),
            (
                "[server]\nstream_files = ['POST /photos', 'list_photos']\n",
                2,
                "`list_photos` has no form with files that could be read as they arrive",
                "name operations whose `multipart/form-data` has a property of `format: binary`",
            ),
        ] {
            let reader = MemoryReader::new().with("openapi.yaml", DOCUMENT);
            let parsed = ProviderConfig::parse("provider.toml", config).unwrap();
            let generation = build_api("openapi.yaml", &reader, None, &parsed);
            let error = generation.diagnostics.iter().find(|one| one.code.id == "invalid-config").unwrap();
            assert_eq!((error.message.as_str(), error.help.as_deref()), (message, Some(help)));
            assert_eq!(generation.sources.line_column(error.span).0, line, "{config}");
            assert!(generation.api.is_none(), "{config}");
        }
    }
}
