//! The files of a crate and their imports from one another, read from `use` lines and paths.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};
use syn::{Attribute, Item, UseTree};
use tests::tree::below;

/// The number of re-exports that are followed.
const HOPS: usize = 16;

/// Names from the root of the crate: `["document", "load"]`.
type ModulePath = Vec<String>;

/// One crate: its modules by path.
pub struct Crate {
    modules: BTreeMap<ModulePath, Module>,
}

#[derive(Default)]
struct Module {
    file: String,
    /// The names that `use` brings in, as used here. The target starts at the root of the crate.
    aliases: BTreeMap<String, ModulePath>,
    /// Paths into the crate, from its root.
    paths: BTreeSet<ModulePath>,
}

impl Crate {
    /// Reads the sources below a folder such as `codegen/src/`.
    pub fn read(folder: &str) -> Self {
        let mut texts = Vec::new();
        for file in below(folder, ".rs") {
            let inside = file.path.trim_start_matches(folder).trim_end_matches(".rs");
            let mut path: ModulePath = inside.split('/').map(ToOwned::to_owned).collect();
            if matches!(path.last().map(String::as_str), Some("mod" | "lib" | "main")) {
                path.pop();
            }
            let is_test = path.iter().any(|name| name == "tests" || name == "generated");
            if !is_test {
                texts.push((path, file));
            }
        }
        let known: BTreeSet<ModulePath> = texts.iter().map(|(path, _)| path.clone()).collect();
        let mut modules = BTreeMap::new();
        for (path, file) in texts {
            let syntax = syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path));
            let mut reader = Reader { known: &known, here: path.clone(), module: Module::default() };
            reader.visit_file(&syntax);
            modules.insert(path, Module { file: file.path, ..reader.module });
        }
        Self { modules }
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.modules.len()
    }

    /// Every import of one file by another, as module paths: the importing one, then the imported
    /// one.
    pub fn imports(&self) -> BTreeSet<(ModulePath, ModulePath)> {
        let mut found = BTreeSet::new();
        for (path, module) in &self.modules {
            for target in module.paths.iter().chain(module.aliases.values()) {
                let target = self.home(target, HOPS);
                if target != *path {
                    found.insert((path.clone(), target));
                }
            }
        }
        found
    }

    /// The file of a module.
    pub fn file(&self, path: &[String]) -> &str {
        self.modules.get(path).map_or("", |module| module.file.as_str())
    }

    /// The module that defines what a path names. Re-exports are followed.
    fn home(&self, target: &[String], hops: usize) -> ModulePath {
        let mut here = ModulePath::new();
        for (index, name) in target.iter().enumerate() {
            here.push(name.clone());
            if self.modules.contains_key(&here) {
                continue;
            }
            here.pop();
            let alias = self.modules.get(&here).and_then(|module| module.aliases.get(name));
            return match (alias, hops.checked_sub(1)) {
                (Some(alias), Some(hops)) => {
                    let rest = target.get(index + 1..).unwrap_or_default();
                    self.home(&[alias.as_slice(), rest].concat(), hops)
                }
                _ => here,
            };
        }
        here
    }
}

/// Collects the imports of one file.
struct Reader<'k> {
    known: &'k BTreeSet<ModulePath>,
    here: ModulePath,
    module: Module,
}

impl Reader<'_> {
    /// A path as written, from the root of the crate. `None` if it leads to another crate.
    fn absolute(&self, written: &[String]) -> Option<ModulePath> {
        let mut base = self.here.clone();
        let mut rest = written;
        match written.first()?.as_str() {
            "crate" => {
                base.clear();
                rest = &written[1..];
            }
            "self" => rest = &written[1..],
            "super" => {
                while rest.first().is_some_and(|name| name == "super") {
                    base.pop();
                    rest = &rest[1..];
                }
            }
            child => {
                base.push(child.to_owned());
                if !self.known.contains(&base) {
                    return None;
                }
                base.pop();
            }
        }
        base.extend(rest.iter().cloned());
        Some(base)
    }

    fn follow(&mut self, tree: &UseTree, before: &[String]) {
        let mut path = before.to_vec();
        let name = match tree {
            UseTree::Path(part) => {
                path.push(part.ident.to_string());
                return self.follow(&part.tree, &path);
            }
            UseTree::Group(group) => {
                return group.items.iter().for_each(|tree| self.follow(tree, &path));
            }
            UseTree::Glob(_) => String::from("*"),
            UseTree::Name(leaf) if leaf.ident == "self" => path.last().cloned().unwrap_or_default(),
            UseTree::Name(leaf) => {
                path.push(leaf.ident.to_string());
                leaf.ident.to_string()
            }
            UseTree::Rename(leaf) => {
                path.push(leaf.ident.to_string());
                leaf.rename.to_string()
            }
        };
        if let Some(target) = self.absolute(&path) {
            self.module.aliases.insert(name, target);
        }
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "test")
    })
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        let attributes = match item {
            Item::Mod(item) => &item.attrs,
            Item::Use(item) => &item.attrs,
            Item::Fn(item) => &item.attrs,
            Item::Impl(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !is_for_tests(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.follow(&item.tree, &[]);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let written: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if written.len() > 1
            && let Some(target) = self.absolute(&written)
        {
            self.module.paths.insert(target);
        }
        visit::visit_path(self, path);
    }
}
