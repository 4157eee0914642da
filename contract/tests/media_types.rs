//! Faults are found in bodies of other media types than JSON: forms, multipart, and text.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{Request, Response};
use axum::{Router, routing::any};
use specwright_contract::{Contract, Report};

const DOCUMENT: &str = r"
openapi: 3.1.0
info: {title: Notes, version: '1'}
paths:
  /notes:
    post:
      operationId: add_note
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [text, size]
              properties:
                text: {type: string, maxLength: 10}
                size: {type: integer, minimum: 1}
                tags: {type: array, items: {type: string, enum: [a, b]}}
      responses:
        '200': {description: The size, content: {text/plain: {schema: {type: integer, minimum: 1}}}}
  /files:
    post:
      operationId: add_file
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [title, file]
              properties:
                title: {type: string, minLength: 2}
                file: {type: string, format: binary}
                owner: {type: object, required: [name], properties: {name: {type: string}}}
      responses:
        '201': {description: Added, headers: {Location: {required: true, schema: {type: string, maxLength: 20}}}}
  /motto:
    put:
      operationId: set_motto
      requestBody: {required: true, content: {text/plain: {schema: {type: string, minLength: 3, maxLength: 20}}}}
      responses: {'204': {description: Done}}
";

/// The fault of an implementation.
#[derive(Clone, Copy, PartialEq)]
enum Planted {
    Nothing,
    TextOfAWrongType,
    TextOutOfBounds,
    AcceptsAMissingField,
    AcceptsALongField,
    AcceptsASmallNumber,
    AcceptsANumberThatIsText,
    AcceptsAnUnknownTag,
    AcceptsAMissingFile,
    AcceptsAShortTitle,
    AcceptsAWrongPart,
    LocationLeftOut,
    LocationTooLong,
    AcceptsAShortText,
    AcceptsNoText,
    RefusesFiles,
}

fn empty(status: u16) -> Response<Body> {
    Response::builder().status(status).body(Body::empty()).unwrap()
}

