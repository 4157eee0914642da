use super::*;

fn body(content: &str) -> (String, Vec<String>) {
    let (api, codes) = build(&format!(
        "/a:\n  post:\n    operationId: op\n    requestBody:\n      content: {content}\n    responses: {{'204': {{description: d}}}}\n"
    ));
    let text = summary(&api, only(&api));
    let line = text.lines().find(|line| line.starts_with("  body")).unwrap_or("  none").trim().to_owned();
    (line, codes)
}

#[test]
fn one_media_type_is_the_body() {
    assert_eq!(body("{application/json: {schema: {}}}").0, "body? body=Json:application/json json any");
    assert_eq!(body("{application/merge-patch+json: {}}").0, "body? body=Json:application/merge-patch+json json any");
    assert_eq!(body("{text/plain: {schema: {type: string}}}").0, "body? body=Text:text/plain text string");
    assert_eq!(body("{image/png: {}}").0, "body? body=Png:image/png binary");
}

#[test]
fn several_media_types_have_setters_of_their_own() {
    assert_eq!(
        body("{application/json: {schema: {}}, text/plain: {}, application/xml: {}}").0,
        "body? json=Json:application/json json any, text=Text:text/plain text string, xml=Xml:application/xml binary"
    );
    assert_eq!(
        body("{application/json: {schema: {}}, application/json; v=2: {schema: {}}}").0,
        "body? json=Json:application/json json any, json_v_2=JsonV2:application/json; v=2 json any"
    );
}

#[test]
fn a_wildcard_is_json_if_its_schema_is() {
    let (text, codes) = body("{'*/*': {schema: {type: array, items: {type: string}}}}");
    assert!(text.starts_with("body? body=Json:*/* json"), "{text}");
    assert!(codes.contains(&"wildcard-media-type".to_owned()));
    assert_eq!(body("{'*/*': {}}").0, "body? body=Any:*/* binary");
}

#[test]
fn a_form_that_is_not_an_object_is_bytes() {
    let (text, codes) = body("{application/x-www-form-urlencoded: {schema: {type: string}}}");
    assert_eq!(text, "body? body=Form:application/x-www-form-urlencoded binary");
    assert!(codes.contains(&"form-not-an-object".to_owned()));
}

#[test]
fn no_content_is_no_body_and_invalid_media_types_are_left_out() {
    assert_eq!(body("{}").0, "none");
    let (text, codes) = body("{yaml: {schema: {}}}");
    assert_eq!(text, "none");
    assert!(codes.contains(&"invalid-media-type".to_owned()));
}

#[test]
fn properties_of_a_form_that_are_objects_are_json_unless_a_style_is_given() {
    let (text, _) = body(
        "{application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}, b: {type: object, properties: {c: {type: string}}}, d: {type: object, properties: {c: {type: string}}}}}, encoding: {d: {style: deepObject}}}}",
    );
    assert_eq!(
        text,
        "body? body=Form:application/x-www-form-urlencoded form [(\"b\", Form, true), (\"d\", DeepObject, false)]"
    );
}

#[test]
fn parts_are_files_text_or_json() {
    let (text, _) = body(
        "{multipart/form-data: {schema: {type: object, properties: {a: {type: string}, f: {type: array, items: {type: string, format: binary}}, o: {type: object, properties: {c: {type: string}}}, j: {type: string}}}, encoding: {j: {contentType: application/json}}}}",
    );
    assert_eq!(
        text,
        "body? body=Multipart:multipart/form-data multipart [(\"a\", Text, false), (\"f\", File, true), (\"o\", Json, false), (\"j\", Json, false)]"
    );
}

#[test]
fn headers_of_files_are_typed_and_those_of_other_parts_reported() {
    let schema = "{type: object, properties: {f: {type: string, format: binary}, t: {type: string}}}";
    let headers = "{headers: {X-A: {schema: {type: integer}}, Content-Disposition: {schema: {type: string}}}}";
    let (api, codes) = build(&format!(
        "/a:\n  post:\n    operationId: op\n    requestBody: {{content: {{multipart/form-data: {{schema: {schema}, encoding: {{f: {headers}, t: {headers}}}}}}}}}\n    responses: {{'204': {{description: d}}}}\n"
    ));
    let [group] = api.header_groups.as_slice() else { panic!("{:?}", api.header_groups) };
    assert_eq!((group.name.as_str(), group.headers.len()), ("OpRequestFHeaders", 1));
    assert_eq!(codes, ["reserved-header", "unsupported-keyword"]);
    let BodyKind::Multipart { parts, .. } = &only(&api).body.as_ref().unwrap().contents[0].kind else { panic!() };
    assert_eq!(parts.iter().map(|part| part.headers).collect::<Vec<_>>(), [Some(0), None]);
}

#[test]
fn events_are_typed_by_their_data() {
    for (schema, data) in [
        ("schema: {type: object, properties: {a: {type: string}}}", "OpRequestEvent"),
        ("itemSchema: {properties: {data: {type: object, properties: {a: {}}}}}", "OpRequestEvent"),
        ("schema: {type: string}", "string"),
        ("", "string"),
    ] {
        let (text, codes) = body(&format!("{{text/event-stream: {{{schema}}}}}"));
        assert_eq!(text, format!("body? body=Events:text/event-stream events {data}"));
        assert!(codes.is_empty(), "{codes:?}");
    }
}

#[test]
fn lines_with_documented_items_are_typed() {
    let item = "{type: object, properties: {a: {type: string}}}";
    for schema in
        [format!("itemSchema: {item}"), format!("schema: {{type: array, items: {item}}}"), format!("schema: {item}")]
    {
        let (text, codes) = body(&format!("{{application/jsonl: {{{schema}}}}}"));
        assert_eq!(text, "body? body=Lines:application/jsonl lines OpRequestLine");
        assert!(codes.is_empty(), "{codes:?}");
    }
    assert_eq!(body("{application/jsonl: {}}").0, "body? body=Lines:application/jsonl binary");
    let (text, codes) = body(&format!("{{multipart/mixed: {{itemSchema: {item}}}}}"));
    assert_eq!(text, "body? body=Multipart:multipart/mixed binary");
    assert_eq!(codes, ["untyped-body"]);
}
