//! Compares recognition with operations of real documents, which are labelled by hand.

use serde_json::{Map, Value, json};

use crate::config::ProviderConfig;
use crate::document::MemoryReader;
use crate::ir::model::{Api, Count, More, Walk};
use crate::pipeline::{Generation, build_api};

/// One operation per line: document, method and path, query parameters, the content of the
/// response, and how it pages. Only names and types that recognition reads are included.
const OPERATIONS: &str = include_str!("operations.tsv");

/// The document of an operation.
fn document(operation: &str, query: &str, response: &str) -> String {
    let (method, path) = operation.split_once(' ').unwrap();
    let mut parameters: Vec<Value> = query.split_whitespace().map(parameter).collect();
    for name in path.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
        parameters.push(json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}));
    }
    let schema = Shape { text: response }.read();
    let content = json!({"application/json": {"schema": schema}});
    let operation = json!({
        "operationId": "it", "parameters": parameters,
        "responses": {"200": {"description": "a page", "content": content}},
    });
    json!({
        "openapi": "3.1.0", "info": {"title": "Acme", "version": "1"},
        "paths": {path: {method.to_lowercase(): operation}},
    })
    .to_string()
}

/// `limit:int=10<100`
fn parameter(text: &str) -> Value {
    let (name, kind) = text.split_once(':').unwrap_or((text, "string"));
    let end = kind.find(['=', '<', '>']).unwrap_or(kind.len());
    let (kind, rest) = kind.split_at(end);
    let mut schema = Shape { text: kind }.read();
    let number = |mark: char| {
        let (_, after) = rest.split_once(mark)?;
        after.split(['=', '<', '>']).next()?.parse::<i64>().ok()
    };
    for (key, value) in [("default", number('=')), ("maximum", number('<')), ("minimum", number('>'))] {
        if let Some(value) = value {
            schema[key] = value.into();
        }
    }
    json!({"name": name, "in": "query", "schema": schema})
}

/// Reads `{data:[{id}],has_more:bool}` as a schema.
struct Shape<'t> {
    text: &'t str,
}

impl Shape<'_> {
    fn read(&mut self) -> Value {
        if self.take('{') {
            let mut properties = Map::new();
            while !self.take('}') {
                let name = self.word();
                let schema = if self.take(':') { self.read() } else { json!({"type": "string"}) };
                properties.insert(name, schema);
                self.take(',');
            }
            return json!({"type": "object", "properties": properties});
        }
        if self.take('[') {
            let items = self.read();
            assert!(self.take(']'), "{}", self.text);
            return json!({"type": "array", "items": items});
        }
        match self.word().as_str() {
            "int" => json!({"type": "integer"}),
            "bool" => json!({"type": "boolean"}),
            "uri" => json!({"type": "string", "format": "uri"}),
            "obj" => json!({"type": "object", "properties": {"x": {"type": "string"}}}),
            "any" => json!({}),
            "string" => json!({"type": "string"}),
            other => panic!("`{other}` is no type"),
        }
    }

    fn take(&mut self, char: char) -> bool {
        let rest = self.text.strip_prefix(char);
        self.text = rest.unwrap_or(self.text);
        rest.is_some()
    }

    fn word(&mut self) -> String {
        let (word, rest) =
            self.text.split_at(self.text.find(['{', '}', '[', ']', ':', ',']).unwrap_or(self.text.len()));
        self.text = rest;
        word.to_owned()
    }
}

fn generated(document: &str, config: &str) -> Generation {
    let reader = MemoryReader::new().with("openapi.json", document);
    let config = ProviderConfig::parse("provider.toml", config).unwrap();
    build_api("openapi.json", &reader, None, &config)
}

/// The label of the only operation.
fn label(api: &Api) -> String {
    let operation = &api.operations[0];
    let name = |index: usize| operation.parameters[index].wire.as_str();
    match operation.paging.as_ref().map(|paging| &paging.walk) {
        None => "no".to_owned(),
        Some(Walk::Token { next, .. }) => format!("next {next}"),
        Some(Walk::LastItem { parameter, .. }) => format!("last {}", name(*parameter)),
        Some(Walk::Page { parameter, .. }) => format!("page {}", name(*parameter)),
        Some(Walk::Offset { parameter, .. }) => format!("offset {}", name(*parameter)),
        Some(Walk::Link) => "link".to_owned(),
    }
}

