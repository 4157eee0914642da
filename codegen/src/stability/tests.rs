use super::{Effort, Stability, try_document};
use crate::document::MemoryReader;

const EFFORT: Effort = Effort { shuffles: 4, removals: 8 };

fn tried(text: &str) -> Stability {
    let reader = MemoryReader::new().with("openapi.yaml", text);
    try_document("openapi.yaml", &reader, EFFORT).unwrap()
}

#[test]
fn the_shuffles_and_removals_of_a_document_are_counted() {
    let found = tried(
        "
openapi: 3.1.0
info: {title: Acme, version: '1'}
paths:
  /a: {get: {operationId: a, responses: {'200': {description: OK}}}}
  /b: {get: {operationId: b, responses: {'200': {description: OK}}}}
",
    );
    assert_eq!(found, Stability { shuffles: 4, removals: 2, violations: Vec::new() });
}

#[test]
fn an_operation_that_others_refer_to_is_not_removed() {
    let found = tried(
        "
openapi: 3.1.0
info: {title: Acme, version: '1'}
paths:
  /a: {get: {operationId: a, responses: {'200': {description: OK}}}}
  /b: {$ref: '#/paths/~1a'}
  /c:
    get:
      operationId: c
      responses: {'200': {$ref: '#/paths/~1a/get/responses/200'}}
",
    );
    assert_eq!(found.removals, 1);
}

#[test]
fn a_document_with_errors_is_not_tried() {
    let reader = MemoryReader::new().with("openapi.yaml", "openapi: 3.1.0");
    assert_eq!(try_document("openapi.yaml", &reader, EFFORT), None);
}
