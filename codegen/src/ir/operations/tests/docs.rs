use super::{build, only};

#[test]
fn provenance_with_a_note_is_kept_on_operations() {
    let (api, _) = build(
        "/a:\n  get:\n    operationId: a\n    x-provenance: {level: inferred, note: seen once}\n    responses: {'204': {description: done}}\n",
    );
    assert_eq!(only(&api).doc.provenance.as_deref(), Some("inferred: seen once"));
}

#[test]
fn a_summary_that_the_description_repeats_is_said_once() {
    let (api, _) = build(
        "/a:\n  get:\n    operationId: a\n    summary: Lists users\n    description: Lists users.\n    responses: {'204': {description: done}}\n",
    );
    let doc = &only(&api).doc;
    assert_eq!((doc.summary.as_deref(), doc.body.as_deref()), (Some("Lists users."), None));
}
