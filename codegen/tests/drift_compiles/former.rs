//! Names of an earlier version that stay as deprecated aliases: what is printed for them, and what
//! drift reports about them.

use std::collections::BTreeSet;

use specwright_codegen::config::{FormerNames, ProviderConfig};
use specwright_codegen::drift::{Drift, Renamed, RustChanges, RustVerdict};
use specwright_codegen::ir::model::Api;
use specwright_codegen::pipeline::Generated;
use specwright_codegen::surface::Surface;

use crate::consumer::consumer;
use crate::package::{Case, Package, generated, generated_with};

const OLD: &str = "openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /parts/{id}:
    post:
      operationId: fetchPart
      tags: [parts]
      parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: size, in: query, schema: { type: integer } }
      - { name: shade, in: query, required: true, schema: { type: string } }
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: '#/components/schemas/Part' } }
          text/plain: { schema: { type: string } }
      responses:
        '200':
          description: ok
          headers: { X-Count: { schema: { type: integer } } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Parts' } } }
        '404': { description: gone }
components:
  schemas:
    Parts: { type: object, properties: { first: { $ref: '#/components/schemas/Part' } } }
    Part:
      type: object
      required: [id, kind]
      properties:
        id: { type: string }
        kind: { type: string, enum: [big, small] }
        note: { type: string }
";

/// The document after a schema and an operation were renamed.
fn renamed() -> String {
    OLD.replace("schemas/Part'", "schemas/Piece'").replace("    Part:", "    Piece:").replace("fetchPart", "getPart")
}

fn api(generated: &Generated) -> &Api {
    generated.generation.api.as_ref().expect("an API")
}

/// Choices that keep the names that drift finds renamed, as `regen --keep-names` records them.
fn choices(old: &Api, new: &Api) -> ProviderConfig {
    let mut drift = Drift::default();
    RustChanges::new(old, new).apply(&mut drift);
    let mut former = FormerNames::default();
    for rename in drift.renames {
        let names = match rename.kind {
            Renamed::Type => &mut former.types,
            Renamed::Operation => &mut former.operations,
            Renamed::Setter => &mut former.setters,
        };
        names.insert(rename.old.as_str().into(), rename.new);
    }
    ProviderConfig { module: "api".to_owned(), former, ..ProviderConfig::default() }
}

#[test]
fn renamed_items_keep_their_former_names() {
    let new = generated(renamed()).expect("an API");
    let choices = choices(api(&generated(OLD.to_owned()).expect("an API")), api(&new));
    let new = generated_with(renamed(), &choices).expect("an API");
    let text = |path: &str| new.files.iter().find(|file| file.path == path).expect("a file").text.as_str();
    for (path, line) in [
        ("types.rs", "#[deprecated(note = \"renamed to `Piece`\")]\npub type Part = Piece;"),
        ("types.rs", "pub type PartRequired = PieceRequired;"),
        ("client.rs", "pub type FetchPartRequestBuilder = GetPartRequestBuilder;"),
        ("client.rs", "self.get_part(id)"),
        ("operations.rs", "pub type FetchPartOkHeaders = GetPartOkHeaders;"),
        ("server.rs", "pub type FetchPartBody = GetPartBody;"),
        ("server.rs", "self.fetch_part(input, context)"),
        ("groups.rs", "self.get(id)"),
    ] {
        assert!(text(path).contains(line), "{path} lacks {line}:\n{}", text(path));
    }
    // Once the names are recorded, there is nothing left to record, and nothing breaks.
    let mut drift = Drift::default();
    RustChanges::new(api(&generated(OLD.to_owned()).expect("an API")), api(&new)).apply(&mut drift);
    assert_eq!((drift.renames.len(), drift.rust), (0, RustVerdict::Additive), "{:?}", drift.renames);
}

#[test]
fn a_setter_with_a_similar_name_and_the_same_type_counts_as_renamed() {
    let old = generated(OLD.to_owned()).expect("an API");
    let new = |name: &str| generated(OLD.replace("name: size", &format!("name: {name}"))).expect("an API");
    let found = choices(api(&old), api(&new("page_size")));
    assert_eq!(found.former.setters.get("fetch_part.size").map(String::as_str), Some("page_size"));
    assert!(choices(api(&old), api(&new("offset"))).former.setters.is_empty());
    let kept = generated_with(OLD.replace("name: size", "name: page_size"), &found).expect("an API");
    let client = kept.files.iter().find(|file| file.path == "client.rs").expect("a client");
    assert!(client.text.contains("pub fn size(self, page_size: i64) -> Self"), "{}", client.text);
}

/// The new crate with the former names, and an application of the old one. The application of the case
/// `client` has only what clients call: a parameter has no second name in the input of a server.
fn cases() -> Vec<Case> {
    let renamed = renamed().replace("name: size", "name: page_size");
    let old = generated(OLD.to_owned()).expect("an API");
    let choices = choices(api(&old), api(&generated(renamed.clone()).expect("an API")));
    let surface = Surface::of(api(&old)).to_string();
    let of_client = |line: &&str| line.starts_with("client::") || line.starts_with("types::");
    let client = surface.split_inclusive('\n').filter(of_client).collect::<String>();
    let without_setter = self::renamed();
    let all = choices_without_setters(&choices);
    [("all", without_setter, &all, surface.as_str()), ("client", renamed, &choices, client.as_str())]
        .into_iter()
        .map(|(name, document, choices, surface)| {
            let new = generated_with(document, choices).expect("an API");
            let verdict = RustChanges::new(api(&old), api(&new)).verdict();
            Case { name: name.to_owned(), verdict, code: consumer(surface), files: new.files }
        })
        .collect()
}

fn choices_without_setters(choices: &ProviderConfig) -> ProviderConfig {
    let former = FormerNames { setters: std::collections::BTreeMap::new(), ..choices.former.clone() };
    ProviderConfig { former, ..choices.clone() }
}

/// Types, methods of clients and groups, setters and methods of traits.
#[test]
fn code_that_uses_former_names_compiles_with_warnings() {
    let cases = cases();
    assert_eq!(
        cases.iter().map(|case| case.verdict).collect::<Vec<_>>(),
        [RustVerdict::Additive, RustVerdict::Breaking]
    );
    let (refused, messages) = Package::new("former", cases).refused();
    assert_eq!(refused, BTreeSet::new(), "{messages}");
    let (refused, messages) = Package::new("deprecated", self::cases()).without_deprecated().refused();
    assert_eq!(refused, BTreeSet::from(["all".to_owned(), "client".to_owned()]), "{messages}");
    for name in ["types::Part`", "types::PartRequired`", "Client::fetch_part`", "RequestBuilder", "server::"] {
        assert!(messages.contains(name), "{name}: {messages}");
    }
    assert!(!messages.contains("cannot find"), "{messages}");
}