async fn text(request: Request<Body>) -> String {
    let bytes = axum::body::to_bytes(request.into_body(), usize::MAX).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

async fn note(planted: Planted, request: Request<Body>) -> Response<Body> {
    let text = text(request).await;
    let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in text.split('&').filter_map(|pair| pair.split_once('=')) {
        let value = percent_encoding::percent_decode_str(value).decode_utf8_lossy().into_owned();
        fields.entry(name.to_owned()).or_default().push(value);
    }
    let one = |name: &str| fields.get(name).and_then(|values| values.first());
    let size = one("size").map(|size| size.parse::<i64>().ok());
    let is_wrong = (one("text").is_none() || size.is_none()) && planted != Planted::AcceptsAMissingField
        || one("text").is_some_and(|text| text.chars().count() > 10) && planted != Planted::AcceptsALongField
        || size == Some(None) && planted != Planted::AcceptsANumberThatIsText
        || size.flatten().is_some_and(|size| size < 1) && planted != Planted::AcceptsASmallNumber
        || fields.get("tags").is_some_and(|tags| tags.iter().any(|tag| tag != "a" && tag != "b"))
            && planted != Planted::AcceptsAnUnknownTag;
    let body = match planted {
        _ if is_wrong => return empty(422),
        Planted::TextOfAWrongType => "many",
        Planted::TextOutOfBounds => "0",
        _ => "1",
    };
    Response::builder().header("content-type", "text/plain").body(Body::from(body)).unwrap()
}

async fn file(planted: Planted, request: Request<Body>) -> Response<Body> {
    let content_type = request.headers().get("content-type").and_then(|value| value.to_str().ok());
    let Some((_, boundary)) = content_type.and_then(|value| value.split_once("boundary=")) else { return empty(400) };
    let boundary = boundary.to_owned();
    let text = text(request).await;
    let mut parts = BTreeMap::new();
    for part in text.split(&format!("--{boundary}")) {
        let Some((head, body)) = part.split_once("\r\n\r\n") else { continue };
        let name = head.split("name=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
        parts.insert(name.to_owned(), (head.to_owned(), body.trim_end_matches("\r\n").to_owned()));
    }
    let title = parts.get("title").map(|(_, title)| title.chars().count());
    let has_file = parts.get("file").is_some_and(|(head, _)| head.contains("filename="));
    let owner = parts.get("owner").map(|(_, owner)| serde_json::from_str::<serde_json::Value>(owner));
    let is_owner = owner.is_none_or(|owner| owner.is_ok_and(|owner| owner["name"].is_string()));
    let is_wrong = title.is_none()
        || title.is_some_and(|length| length < 2) && planted != Planted::AcceptsAShortTitle
        || !has_file && planted != Planted::AcceptsAMissingFile
        || !is_owner && planted != Planted::AcceptsAWrongPart;
    match planted {
        _ if is_wrong => empty(422),
        Planted::RefusesFiles => empty(400),
        Planted::LocationLeftOut => empty(201),
        _ => {
            let location = if planted == Planted::LocationTooLong { "/files/too-long-a-name" } else { "/files/1" };
            Response::builder().status(201).header("location", location).body(Body::empty()).unwrap()
        }
    }
}

async fn motto(planted: Planted, request: Request<Body>) -> Response<Body> {
    let has_type = request.headers().contains_key("content-type");
    let length = text(request).await.chars().count();
    let is_short = length < 3 && planted != Planted::AcceptsAShortText;
    let is_missing = !has_type && planted != Planted::AcceptsNoText;
    let is_wrong = if has_type { is_short || length > 20 } else { is_missing };
    empty(if is_wrong { 400 } else { 204 })
}

async fn found(planted: Planted) -> Report {
    let router = Router::new()
        .route("/notes", any(move |request| note(planted, request)))
        .route("/files", any(move |request| file(planted, request)))
        .route("/motto", any(move |request| motto(planted, request)));
    Contract::of(DOCUMENT).unwrap().check(&router).await
}

#[tokio::test]
async fn a_correct_implementation_keeps_the_contract() {
    let report = found(Planted::Nothing).await;
    assert!(report.is_kept(), "{report}");
    assert!(report.requests >= 15, "{report}");
}

#[tokio::test]
async fn each_planted_fault_is_found() {
    let mut missed = Vec::new();
    for (planted, operation, fault) in [
        (Planted::TextOfAWrongType, "POST /notes", "the body of 200 does not fit its schema"),
        (Planted::TextOutOfBounds, "POST /notes", "the body of 200 does not fit its schema"),
        (Planted::AcceptsAMissingField, "POST /notes", "the body is missing"),
        (Planted::AcceptsALongField, "POST /notes", "the body breaks `maxLength` at `/text`"),
        (Planted::AcceptsASmallNumber, "POST /notes", "the body breaks `minimum` at `/size`"),
        (Planted::AcceptsANumberThatIsText, "POST /notes", "the body breaks `type` at `/size`"),
        (Planted::AcceptsAnUnknownTag, "POST /notes", "the body breaks `type` at `/tags`"),
        (Planted::AcceptsAMissingFile, "POST /files", "the body breaks `required`"),
        (Planted::AcceptsAShortTitle, "POST /files", "the body breaks `minLength` at `/title`"),
        (Planted::AcceptsAWrongPart, "POST /files", "the body breaks `type` at `/owner`"),
        (Planted::LocationLeftOut, "POST /files", "the header `Location` is missing"),
        (Planted::LocationTooLong, "POST /files", "the header `Location` does not fit its schema"),
        (Planted::RefusesFiles, "POST /files", "the status 400 is not documented"),
        (Planted::AcceptsAShortText, "PUT /motto", "the body breaks `minLength`"),
        (Planted::AcceptsNoText, "PUT /motto", "the body is missing"),
    ] {
        let report = found(planted).await;
        let is_found = report.faults.iter().any(|one| one.operation == operation && one.fault.contains(fault));
        if !is_found {
            missed.push(format!("{operation}: {fault}\n{report}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}
