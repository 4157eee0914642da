//! Checks the constraints that no type expresses: those that lowering keeps in an extension, the
//! patterns of keys and the positions of items.

use specwright_runtime::validation::Verdict;

use super::{Reason, Validator, Violation, patterns};
use crate::document::{Node, Object, Value};
use crate::openapi::ASSERTIONS;

impl<'d> Validator<'d> {
    /// The constraints of a schema that no type expresses.
    pub(super) fn assertions(&mut self, schema: &'d Object, value: &Node, depth: usize) -> Result<(), Violation> {
        match &value.value {
            Value::Object(object) => self.keys(schema, object, depth)?,
            Value::Array(members) => self.positions(schema, members, depth)?,
            _ => {}
        }
        let Some(kept) = schema.get(ASSERTIONS).and_then(Node::as_object) else {
            return Ok(());
        };
        self.compositions(kept, value, depth)?;
        match &value.value {
            Value::Object(object) => self.dependencies(kept, object, value, depth),
            Value::Array(members) => self.contains(kept, members, depth),
            _ => Ok(()),
        }
    }

    fn fits(&mut self, schema: &'d Node, value: &Node, depth: usize) -> bool {
        self.at(schema, value, depth + 1).is_ok()
    }

    fn compositions(&mut self, kept: &'d Object, value: &Node, depth: usize) -> Result<(), Violation> {
        if let Some(not) = kept.get("not")
            && self.fits(not, value, depth)
        {
            return Err(Reason::Keyword("not").into());
        }
        if let Some(condition) = kept.get("if") {
            let branch = if self.fits(condition, value, depth) { "then" } else { "else" };
            if let Some(branch) = kept.get(branch) {
                self.at(branch, value, depth + 1)?;
            }
        }
        for keyword in ["anyOf", "oneOf"] {
            let members = kept.get(keyword).and_then(Node::as_array).unwrap_or_default();
            let fitting = members.iter().filter(|member| self.fits(member, value, depth)).count();
            if !members.is_empty() && (fitting == 0 || keyword == "oneOf" && fitting > 1) {
                return Err(Reason::NoMember(keyword).into());
            }
        }
        Ok(())
    }

    fn dependencies(&mut self, kept: &'d Object, object: &Object, value: &Node, depth: usize) -> Result<(), Violation> {
        if let Some(names) = kept.get("propertyNames") {
            for entry in object {
                let name = Node::new(&*entry.key, entry.key_span);
                self.at(names, &name, depth + 1).map_err(|_| Violation::from(Reason::Keyword("propertyNames")))?;
            }
        }
        for entry in kept.get("dependentRequired").and_then(Node::as_object).into_iter().flatten() {
            let names = entry.value.as_array().unwrap_or_default().iter().filter_map(Node::as_str);
            let lacking = names.into_iter().find(|name| !object.contains_key(name));
            if let Some(name) = lacking.filter(|_| object.contains_key(&entry.key)) {
                return Err(Reason::Missing(name.to_owned()).into());
            }
        }
        for entry in kept.get("dependentSchemas").and_then(Node::as_object).into_iter().flatten() {
            if object.contains_key(&entry.key) {
                self.at(&entry.value, value, depth + 1)?;
            }
        }
        Ok(())
    }

    fn contains(&mut self, kept: &'d Object, members: &[Node], depth: usize) -> Result<(), Violation> {
        let Some(contains) = kept.get("contains") else {
            return Ok(());
        };
        let found = members.iter().filter(|member| self.fits(contains, member, depth)).count() as u64;
        let count = |keyword: &str| kept.get(keyword).and_then(Node::as_u64);
        let fits = found >= count("minContains").unwrap_or(1) && count("maxContains").is_none_or(|most| found <= most);
        if fits { Ok(()) } else { Err(Reason::Keyword("contains").into()) }
    }

    /// The values of keys that match patterns.
    fn keys(&mut self, schema: &'d Object, object: &Object, depth: usize) -> Result<(), Violation> {
        let Some(pairs) = schema.get("patternProperties").and_then(Node::as_object) else {
            return Ok(());
        };
        for entry in object {
            for pair in pairs.iter().filter(|pair| patterns::check(&pair.key, &entry.key) == Verdict::Matches) {
                self.at(&pair.value, &entry.value, depth + 1).map_err(|violation| violation.within(&entry.key))?;
            }
        }
        Ok(())
    }

    /// The items of a tuple.
    fn positions(&mut self, schema: &'d Object, members: &[Node], depth: usize) -> Result<(), Violation> {
        let Some(prefix) = schema.get("prefixItems").and_then(Node::as_array) else {
            return Ok(());
        };
        for (member, item) in members.iter().zip(prefix) {
            self.at(item, member, depth + 1)?;
        }
        let Some(items) = schema.get("items") else {
            return Ok(());
        };
        members.iter().skip(prefix.len()).try_for_each(|member| self.at(items, member, depth + 1))
    }
}
