//! What counts is how values are written, and not how the document says so.

use super::{drift, ids};

fn with_body(media: &str, content: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\npaths:\n  /a:\n    post:\n      operationId: a\n      \
         requestBody: {{ content: {{ {media}: {{ {content} }} }} }}\n      responses: {{ '204': {{ description: none }} }}\n\
         components: {{ schemas: {{ Pet: {{ type: object }}, Other: {{ type: object }} }} }}\n"
    )
}

fn xml(schema: &str) -> String {
    with_body("application/vnd.test+xml", &format!("schema: {schema}"))
}

fn property(schema: &str) -> String {
    xml(&format!("{{ type: object, properties: {{ p: {schema} }} }}"))
}

#[track_caller]
fn same(old: &str, new: &str) {
    assert_eq!(ids(&drift(old, new)), Vec::<&str>::new(), "{old}\n{new}");
    assert_eq!(ids(&drift(new, old)), Vec::<&str>::new(), "{new}\n{old}");
}

#[test]
fn an_xml_node_is_named_after_its_place() {
    let plain = property("{ type: string }");
    same(&plain, &property("{ type: string, xml: { name: p, attribute: false, wrapped: true } }"));
    same(&property("{ type: string, xml: { prefix: a } }"), &property("{ type: string, xml: { prefix: b } }"));
    let attribute = property("{ type: string, xml: { attribute: true } }");
    same(&attribute, &property("{ type: string, xml: { nodeType: attribute } }"));
    let findings = drift(&plain, &attribute);
    assert_eq!(ids(&findings), ["request-property-xml-changed"]);
    assert_eq!(
        findings[0].message,
        "property `p` of the request body is written in XML as an attribute `p` instead of an element `p`"
    );
    for other in ["name: q", "namespace: 'urn:x'", "nodeType: cdata"] {
        let other = property(&format!("{{ type: string, xml: {{ {other} }} }}"));
        assert_eq!(ids(&drift(&plain, &other)), ["request-property-xml-changed"]);
    }
}

#[test]
fn an_xml_body_is_named_after_its_component() {
    let pet = "{ $ref: '#/components/schemas/Pet' }";
    same(&xml(pet), &xml("{ allOf: [{ $ref: '#/components/schemas/Pet' }], xml: { name: Pet } }"));
    same(&xml(pet), &xml("{ type: object }"));
    let other = drift(&xml(pet), &xml("{ $ref: '#/components/schemas/Other' }"));
    assert_eq!(ids(&other), ["request-body-xml-changed"]);
}

#[test]
fn xml_counts_in_xml_only() {
    let json = |more: &str| {
        let schema = format!("schema: {{ type: object, properties: {{ p: {{ type: string{more} }} }} }}");
        with_body("application/json", &schema)
    };
    same(&json(""), &json(", xml: { attribute: true }"));
}

#[test]
fn a_part_has_the_media_type_of_its_type() {
    let schema = "schema: { type: object, properties: { t: { type: string }, o: { type: object }, \
                  f: { type: string, format: binary }, l: { type: array, items: { type: integer } } } }";
    let of = |schema: &str, encoding: &str| {
        with_body("multipart/form-data", &format!("{schema}, encoding: {{ {encoding} }}"))
    };
    let with = |encoding: &str| of(schema, encoding);
    let plain = with("");
    let wrapped = schema.replace("{ type: object }", "{ allOf: [{ type: object }, { description: d }] }");
    same(&of(&wrapped, "o: {}"), &with("o: { contentType: application/json }"));
    same(&plain, &with("t: { contentType: text/plain, allowReserved: false }, o: { contentType: application/json }"));
    same(&plain, &with("f: { contentType: application/octet-stream }, l: { contentType: Text/Plain }"));
    same(&with("f: { contentType: 'image/png, image/jpeg' }"), &with("f: { contentType: 'image/jpeg,image/png' }"));
    same(&with("o: { style: form }"), &with("o: { style: form, explode: true }"));
    for other in ["t: { contentType: text/csv }", "o: { style: deepObject }", "o: { contentType: application/xml }"] {
        assert_eq!(ids(&drift(&plain, &with(other))), ["request-body-encoding-changed"], "{other}");
    }
}
