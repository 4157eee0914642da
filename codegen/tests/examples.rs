//! Tests the program that checks the examples of a document: which examples it checks, and as which
//! types.

use specwright_codegen::config::ProviderConfig;
use specwright_codegen::document::MemoryReader;
use specwright_codegen::emit::scaffold::{Emission, Layout};
use specwright_codegen::pipeline::{self, Packaging};

/// The checks for a document, as `TYPE POINTER VALUE` without blanks.
fn tried(text: &str) -> Vec<String> {
    let config = ProviderConfig { module: "api".to_owned(), ..ProviderConfig::default() };
    let layout = Layout {
        path: "api".to_owned(),
        client: Emission::Printed,
        server: Emission::Omitted,
        document: Emission::Omitted,
        examples: Emission::Printed,
    };
    let reader = MemoryReader::new().with("api.yaml", text);
    let generated = pipeline::generate("api.yaml", &reader, None, &config, &layout, Packaging::Crate).expect("Rust");
    let program = generated.files.iter().find(|file| file.path == "examples/round_trip.rs").expect("a program");
    let dense: String = program.text.split_whitespace().collect();
    let tries = dense.split("try_one::<").skip(1).filter_map(|after| after.split_once(",&mutgood"));
    let parts = tries.filter_map(|(tried, _)| tried.split_once(">("));
    parts.map(|(ty, rest)| format!("{} {rest}", ty.trim_end_matches(','))).collect()
}

#[test]
fn null_is_an_example_of_a_type_whose_uses_may_be_null() {
    let tried = tried(
        "
openapi: 3.1.0
info: {title: t, version: '1'}
components:
  schemas:
    A: {type: object, properties: {inner: {type: [object, 'null'], example: null, properties: {x: {type: integer}}}}}
    B: {type: object, example: {y: 1}, properties: {y: {type: integer}}}
",
    );
    assert_eq!(
        tried,
        [
            r#"Option<types::AInner> "/components/schemas/A/properties/inner/examples/0","null""#,
            r#"types::B "/components/schemas/B/examples/0","{\"y\":1}""#,
        ]
    );
}

#[test]
fn values_with_files_are_not_checked_as_json() {
    let tried = tried(
        "
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /a:
    post:
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              example: {file: x, files: [y], note: z}
              properties:
                file: {type: string, format: binary, example: x}
                files: {type: array, items: {type: string, format: binary}, example: [y]}
                note: {type: string, example: z}
      responses: {'204': {description: Done}}
",
    );
    let note = "/paths/~1a/post/requestBody/content/multipart~1form-data/schema/properties/note/examples/0";
    assert_eq!(tried, [format!(r#"String "{note}","\"z\"""#)]);
}
