//! The catalogue of changes: what each id means, and what follows from it on the wire and in Rust.
//!
//! The ids of schema changes are composed: *where* (`request-property`) and *what* (`max-length-decreased`). The table of aspects
//! says the second half once, and which way it moves the set of valid values; the first half and the direction follow.

mod aspects;
mod fixed;

use std::sync::LazyLock;

pub(super) use aspects::{Slot, schema_rule_id};

use super::verdict::{Direction, Level, RustVerdict, Wire};

/// One kind of change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Kebab case, stable.
    pub id: String,
    /// One line: what changed.
    pub summary: String,
    /// Markdown: what it means and what to do about it.
    pub explanation: String,
    /// Which way the values travel.
    pub direction: Direction,
    /// How much it matters, unless circumstances or configuration say otherwise.
    pub level: Level,
    /// What it means on the wire, unless circumstances say otherwise.
    pub wire: Wire,
    /// What it means in Rust where the API of a side can't be generated.
    pub rust: RustVerdict,
}

/// All rules, sorted by id.
#[must_use]
pub fn catalogue() -> &'static [Rule] {
    static ALL: LazyLock<Vec<Rule>> = LazyLock::new(|| {
        let mut rules = aspects::rules();
        rules.extend(fixed::rules());
        rules.sort_by(|left, right| left.id.cmp(&right.id));
        rules.dedup_by(|right, left| left.id == right.id);
        rules
    });
    &ALL
}

/// The rule with an id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    let rules = catalogue();
    let index = rules.binary_search_by(|rule| rule.id.as_str().cmp(id)).ok()?;
    rules.get(index)
}

/// The rule with an id, or the one for changes that have none; a test holds that this does not happen.
pub(super) fn rule(id: &str) -> &'static Rule {
    static UNLISTED: LazyLock<Rule> = LazyLock::new(|| Rule {
        id: "unlisted-change".to_owned(),
        summary: "something changed that has no rule".to_owned(),
        explanation: "A defect of the comparison: please report it.".to_owned(),
        direction: Direction::Neither,
        level: Level::Warning,
        wire: Wire::BreaksClients,
        rust: RustVerdict::Breaking,
    });
    find(id).unwrap_or(&UNLISTED)
}

fn explain(summary: &str, direction: Direction, wire: Wire, rust: RustVerdict) -> String {
    let on_wire = match (direction, wire) {
        (Direction::Request, Wire::BreaksClients) => {
            "Requests that were valid may be refused: existing clients have to change before the server does."
        }
        (Direction::Response, Wire::BreaksClients) => {
            "Answers may hold what existing clients were never told of: they have to be able to read it before the server sends it."
        }
        (Direction::Neither, Wire::BreaksClients) => {
            "Existing clients depend on what changed: they have to change as well."
        }
        (Direction::Request, Wire::BreaksServers) => {
            "Requests that were valid stay valid. Clients of the new document may send what servers written for the old one don't know."
        }
        (Direction::Response, Wire::BreaksServers) => {
            "Answers that follow the new document also follow the old one. Servers written for the old document may not keep the narrower promise."
        }
        (Direction::Neither, Wire::BreaksServers) => {
            "Existing clients go on working. Servers have to offer more than before."
        }
        (_, Wire::Compatible) => "What travels is the same: neither clients nor servers have to change.",
    };
    let in_rust = match rust {
        RustVerdict::Breaking => {
            "In the generated crate names, types or signatures normally change: code that uses them has to be adapted."
        }
        RustVerdict::Additive => {
            "The generated crate normally gains something; code written for it compiles as before."
        }
        RustVerdict::None => "The generated crate normally keeps all its names, types and signatures.",
    };
    let mut first = summary.chars();
    let capital: String = first.next().into_iter().flat_map(char::to_uppercase).chain(first).collect();
    format!(
        "{capital}.\n\n{on_wire}\n\n{in_rust}\n\nTo accept it, add an `ignore` with a reason to `drift.toml`; to weigh it otherwise, set its level under `severity`."
    )
}

#[cfg(test)]
mod tests;
