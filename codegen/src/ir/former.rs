//! Turns the former names in `provider.toml` into aliases of their replacements.
//!
//! **Invariant:** an alias never takes a name that another item has. An entry that names nothing is
//! an error at its location, so that entries are removed when they are no longer needed.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::model::{
    Api, Former, FormerOperation, FormerSetter, FormerType, FunctionName, Operation, TypeId, TypeKind, TypeName,
};
use super::naming::{self, Scope, reserved};
use crate::config::{ProviderConfig, Written};
use crate::diagnostics::{Diagnostic, Diagnostics, codes, nearest};
use crate::document::Document;
use crate::limits::ALIAS_CHAIN;

/// The aliases for the former names of an API.
pub(super) fn build(api: &Api, provider: &ProviderConfig, document: &Document, out: &mut Diagnostics) -> Former {
    let mut reader = Reader { api, provider, document, out };
    let types = reader.types();
    let operations = reader.operations();
    let setters = reader.setters();
    Former { types, operations, setters }
}

struct Reader<'r> {
    api: &'r Api,
    provider: &'r ProviderConfig,
    document: &'r Document,
    out: &'r mut Diagnostics,
}

impl Reader<'_> {
    fn types(&mut self) -> Vec<FormerType> {
        let known: HashMap<&str, TypeId> =
            self.api.types.iter().map(|(id, definition)| (definition.name.plain(), id)).collect();
        let names = &self.provider.former.types;
        let mut found = Vec::new();
        for (old, new) in names {
            let name = Scope::new().type_name(&old.text);
            let is_taken = known.contains_key(old.text.as_str());
            if !self.is_free(old, name.as_str(), is_taken, "types") {
                continue;
            }
            match known.get(latest(names, new)) {
                Some(id) => found.push(FormerType { required: self.required(*id, &name), name, of: *id }),
                None => self.unknown(old, new, "types", known.keys().copied()),
            }
        }
        found
    }

    /// The former name of the struct of a type's required properties.
    fn required(&self, of: TypeId, former: &TypeName) -> Option<TypeName> {
        let definition = self.api.types.get(of);
        let TypeKind::Struct(body) = &definition.kind else { return None };
        let rest = body.required.as_ref()?.plain().strip_prefix(definition.name.plain())?;
        Some(TypeName::from_naming(format!("{}{rest}", former.plain())))
    }

    fn operations(&mut self) -> Vec<FormerOperation> {
        let api = self.api;
        let known: HashMap<&str, usize> =
            api.operations.iter().enumerate().map(|(index, one)| (one.name.plain(), index)).collect();
        let names = &self.provider.former.operations;
        let mut found = Vec::new();
        for (old, new) in names {
            let name = Scope::reserving(reserved::FUNCTIONS).function(&old.text);
            let is_taken = known.contains_key(old.text.as_str());
            if !self.is_free(old, name.plain(), is_taken, "operations") {
                continue;
            }
            let index = known.get(latest(names, new)).copied();
            match index.and_then(|index| Some((index, api.operations.get(index)?))) {
                Some((index, operation)) => found.push(self.operation(index, operation, name)),
                None => self.unknown(old, new, "operations", known.keys().copied()),
            }
        }
        found
    }

    /// All names that an operation had when its method had this name.
    fn operation(&self, index: usize, operation: &Operation, name: FunctionName) -> FormerOperation {
        let part = |part: &str| Scope::new().type_name(&format!("{}-{part}", name.plain()));
        let success = part("success");
        let stem = |name: &TypeName| name.plain().trim_end_matches("Success").to_owned();
        let (now, then) = (stem(&operation.success), stem(&success));
        let cases = operation.responses.success.iter().chain(&operation.responses.error);
        let mut headers = Vec::new();
        for group in cases.filter_map(|case| case.headers) {
            let current = self.api.header_groups.get(group).and_then(|group| group.name.plain().strip_prefix(&now));
            headers.extend(current.map(|rest| (TypeName::from_naming(format!("{then}{rest}")), group)));
        }
        FormerOperation {
            operation: index,
            builder: part("request-builder"),
            input: part("input"),
            error: part("error"),
            body: part("body"),
            groups: self.methods_of_groups(index, &name),
            success,
            headers,
            name,
        }
    }

    /// The methods of groups that an operation had when it had this name.
    fn methods_of_groups(&self, operation: usize, former: &FunctionName) -> Vec<(usize, FunctionName, FunctionName)> {
        let mut found = Vec::new();
        for (index, group) in self.api.tag_groups.iter().enumerate() {
            let Some((_, current)) = group.methods.iter().find(|(of, _)| *of == operation) else { continue };
            let is_free = |name: &FunctionName| group.methods.iter().all(|(_, other)| other != name);
            let short = naming::beside(former.plain(), &group.tag).map(|short| Scope::new().function(&short));
            let name = short.into_iter().chain([former.clone()]).find(|name| is_free(name));
            found.extend(name.map(|name| (index, name, current.clone())));
        }
        found
    }

    fn setters(&mut self) -> Vec<FormerSetter> {
        let api = self.api;
        let mut found = Vec::new();
        for (old, new) in &self.provider.former.setters {
            let Some((method, setter)) = old.text.split_once('.') else {
                self.wrong(old, format!("`{}` in `former.setters` names no setter", old.text), "write `method.setter`");
                continue;
            };
            let method = latest(&self.provider.former.operations, method);
            let operation = (0..).zip(&api.operations).find(|(_, one)| one.name.plain() == method);
            let Some((index, operation)) = operation else {
                self.unknown(old, method, "setters", api.operations.iter().map(|one| one.name.plain()));
                continue;
            };
            let name = Scope::new().field(setter);
            let is_taken = operation.parameters.iter().any(|one| one.name.plain() == setter);
            if !self.is_free(old, name.plain(), is_taken, "setters") {
                continue;
            }
            let of_path: HashSet<usize> = operation.path.parameters().collect();
            let mut settable = (0..).zip(&operation.parameters).filter(|(index, _)| !of_path.contains(index));
            match settable.clone().find(|(_, one)| one.name.plain() == new) {
                Some((parameter, _)) => found.push(FormerSetter { operation: index, parameter, name }),
                None => self.unknown(old, new, "setters", settable.by_ref().map(|(_, one)| one.name.plain())),
            }
        }
        found
    }

    /// Whether an alias can have a name. If it cannot, this is reported.
    fn is_free(&mut self, old: &Written, made: &str, is_taken: bool, key: &str) -> bool {
        let written = old.text.rsplit('.').next().unwrap_or(&old.text);
        if made != written {
            let message = format!("`{written}` in `former.{key}` cannot be a name in generated code");
            self.wrong(old, message, &format!("write it as code did, such as `{made}`"));
        } else if is_taken {
            let message = format!("`{written}` in `former.{key}` is in use again, so it cannot be an alias");
            self.wrong(old, message, "remove the entry");
        }
        made == written && !is_taken
    }

    fn unknown<'n>(&mut self, old: &Written, new: &str, key: &str, known: impl IntoIterator<Item = &'n str>) {
        let help = match nearest(new, known) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "name what has replaced it, or remove the entry if nothing has".to_owned(),
        };
        self.wrong(old, format!("`{new}` in `former.{key}` is not the name of a generated item"), &help);
    }

    fn wrong(&mut self, old: &Written, message: String, help: &str) {
        // A different version of the document may lack the item that an entry names.
        if let Some(span) = self.provider.place(old, &self.document.sources) {
            self.out.report(Diagnostic::new(&codes::INVALID_CONFIG, span, message).help(help));
        }
    }
}

/// The latest name. The replacement of a name may itself have been replaced.
fn latest<'n>(names: &'n BTreeMap<Written, String>, name: &'n str) -> &'n str {
    let next = |name: &&'n str| names.get(*name).map(String::as_str);
    std::iter::successors(Some(name), next).take(ALIAS_CHAIN).last().unwrap_or(name)
}