fn labelled(operation: &str, query: &str, response: &str) -> String {
    let generation = generated(&document(operation, query, response), "");
    label(generation.api.as_ref().unwrap_or_else(|| panic!("{:?}", generation.diagnostics)))
}

#[test]
fn nine_of_ten_operations_that_page_are_recognised_and_no_other() {
    let (mut paged, mut right, mut wrong, mut documents) = (0, 0, Vec::new(), Vec::new());
    for line in OPERATIONS.lines() {
        let [document, operation, query, response, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        documents.push(document);
        let found = labelled(operation, query, response);
        paged += usize::from(expected != "no");
        right += usize::from(expected != "no" && expected == found);
        if found != expected && found != "no" {
            wrong.push(format!("{document} {operation}: {found} instead of {expected}"));
        }
    }
    documents.dedup();
    assert!(documents.len() >= 15 && OPERATIONS.lines().count() >= 150);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(right * 10 >= paged * 9, "{right} of {paged}");
}

#[test]
fn other_ways_of_paging_are_recognised() {
    for (operation, query, response, expected) in [
        (
            "GET /a",
            "first:int after",
            "{data:{nodes:[{id}],pageInfo:{endCursor,hasNextPage:bool}}}",
            "next /data/pageInfo/endCursor",
        ),
        ("GET /a", "page:int", "{count:int,next:uri,previous:uri,results:[{id}]}", "next /next"),
        ("GET /a", "page:int size:int", "{content:[{id}],totalPages:int,last:bool,number:int}", "page page"),
        ("GET /a", "limit:int after", "{data:[{id}],has_more:bool,first_id,last_id}", "next /last_id"),
        ("GET /a", "limit:int after", "{data:[{id}],has_more:bool}", "last after"),
        ("GET /a", "startIndex:int count:int", "{Resources:[{id}],totalResults:int}", "offset startIndex"),
        ("GET /a", "$skip:int $top:int", "{value:[{id}],@odata.nextLink}", "next /@odata.nextLink"),
        ("GET /a", "limit:int after", "{results:[{id}],paging:{next:{after,link}}}", "next /paging/next/after"),
        ("GET /a", "offset pageSize:int", "{records:[{id}],offset}", "no"),
        ("GET /a", "offset pageSize:int", "{records:[{id}],next_offset}", "next /next_offset"),
        ("GET /a", "page[number]:int page[size]:int", "{data:[{id}],meta:{total:int}}", "page page[number]"),
        (
            "GET /a",
            "cursor limit:int",
            "{ok:bool,members:[{id}],response_metadata:{next_cursor}}",
            "next /response_metadata/next_cursor",
        ),
        // Something is missing, or the parameters have another meaning.
        ("GET /a", "limit:int", "{data:[{id}]}", "no"),
        ("GET /a", "after before", "{data:[{id}]}", "no"),
        ("GET /a", "page:int", "{id,name}", "no"),
        ("POST /a", "", "{data:[{id}],links:{next}}", "no"),
        ("DELETE /a", "page:int", "{data:[{id}]}", "no"),
        ("GET /a", "start end", "{data:[{id}]}", "no"),
        ("GET /c", "page:int", "{a:[{id}],b:[{id}]}", "no"),
    ] {
        assert_eq!(labelled(operation, query, response), expected, "{operation} {query} {response}");
    }
}

#[test]
fn ends_sizes_and_first_numbers_are_recognised() {
    let shape = "{items:[{id}],meta:{total:int,total_pages:int},is_last:bool}";
    let generation = generated(&document("GET /a", "page:int=0 per_page:int=20<50", shape), "");
    let api = generation.api.unwrap();
    let paging = api.operations[0].paging.as_ref().unwrap();
    assert_eq!(paging.walk, Walk::Page { parameter: 0, first: 0 });
    let size = paging.size.unwrap();
    assert_eq!((size.parameter, size.default, size.maximum), (1, Some(20), Some(50)));
    assert_eq!(paging.more, Some(More::Last("/is_last".to_owned())));
    assert_eq!(paging.count, Some(Count::Pages("/meta/total_pages".to_owned())));
    assert_eq!(paging.items, "/items");
    let note = generation.diagnostics.iter().find(|one| one.code.id == "paged-operation").unwrap();
    assert_eq!(note.message, "`it` pages by page number: `page` counts from 0, and the items are `/items`");
}

const USERS: &str = "{data:[{id}],other:[{id}],next:{token},after}";

#[test]
fn a_choice_replaces_what_is_recognised() {
    for (choice, expected) in [
        ("by = \"none\"", "no"),
        ("by = \"cursor\", parameter = \"from\", next = \"/next/token\", items = \"/other\"", "next /next/token"),
        ("by = \"offset\"", "offset skip"),
        ("by = \"page\", parameter = \"from\"", "page from"),
        ("by = \"last-item\", parameter = \"from\"", "last from"),
        ("by = \"link\"", "link"),
    ] {
        for key in ["it", "\"GET /a\""] {
            let config = format!("[operations.pages]\n{key} = {{ {choice} }}\n");
            let generation = generated(&document("GET /a", "from skip:int limit:int", USERS), &config);
            assert_eq!(label(generation.api.as_ref().unwrap()), expected, "{config}");
        }
    }
}

#[test]
fn a_choice_that_does_not_fit_is_an_error_at_its_location() {
    for (choice, message, help) in [
        ("itt = { by = \"none\" }", "the pages of `itt` match no operation of the document", "did you mean `it`?"),
        (
            "it = { by = \"cursor\", parameter = \"fron\" }",
            "`it` has no query parameter or header `fron`",
            "did you mean `from`?",
        ),
        (
            "it = { by = \"cursor\", parameter = \"from\", next = \"/next/tokem\" }",
            "the response of `it` has no property at `/next/tokem`",
            "did you mean `/next/token`?",
        ),
        (
            "it = { by = \"offset\", items = \"/date\" }",
            "the response of `it` has no list at `/date`",
            "did you mean `/data`?",
        ),
        (
            "it = { by = \"page\" }",
            "the pages of `it` need `parameter`, which is not recognised",
            "set it: `parameter = \"…\"`",
        ),
    ] {
        let config = format!("[operations.pages]\n{choice}\n");
        let generation = generated(&document("GET /a", "from skip:int limit:int", USERS), &config);
        assert!(generation.api.is_none(), "{choice}");
        let error = generation.diagnostics.iter().find(|one| one.code.id == "unmatched-pages").unwrap();
        assert_eq!((error.message.as_str(), error.help.as_deref()), (message, Some(help)));
        assert_eq!(generation.sources.line_column(error.span).0, 2, "{choice}");
    }
}

#[test]
fn extensions_of_vendors_are_read() {
    let plain: Value = serde_json::from_str(&document("GET /a", "from skip:int limit:int", USERS)).unwrap();
    for (extension, value, expected) in [
        (
            "x-speakeasy-pagination",
            json!({"type": "cursor", "inputs": [{"name": "from", "in": "parameters", "type": "cursor"}], "outputs": {"results": "$.data", "nextCursor": "$.next.token"}}),
            "next /next/token",
        ),
        (
            "x-speakeasy-pagination",
            json!({"type": "offsetLimit", "inputs": [{"name": "skip", "in": "parameters", "type": "page"}], "outputs": {"results": "$.other"}}),
            "page skip",
        ),
        (
            "x-fern-pagination",
            json!({"cursor": "$request.from", "next_cursor": "$response.after", "results": "$response.data"}),
            "next /after",
        ),
        ("x-ms-pageable", json!({"nextLinkName": "after", "itemName": "other"}), "next /after"),
        ("x-ms-pageable", json!({"nextLinkName": null}), "no"),
        // An extension that does not fit is ignored.
        ("x-fern-pagination", json!({"cursor": "$request.gone", "next_cursor": "$response.after"}), "offset skip"),
    ] {
        let mut document = plain.clone();
        document["paths"]["/a"]["get"][extension] = value;
        let generation = generated(&document.to_string(), "");
        assert_eq!(label(generation.api.as_ref().unwrap()), expected, "{extension}");
    }
}

#[test]
fn setters_keep_their_names() {
    let generation = generated(&document("GET /a", "items pages:int offset:int limit:int", "{data:[{id}]}"), "");
    let api = generation.api.unwrap();
    let methods = &api.operations[0].paging.as_ref().unwrap().methods;
    assert_eq!([methods.items.as_str(), methods.pages.as_str(), methods.all.as_str()], ["items2", "pages2", "all"]);
}
