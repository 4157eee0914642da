//! Turns former names into items, and into the paths of the items that replaced them.

use std::collections::BTreeMap;

use super::Surface;
use crate::emit::server::trait_of;
use crate::ir::model::{Api, FormerOperation, Operation, TypeKind};

/// The former Rust paths of items, each with the current one.
#[derive(Clone, Debug, Default)]
pub(crate) struct FormerPaths(BTreeMap<String, String>);

impl FormerPaths {
    /// Whether an item had this path.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// A line of a surface rewritten with the current names.
    pub(crate) fn current(&self, line: &str) -> String {
        if self.0.is_empty() {
            return line.to_owned();
        }
        let is_of_path = |char: char| char.is_alphanumeric() || matches!(char, '_' | ':' | '#');
        let mut out = String::with_capacity(line.len());
        let mut rest = line;
        while let Some(start) = rest.find(is_of_path) {
            let (before, from) = rest.split_at(start);
            let end = from.find(|char| !is_of_path(char)).unwrap_or(from.len());
            // A name with its type is `path: type`.
            let end = from.get(..end).map_or(end, |path| path.trim_end_matches(':').len()).max(1);
            let (path, after) = from.split_at(end);
            out.push_str(before);
            out.push_str(&self.path(path));
            rest = after;
        }
        out.push_str(rest);
        out
    }

    /// The current form of a path whose first parts, or all of them, may be former names. In
    /// `a::Old::old`, they are the type, then the method.
    fn path(&self, path: &str) -> String {
        let mut path = path.to_owned();
        let ends: Vec<usize> = path.match_indices("::").map(|(at, _)| at).collect();
        let mut from_end = ends.iter().map(|at| path.len() - at).collect::<Vec<_>>();
        from_end.push(0);
        for length in from_end {
            let Some((head, tail)) = path.split_at_checked(path.len().saturating_sub(length)) else { continue };
            if let Some(current) = self.0.get(head) {
                path = format!("{current}{tail}");
            }
        }
        path
    }

    fn add(&mut self, surface: &mut BTreeMap<String, super::Item>, module: &str, old: &str, new: &str) {
        let (path, current) = (format!("{module}::{old}"), format!("{module}::{new}"));
        let item = super::Item { text: format!("{path} = {current}"), additive: true };
        surface.insert(super::key(&["former", &path]), item);
        self.0.insert(path, current);
    }
}

/// Adds the former names of an API.
pub(super) fn add(surface: &mut Surface, api: &Api) {
    let mut paths = FormerPaths::default();
    let items = &mut surface.items;
    for former in &api.former.types {
        let definition = api.types.get(former.of);
        paths.add(items, "types", former.name.as_str(), definition.name.as_str());
        let TypeKind::Struct(body) = &definition.kind else { continue };
        if let Some((old, new)) = former.required.as_ref().zip(body.required.as_ref()) {
            paths.add(items, "types", old.as_str(), new.as_str());
        }
    }
    let traits = trait_of(api);
    for former in &api.former.operations {
        let Some(operation) = api.operations.get(former.operation) else { continue };
        let service = traits.get(&former.operation).unwrap_or(&api.type_stem);
        paths.add(items, "client::Client", former.name.as_str(), operation.name.as_str());
        paths.add(items, &format!("server::{service}"), former.name.as_str(), operation.name.as_str());
        add_types(&mut paths, items, api, former, operation);
        for (group, name, current) in &former.groups {
            let Some(group) = api.tag_groups.get(*group) else { continue };
            paths.add(items, &format!("groups::{}", group.name), name.as_str(), current.as_str());
        }
    }
    for former in &api.former.setters {
        let Some(operation) = api.operations.get(former.operation) else { continue };
        let Some(parameter) = operation.parameters.get(former.parameter) else { continue };
        let module = format!("client::{}", operation.builder);
        paths.add(items, &module, former.name.as_str(), parameter.name.as_str());
    }
    surface.former = paths;
}

/// The types of an operation. Methods name some of them without their module.
fn add_types(
    paths: &mut FormerPaths,
    items: &mut BTreeMap<String, super::Item>,
    api: &Api,
    former: &FormerOperation,
    operation: &Operation,
) {
    let mut types = vec![
        ("client", &former.builder, &operation.builder),
        ("server", &former.input, &operation.input),
        ("operations", &former.success, &operation.success),
        ("operations", &former.error, &operation.error),
    ];
    if operation.body.as_ref().is_some_and(|body| body.contents.len() > 1) {
        types.push(("server", &former.body, &operation.body_name));
    }
    let headers = former.headers.iter().filter_map(|(name, index)| Some((name, api.header_groups.get(*index)?)));
    types.extend(headers.map(|(name, group)| ("operations", name, &group.name)));
    for (module, old, new) in types {
        paths.add(items, module, old.as_str(), new.as_str());
        paths.0.insert(old.to_string(), new.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::FormerPaths;

    #[test]
    fn lines_are_rewritten_with_the_current_names() {
        let pairs = [
            ("types::Part", "types::Piece"),
            ("client::Client::fetch", "client::Client::get"),
            ("client::FetchRequestBuilder", "client::GetRequestBuilder"),
            ("FetchRequestBuilder", "GetRequestBuilder"),
        ];
        let paths = FormerPaths(pairs.map(|(old, new)| (old.to_owned(), new.to_owned())).into());
        for (line, expected) in [
            ("types::Part: struct", "types::Piece: struct"),
            ("types::Part.of: Option<types::Part> required", "types::Piece.of: Option<types::Piece> required"),
            ("types::Part::new(types::PartRequired)", "types::Piece::new(types::PartRequired)"),
            (
                "client::Client::fetch(part: &types::Part) -> FetchRequestBuilder",
                "client::Client::get(part: &types::Piece) -> GetRequestBuilder",
            ),
            ("client::FetchRequestBuilder::fetch(i64)", "client::GetRequestBuilder::fetch(i64)"),
            ("types::Parts: struct", "types::Parts: struct"),
        ] {
            assert_eq!(paths.current(line), expected);
        }
    }
}
