//! Reads the public items of a crate from rustdoc's JSON.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tests::tree::root;

/// The versions of the format that this reader supports.
const KNOWN: [u64; 1] = [57];

/// A package like that of a generated crate. Cargo keeps the versions that it needs from the lock
/// file.
const MANIFEST: &str = r#"[package]
name = "surfaces"
version = "0.0.0"
edition = "2024"
publish = false

[features]
client = []
server = []

[dependencies]
progenitor-client = "*"
serde = "1"
serde_json = "1"
specwright-runtime = { path = RUNTIME, features = ["client", "server"] }

[workspace]
"#;

/// The documentation of one crate.
pub struct Crate {
    json: Value,
}

/// Public items by path, such as `types::User.name` or `client::Client::get_user`, each with its
/// signature.
pub type Items = BTreeMap<String, String>;

impl Crate {
    /// Documents a package that has only these modules, given by name and file, and depends only on
    /// the runtime. It has its own target folder.
    pub fn of_modules(modules: &[(&str, String)]) -> Self {
        let target = root().join("target/surface");
        let package = target.join("package");
        let write = |file: &str, text: &str| {
            let path = package.join(file);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        };
        let runtime = root().join("runtime");
        write("Cargo.toml", &MANIFEST.replace("RUNTIME", &format!("{:?}", runtime.display().to_string())));
        let declared = modules.iter().map(|(name, file)| format!("#[path = {file:?}]\npub mod {name};\n"));
        write("src/lib.rs", &declared.collect::<String>());
        std::fs::copy(root().join("Cargo.lock"), package.join("Cargo.lock")).expect("a lock file");
        let output = Command::new(env!("CARGO"))
            .args(["rustdoc", "--offline", "--quiet", "--lib", "--all-features", "--"])
            .args(["-Z", "unstable-options", "--output-format", "json", "--cap-lints", "allow"])
            .current_dir(&package)
            .env("CARGO_TARGET_DIR", &target)
            .env("RUSTC_BOOTSTRAP", "1")
            .env_remove("RUSTFLAGS")
            .output()
            .expect("cargo starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Self::read(&target.join("doc/surfaces.json"))
    }

    fn read(file: &Path) -> Self {
        let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let json: Value = serde_json::from_str(&text).expect("JSON");
        let version = json["format_version"].as_u64().unwrap_or_default();
        assert!(
            KNOWN.contains(&version),
            "rustdoc writes format_version {version}, and this test knows {KNOWN:?}: compare the format with what \
             tests/tests/surface/rustdoc.rs reads, and add the version"
        );
        Self { json }
    }

    /// The public items of a module of the crate, given by its path.
    pub fn items(&self, path: &[&str]) -> Items {
        let mut module = self.json["root"].clone();
        for name in path {
            let inside = self.inside(&module);
            let is_named = |id: &&Value| self.item(id)["name"] == **name && self.inner(id)["module"].is_object();
            module = inside.iter().find(is_named).unwrap_or_else(|| panic!("no module `{name}`")).clone();
        }
        let mut items = Items::new();
        self.walk(&module, "", &mut items);
        items
    }

    /// The items of a module, and those of modules that it exports as its own.
    fn inside(&self, module: &Value) -> Vec<Value> {
        let items = self.ids(&self.inner(module)["module"]["items"]);
        let exported = items.iter().map(|id| &self.inner(id)["use"]).filter(|export| export["is_glob"] == true);
        let exported: Vec<Value> = exported.flat_map(|export| self.inside(&export["id"])).collect();
        [items, exported].concat()
    }

    fn item(&self, id: &Value) -> &Value {
        let key = id.as_u64().map_or_else(|| id.as_str().unwrap_or_default().to_owned(), |id| id.to_string());
        &self.json["index"][&key]
    }

    fn inner(&self, id: &Value) -> &Value {
        &self.item(id)["inner"]
    }

    fn ids(&self, list: &Value) -> Vec<Value> {
        list.as_array().cloned().unwrap_or_default()
    }

    fn walk(&self, module: &Value, path: &str, items: &mut Items) {
        for id in self.ids(&self.inner(module)["module"]["items"]) {
            let item = self.item(&id);
            if item["visibility"] != "public" {
                continue;
            }
            let name = item["name"].as_str().unwrap_or_default();
            let path = if path.is_empty() { name.to_owned() } else { format!("{path}::{name}") };
            let Some((kind, inner)) = item["inner"].as_object().and_then(|inner| inner.iter().next()) else { continue };
            match kind.as_str() {
                "module" => self.walk(&id, &path, items),
                "struct" => self.add_struct(&path, inner, items),
                "enum" => self.add_enum(&path, name, inner, items),
                "trait" => self.add_trait(&path, inner, items),
                "function" => {
                    items.insert(path, arguments(inner));
                }
                "type_alias" => self.add_alias(&path, &inner["type"], items),
                "constant" | "static" => {
                    items.insert(path, String::new());
                }
                // Modules of types export what is listed where it is defined.
                "use" if path.starts_with("types::") && inner["is_glob"] == false => {
                    items.insert(format!("{path}{}", inner["name"].as_str().unwrap_or_default()), String::new());
                }
                // A re-export of an item that is listed where it is defined.
                "use" => {}
                _ => panic!("{path} is a {kind}, which no surface has"),
            }
        }
    }

    fn add_struct(&self, path: &str, inner: &Value, items: &mut Items) {
        items.insert(path.to_owned(), String::new());
        for id in self.ids(&inner["kind"]["plain"]["fields"]) {
            let field = self.item(&id);
            if field["visibility"] == "public" {
                let name = field["name"].as_str().unwrap_or_default();
                items.insert(format!("{path}.{name}"), spelled(&field["inner"]["struct_field"]));
            }
        }
        let own = path.rsplit("::").next().unwrap_or(path);
        self.add_impls(path, own, inner, items);
    }

    /// An alias. If it is the success or error of an operation, it has the items of its enum.
    fn add_alias(&self, path: &str, ty: &Value, items: &mut Items) {
        let target = &ty["resolved_path"];
        let name = target["path"].as_str().unwrap_or_default();
        if let Some((_, of_runtime)) = name.split_once("specwright_runtime::success::") {
            add_success(path, of_runtime, &types_of(target), items);
        } else if name == "rt::Call" {
            for item in ["", "::send", "::with"] {
                items.insert(format!("{path}{item}"), String::new());
            }
        } else if name.starts_with("shared::") && path.ends_with("Error") {
            let own = name.rsplit("::").next().unwrap_or(name);
            self.add_enum(path, own, &self.inner(&target["id"])["enum"], items);
        } else {
            items.insert(path.to_owned(), spelled(ty));
        }
    }

    /// Adds an enum, whose name is not that of the path if an alias stands for it.
    fn add_enum(&self, path: &str, own: &str, inner: &Value, items: &mut Items) {
        items.insert(path.to_owned(), String::new());
        for id in self.ids(&inner["variants"]) {
            let variant = self.item(&id);
            let name = variant["name"].as_str().unwrap_or_default();
            let kind = &variant["inner"]["variant"]["kind"];
            let type_of = |id: &Value| spelled(&self.inner(id)["struct_field"]);
            let content = if kind["tuple"].is_array() {
                let types: Vec<String> = self.ids(&kind["tuple"]).iter().map(type_of).collect();
                format!("({})", types.join(", "))
            } else if kind["struct"].is_object() {
                let fields = self.ids(&kind["struct"]["fields"]);
                let field =
                    |id: &Value| format!("{}: {}", self.item(id)["name"].as_str().unwrap_or_default(), type_of(id));
                format!(" {{ {} }}", fields.iter().map(field).collect::<Vec<_>>().join(", "))
            } else {
                String::new()
            };
            items.insert(format!("{path}::{name}"), content);
        }
        self.add_impls(path, own, inner, items);
    }

    fn add_trait(&self, path: &str, inner: &Value, items: &mut Items) {
        items.insert(path.to_owned(), String::new());
        for id in self.ids(&inner["items"]) {
            let item = self.item(&id);
            let name = item["name"].as_str().unwrap_or_default();
            let function = &item["inner"]["function"];
            items.insert(
                format!("{path}::{name}"),
                if function.is_object() { arguments(function) } else { String::new() },
            );
        }
    }

    /// Methods, and the traits that are neither automatic nor implemented for every type.
    fn add_impls(&self, path: &str, own: &str, inner: &Value, items: &mut Items) {
        for id in self.ids(&inner["impls"]) {
            let of = &self.inner(&id)["impl"];
            if of["is_synthetic"] == true || !of["blanket_impl"].is_null() {
                continue;
            }
            if of["trait"].is_object() {
                // Rustdoc also lists the impls of other types that mention this one.
                let for_itself = path_text(&of["for"]["resolved_path"]).split('<').next() == Some(own);
                if for_itself {
                    let mut name = path_text(&of["trait"]);
                    for id in self.ids(&of["items"]) {
                        if self.item(&id)["name"] == "Body" {
                            name = format!("{name}<Body = {}>", spelled(&self.inner(&id)["assoc_type"]["type"]));
                        }
                    }
                    items.insert(format!("{path} impl {name}"), String::new());
                }
                continue;
            }
            for id in self.ids(&of["items"]) {
                let item = self.item(&id);
                if item["visibility"] == "public" {
                    let name = item["name"].as_str().unwrap_or_default();
                    let function = &item["inner"]["function"];
                    let text = if function.is_object() { arguments(function) } else { String::new() };
                    items.insert(format!("{path}::{name}"), text);
                }
            }
        }
    }
}

/// Adds the items of a success of the runtime, such as `json::Ok`, with these types.
fn add_success(path: &str, of_runtime: &str, types: &[String], items: &mut Items) {
    let (module, variant) = of_runtime.split_once("::").unwrap_or(("", of_runtime));
    let content = if types.is_empty() { String::new() } else { format!("({})", types.join(", ")) };
    items.insert(path.to_owned(), String::new());
    items.insert(format!("{path}::{variant}"), content);
    let body = types.first().filter(|_| module.starts_with("json"));
    let single = body.map(|body| format!("SingleBody<Body = {body}>"));
    for name in single.into_iter().chain(["Clone".to_owned(), "PartialEq".to_owned()]) {
        items.insert(format!("{path} impl {name}"), String::new());
    }
}

/// The types that are arguments of a path.
fn types_of(path: &Value) -> Vec<String> {
    let inside = path["args"]["angle_bracketed"]["args"].as_array().map(Vec::as_slice).unwrap_or_default();
    inside.iter().filter(|one| one["type"].is_object()).map(|one| spelled(&one["type"])).collect()
}

/// The arguments of a function besides `self`, without their names.
fn arguments(function: &Value) -> String {
    let inputs = function["sig"]["inputs"].as_array().cloned().unwrap_or_default();
    let arguments = inputs.iter().filter(|input| input[0] != "self").map(|input| spelled(&input[1]));
    arguments.collect::<Vec<_>>().join(", ")
}

/// A type without the paths to its parts.
fn spelled(ty: &Value) -> String {
    let Some((kind, inner)) = ty.as_object().and_then(|ty| ty.iter().next()) else { return String::new() };
    let list = |inner: &Value| {
        let types = inner.as_array().map(Vec::as_slice).unwrap_or_default();
        types.iter().map(spelled).collect::<Vec<_>>()
    };
    match kind.as_str() {
        "resolved_path" => path_text(inner),
        "primitive" | "generic" => inner.as_str().unwrap_or_default().to_owned(),
        "tuple" => {
            let types = list(inner);
            if types.len() == 1 { format!("({},)", types[0]) } else { format!("({})", types.join(", ")) }
        }
        "slice" => format!("[{}]", spelled(inner)),
        "borrowed_ref" => format!("&{}", spelled(&inner["type"])),
        "impl_trait" => {
            let bounds = inner.as_array().map(Vec::as_slice).unwrap_or_default();
            let bounds: Vec<String> = bounds.iter().map(|bound| path_text(&bound["trait_bound"]["trait"])).collect();
            format!("impl {}", bounds.join(" + "))
        }
        "qualified_path" => inner["name"].as_str().unwrap_or_default().to_owned(),
        other => panic!("a type of the kind `{other}`"),
    }
}

/// The last name of a path, with its arguments.
fn path_text(path: &Value) -> String {
    let name = path["path"].as_str().unwrap_or_default();
    let name = name.rsplit("::").next().unwrap_or(name);
    let inside = &path["args"]["angle_bracketed"];
    let mut arguments = types_of(path);
    for constraint in inside["constraints"].as_array().map(Vec::as_slice).unwrap_or_default() {
        let name = constraint["name"].as_str().unwrap_or_default();
        let binding = &constraint["binding"];
        if binding["equality"].is_object() {
            arguments.push(format!("{name} = {}", spelled(&binding["equality"]["type"])));
        } else {
            let bounds = binding["constraint"].as_array().map(Vec::as_slice).unwrap_or_default();
            let bounds: Vec<String> = bounds.iter().map(|bound| path_text(&bound["trait_bound"]["trait"])).collect();
            arguments.push(format!("{name}: {}", bounds.join(" + ")));
        }
    }
    if arguments.is_empty() { name.to_owned() } else { format!("{name}<{}>", arguments.join(", ")) }
}
