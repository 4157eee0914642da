//! Compares the text form of a surface with the compiler's view: rustdoc finds the same public
//! items with the same signatures.

mod expected;
mod rustdoc;

use specwright_codegen::config::ProviderConfig;
use specwright_codegen::document::FileReader;
use specwright_codegen::pipeline::build_api;
use specwright_codegen::surface::Surface;
use tests::tree::root;

use self::rustdoc::{Crate, Items};

/// Fixtures with every kind of item.
const FIXTURES: [&str; 12] = [
    "all_of",
    "callbacks",
    "equal_shapes",
    "multipart",
    "newtypes",
    "oauth",
    "payments",
    "petstore",
    "recursion",
    "response_headers",
    "statuses",
    "streams",
];

/// The differences between a surface and rustdoc for a module.
fn differences(name: &str, surface: &str, found: &Items) -> Vec<String> {
    let aliases = expected::aliases(surface);
    let found = in_places(found, &aliases);
    let listed = expected::items(surface);
    // A list of traits names types, too.
    let signature = |text: &str| expected::with_definitions(text, &aliases);
    let expected: Items =
        listed.into_iter().map(|(path, text)| (of_trait(path, &signature), signature(&text))).collect();
    let found: Items = found.into_iter().map(|(path, text)| (of_trait(path, &signature), signature(&text))).collect();
    let mut all = Vec::new();
    for path in found.keys().filter(|path| !expected.contains_key(*path) && !expected::is_shared(path, &expected)) {
        all.push(format!("{name}: the surface does not list {path}"));
    }
    for (path, ours) in &expected {
        match found.get(path) {
            None => all.push(format!("{name}: rustdoc does not find {path}")),
            Some(theirs) if ours != theirs && *ours != expected::ANY => {
                all.push(format!("{name}: {path} is `{ours}`, and `{theirs}` for rustdoc"));
            }
            Some(_) => {}
        }
    }
    all
}

/// The path of an impl, with the names of definitions in its trait.
fn of_trait(path: String, signature: &impl Fn(&str) -> String) -> String {
    match path.split_once(" impl ") {
        Some((owner, name)) => format!("{owner} impl {}", signature(name)),
        None => path,
    }
}

/// The items of rustdoc. Those of a shared definition appear in each of its places.
fn in_places(found: &Items, aliases: &[(String, String)]) -> Items {
    let mut items: Items = found.iter().filter(|(path, _)| !path.starts_with("shared")).map(owned).collect();
    for (place, definition) in aliases {
        let definition = format!("shared::{definition}");
        for (path, signature) in found {
            let Some(rest) = path.strip_prefix(&definition) else { continue };
            if rest.is_empty() || rest.starts_with([':', '.', ' ']) {
                items.insert(format!("{place}{rest}"), signature.clone());
            }
        }
    }
    items
}

fn owned((path, signature): (&String, &String)) -> (String, String) {
    (path.clone(), signature.clone())
}

/// The surface of a fixture, as text.
fn surface(fixture: &str) -> String {
    let path = root().join("tests/fixtures/emit").join(fixture).with_extension("yaml");
    let choices = std::fs::read_to_string(path.with_extension("toml")).unwrap_or_default();
    let config = ProviderConfig::parse("provider.toml", &choices).expect("choices of a fixture");
    let config = ProviderConfig { module: fixture.to_owned(), ..config };
    let api = build_api(&path.to_string_lossy(), &FileReader, None, &config).api.expect("a fixture");
    Surface::of(&api).to_string()
}

/// The file of a generated module.
fn module(folder: &str, name: &str) -> String {
    root().join(folder).join(name).join("mod.rs").to_string_lossy().into_owned()
}

#[test]
fn the_surfaces_of_providers_and_fixtures_agree_with_rustdoc() {
    let mut surfaces: Vec<(String, String, String)> = Vec::new();
    for file in tests::tree::below("generated-client/api/", ".txt") {
        let name = file.path.trim_start_matches("generated-client/api/").trim_end_matches(".txt");
        surfaces.push((name.to_owned(), module("generated-client/src/generated", name), file.text));
    }
    for name in FIXTURES {
        surfaces.push((name.to_owned(), module("tests/src/generated", name), surface(name)));
    }
    let modules: Vec<(&str, String)> = surfaces.iter().map(|(name, file, _)| (name.as_str(), file.clone())).collect();
    let found = Crate::of_modules(&modules);
    let all = surfaces.iter().flat_map(|(name, _, text)| differences(name, text, &found.items(&[name])));
    assert_eq!(all.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn an_item_that_one_of_the_two_lacks_is_a_difference() {
    let found =
        |text: &str| Items::from([("types::Pet".to_owned(), String::new()), (text.to_owned(), "String".to_owned())]);
    let surface = "types::Pet: struct\ntypes::Pet.name: String required\n";
    assert_eq!(differences("a", surface, &found("types::Pet.name")), Vec::<String>::new());
    assert_eq!(
        differences("a", surface, &found("types::Pet.tag")),
        ["a: the surface does not list types::Pet.tag", "a: rustdoc does not find types::Pet.name"]
    );
}
