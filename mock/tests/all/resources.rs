//! The resources of documents that others wrote, by a list that was checked by hand: paths, methods,
//! and where the items are. A small document with the same form is made for each.

use serde_json::{Map, Value, json};
use specwright_mock::Mock;

/// Document, path of an item, property with its ID (`-`: the items have no such property, or it is
/// not a resource), methods of the collection and of an item, and the properties that hold the list
/// and the item (`[]` and `.`: the whole body).
const LIST: &str = include_str!("resources.tsv");

struct Row<'t> {
    document: &'t str,
    item: &'t str,
    id: &'t str,
    of_collection: &'t str,
    of_item: &'t str,
    list: &'t str,
    place: &'t str,
}

fn rows() -> Vec<Row<'static>> {
    let lines = LIST.lines().filter(|line| !line.starts_with('#'));
    let rows = lines.map(|line| match line.split('\t').collect::<Vec<_>>()[..] {
        [document, item, id, of_collection, of_item, list, place] => {
            Row { document, item, id, of_collection, of_item, list, place }
        }
        _ => panic!("{line}"),
    });
    rows.collect()
}

/// A document with the paths of a row.
fn document(row: &Row<'_>) -> String {
    let item = json!({"type": "object", "required": [row.id], "properties": {
        row.id: {"type": "string"},
        "title": {"type": "string"},
    }});
    let held = |name: &str, whole: &str, value: Value| match name {
        _ if name == whole => value,
        name => json!({"type": "object", "required": [name], "properties": {name: value, "note": {"type": "string"}}}),
    };
    let one = held(row.place, ".", item.clone());
    let all = held(row.list, "[]", json!({"type": "array", "items": item}));
    let operation = |method: &str, path: &str, body: &Value| {
        let parameters = path.split(['{', '}']).skip(1).step_by(2);
        let parameters =
            parameters.map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}));
        let mut operation = json!({
            "parameters": parameters.collect::<Vec<_>>(),
            "responses": {"200": {"description": "d", "content": {"application/json": {"schema": body}}}},
        });
        if ["post", "put", "patch"].contains(&method) {
            operation["requestBody"] =
                json!({"required": true, "content": {"application/json": {"schema": item.clone()}}});
        }
        if method == "delete" {
            operation["responses"] = json!({"204": {"description": "d"}});
        }
        operation
    };
    let collection = row.item.rsplit_once('/').map_or("", |(collection, _)| collection);
    let methods = |methods: &str, path: &str, of_get: &Value| {
        let methods = methods.split(',').map(|method| {
            let body = if method == "get" { of_get } else { &one };
            (method.to_owned(), operation(method, path, body))
        });
        Value::Object(methods.collect::<Map<String, Value>>())
    };
    let paths = json!({
        collection: methods(row.of_collection, collection, &all),
        row.item: methods(row.of_item, row.item, &one),
    });
    json!({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths}).to_string()
}

#[test]
fn resources_of_documents_of_others_are_recognized() {
    let rows = rows();
    let documents: std::collections::BTreeSet<&str> = rows.iter().map(|row| row.document).collect();
    assert!(documents.len() >= 15, "{documents:?}");
    for row in rows.iter().filter(|row| row.id != "-") {
        let found = Mock::text(document(row)).resources().unwrap();
        assert_eq!(found, [(row.item.to_owned(), row.id.to_owned())], "{} {}", row.document, row.item);
    }
}

#[test]
fn a_part_of_an_item_is_not_the_item() {
    let row = Row {
        document: "own",
        item: "/templates/{template_id}",
        id: "id",
        of_collection: "get,post",
        of_item: "delete,get",
        list: "entries",
        place: "file",
    };
    let found = Mock::text(document(&row)).resources().unwrap();
    assert_eq!(found, [], "the ID of the file is not that of the template");
}
