//! Keeps the names of one scope distinct.
//!
//! **Invariant:** names that are claimed together do not depend on their order. If two raw names
//! make the same name, the one that already is a Rust name keeps it, or else the smaller one. The
//! other one has its symbols spelled out, if that helps, or gets a number from 2 on. Symbols of
//! type names, which are joined from several names, are not spelled out.

use std::collections::{BTreeMap, BTreeSet};

use super::case::{Case, plain};

/// The names of one scope: a struct's fields, an enum's variants, an API's types.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    taken: BTreeSet<String>,
    reserved: BTreeSet<String>,
    /// The next number that may still be free for a name.
    numbers: BTreeMap<String, u64>,
}

impl Scope {
    /// An empty scope.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A scope in which no item may have one of these names. Such an item gets the suffix `Type`,
    /// `Value` or an underscore.
    #[must_use]
    pub fn reserving(names: &[&str]) -> Self {
        Self { reserved: names.iter().map(|name| (*name).to_owned()).collect(), ..Self::default() }
    }

    /// A name that is new to the scope.
    pub(super) fn claim(&mut self, case: Case, raw: &str) -> String {
        self.claim_with(case, raw, &[])
    }

    /// A name that is new to the scope. If `raw` alone is taken, it has the first suffix that makes
    /// it new.
    pub(super) fn claim_with(&mut self, case: Case, raw: &str, suffixes: &[&str]) -> String {
        let name = self.plain_name(case, raw);
        self.claim_as(name, case, raw, suffixes)
    }

    /// `name`, which is the one for `raw`, or if it is taken, the first of the longer ones that is
    /// new.
    fn claim_as(&mut self, name: String, case: Case, raw: &str, suffixes: &[&str]) -> String {
        if self.take(&name) {
            return name;
        }
        let symbols = (case != Case::Type).then(|| case.spelled(raw));
        let longer = suffixes.iter().map(|suffix| case.suffixed(raw, suffix));
        for candidate in symbols.into_iter().chain(longer) {
            let candidate = self.unreserved(case, candidate);
            if self.take(&candidate) {
                return candidate;
            }
        }
        self.number(&name)
    }

    /// The name for `raw` in a scope where no other item has it.
    pub(super) fn plain_name(&self, case: Case, raw: &str) -> String {
        self.unreserved(case, case.name(raw))
    }

    /// One name for each raw name, at its index. Raw names that already are Rust names are claimed
    /// first, then the others in their own order. Equal raw names are claimed in the order of the
    /// list.
    pub(super) fn claim_all(&mut self, case: Case, raws: &[&str]) -> Vec<String> {
        let mut names: Vec<Option<String>> = vec![None; raws.len()];
        let mut rest: Vec<(usize, &str, String)> = Vec::new();
        for (index, (raw, claimed)) in raws.iter().zip(&mut names).enumerate() {
            let name = case.name(raw);
            let is_exact = plain(&name) == *raw && !self.reserved.contains(&name);
            if is_exact && self.take(&name) {
                *claimed = Some(name);
            } else {
                rest.push((index, raw, name));
            }
        }
        // `self` is closer than `Self` to the name `self_`.
        rest.sort_by_key(|(_, raw, name)| (!name.starts_with(raw), *raw));
        for (index, raw, name) in rest {
            let name = self.unreserved(case, name);
            if let Some(claimed) = names.get_mut(index) {
                *claimed = Some(self.claim_as(name, case, raw, &[]));
            }
        }
        names.into_iter().map(Option::unwrap_or_default).collect()
    }

    /// Takes names that already are Rust names.
    pub(super) fn take_all<'a>(&mut self, names: impl Iterator<Item = &'a str>) {
        names.for_each(|name| {
            self.take(name);
        });
    }

    fn take(&mut self, name: &str) -> bool {
        !self.reserved.contains(name) && self.taken.insert(name.to_owned())
    }

    fn unreserved(&self, case: Case, name: String) -> String {
        if !self.reserved.contains(&name) {
            return name;
        }
        let plain = plain(&name);
        match case {
            Case::Type => format!("{plain}Type"),
            Case::Variant => format!("{plain}Value"),
            Case::Field | Case::Function | Case::Module => format!("{plain}_"),
            Case::Constant => format!("{plain}_VALUE"),
        }
    }

    /// The name with the first number that makes it new. A name that ends in a digit gets an
    /// underscore before the number.
    fn number(&mut self, name: &str) -> String {
        let stem = plain(name);
        let gap = match stem.chars().last() {
            Some(last) if last.is_ascii_digit() => "_",
            // Snake case never has two underscores in a row.
            Some('_') => "",
            _ if stem.contains(|char: char| char.is_lowercase()) && stem.contains('_') => "_",
            _ => "",
        };
        let mut number = self.numbers.get(name).copied().unwrap_or(2);
        loop {
            let candidate = format!("{stem}{gap}{number}");
            number += 1;
            if self.take(&candidate) {
                self.numbers.insert(name.to_owned(), number);
                return candidate;
            }
        }
    }
}
