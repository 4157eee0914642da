use super::*;
use crate::ir::model::HeaderForm;

fn responses(list: &str) -> (String, Vec<String>) {
    responses_to("get", list)
}

fn responses_to(method: &str, list: &str) -> (String, Vec<String>) {
    let (api, codes) = build(&format!("/a:\n  {method}:\n    operationId: op\n    responses: {list}\n"));
    let text = summary(&api, only(&api));
    (text.lines().skip(1).map(str::trim).collect::<Vec<_>>().join("\n"), codes)
}

#[test]
fn codes_come_before_ranges_and_ranges_before_default() {
    let (text, _) = responses(
        "{default: {description: d}, 4xx: {description: d}, '404': {description: d}, '302': {description: d}, '200': {description: d, content: {application/json: {schema: {}}}}}",
    );
    assert_eq!(
        text,
        "ok Ok Code(200) application/json json any\nok Found Code(302) - empty\nerr NotFound Code(404) - empty\nerr ClientError Range(4) - empty\nerr Default Default - empty"
    );
}

#[test]
fn default_is_a_success_if_no_other_is_documented() {
    let (text, _) = responses("{default: {description: d}}");
    assert_eq!(text, "ok Default Default - empty\nerr Default Default - empty");
    let (_, codes) = responses("{'404': {description: d}}");
    assert!(codes.contains(&"no-success".to_owned()));
}

#[test]
fn each_media_type_of_a_status_is_a_case() {
    let (text, _) = responses(
        "{'200': {description: d, content: {application/json: {schema: {}}, text/csv: {}, application/pdf: {}}}, '400': {description: d, content: {application/json: {}, application/problem+json: {}}}}",
    );
    assert_eq!(
        text,
        "ok OkJson Code(200) application/json json any\nok OkText Code(200) text/csv text string\nok OkPdf Code(200) application/pdf stream\nerr BadRequestJson Code(400) application/json json any\nerr BadRequestProblemJson Code(400) application/problem+json json any"
    );
}

#[test]
fn events_lines_streams_and_bytes_are_distinguished() {
    let (text, _) = responses(
        "{'200': {description: d, content: {text/event-stream: {schema: {type: string}}, application/x-ndjson: {schema: {type: array, items: {type: integer}}}, application/octet-stream: {schema: {type: string, format: binary}}, application/xml: {}}}}",
    );
    assert!(text.contains("OkEvents Code(200) text/event-stream events string"), "{text}");
    assert!(text.contains("OkLines Code(200) application/x-ndjson lines"), "{text}");
    assert!(text.contains("OkBytes Code(200) application/octet-stream stream"), "{text}");
    assert!(text.contains("OkXml Code(200) application/xml bytes"), "{text}");
}

#[test]
fn responses_without_a_body_have_none() {
    let (text, codes) = responses("{'204': {description: d, content: {application/json: {schema: {}}}}}");
    assert_eq!(text, "ok NoContent Code(204) - empty");
    assert!(codes.contains(&"body-never-sent".to_owned()));
    let (text, _) = responses_to("head", "{'200': {description: d, content: {application/json: {schema: {}}}}}");
    assert_eq!(text, "ok Ok Code(200) - empty");
}

#[test]
fn statuses_that_cannot_be_sent_are_left_out() {
    let (text, codes) = responses("{'200': {description: d}, '499': {description: d}, 6XX: {description: d}}");
    assert_eq!(text, "ok Ok Code(200) - empty\nerr Status499 Code(499) - empty");
    assert!(codes.contains(&"invalid-status".to_owned()), "{codes:?}");
}

#[test]
fn each_response_has_its_headers_and_content_type_is_ignored() {
    let headers = "headers: {X-Rate: {schema: {type: integer}}, Content-Type: {schema: {type: string}}}";
    let (api, _) = build(&format!(
        "/a:\n  get:\n    operationId: op\n    responses: {{'200': {{description: d, {headers}}}, '404': {{description: d, {headers}}}}}\n"
    ));
    let names: Vec<&str> = api.header_groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names, ["OpOkHeaders", "OpNotFoundHeaders"]);
    assert_eq!(api.header_groups[0].headers.len(), 1);
}

#[test]
fn headers_that_are_json_are_typed_and_others_are_text() {
    let content = |media: &str, schema: &str| format!("{{content: {{{media}: {schema}}}}}");
    let headers = [
        ("A", content("application/json; charset=utf-8", "{schema: {type: array, items: {type: integer}}}")),
        ("B", content("application/vnd.a+json", "{}")),
        ("C", content("text/csv", "{schema: {type: array, items: {type: integer}}}")),
    ];
    let headers: Vec<String> = headers.iter().map(|(name, header)| format!("{name}: {header}")).collect();
    let (api, _) = build(&format!(
        "/a:\n  get:\n    operationId: op\n    responses: {{'200': {{description: d, headers: {{{}}}}}}}\n",
        headers.join(", ")
    ));
    let headers = &api.header_groups[0].headers;
    let headers: Vec<_> = headers.iter().map(|header| (header.form, shape(&api, &header.ty.shape))).collect();
    let text = HeaderForm::Simple { explode: false };
    let expected = [(HeaderForm::Json, "list"), (HeaderForm::Json, "any"), (text, "string")];
    assert_eq!(headers, expected.map(|(form, shape)| (form, shape.to_owned())));
}
