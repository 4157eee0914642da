//! The catalogue of rules: what each id means, and what follows on the wire and for Rust code.
//!
//! Ids of schema changes have two parts: the role of the schema (`request-property`) and the aspect
//! that changed (`max-length-decreased`). The table of aspects (`schemas`) lists each aspect once, with
//! its effect on the set of valid values; the verdict follows from that effect and the direction of
//! the role. All other ids are fixed: they are in the tables that are named after what changed.

mod bodies;
mod document;
mod fixed;
mod generated;
mod operations;
mod parameters;
mod properties;
mod responses;
mod role;
mod schemas;
mod security;

use std::sync::LazyLock;

pub(super) use role::SchemaRole;
pub(super) use schemas::{BOUNDS, schema_rule_id};

use super::verdict::{Direction, Level, RustVerdict, Wire};

/// One kind of finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Kebab case; does not change between versions.
    pub id: String,
    /// One line: what changed.
    pub summary: String,
    /// Markdown: what the change means and what to do about it.
    pub explanation: String,
    /// The direction in which the values travel.
    pub direction: Direction,
    /// The default level; context and configuration can override it.
    pub level: Level,
    /// The default wire verdict; context can override it.
    pub wire: Wire,
    /// The verdict for Rust code if the API of either document cannot be generated.
    pub rust: RustVerdict,
}

/// The rules with fixed ids.
const TABLES: [&[fixed::FixedRule]; 8] = [
    operations::RULES,
    parameters::RULES,
    bodies::RULES,
    properties::RULES,
    responses::RULES,
    security::RULES,
    document::RULES,
    generated::RULES,
];

/// All rules, sorted by id.
#[must_use]
pub fn catalogue() -> &'static [Rule] {
    static ALL: LazyLock<Vec<Rule>> = LazyLock::new(|| {
        let mut rules = schemas::rules();
        for table in TABLES {
            rules.extend(fixed::listed(table));
        }
        rules.extend(properties::lifecycle().chain(properties::access()));
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

/// The rule with an id, or a fallback for ids that are not in the catalogue. A test ensures that
/// the fallback is never used.
pub(super) fn rule(id: &str) -> &'static Rule {
    static UNLISTED: LazyLock<Rule> = LazyLock::new(|| Rule {
        id: "unlisted-change".to_owned(),
        summary: "a change has no rule".to_owned(),
        explanation: "This is a defect of the comparison. Please report it.".to_owned(),
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
            "Servers may reject requests that used to be valid. Existing clients must change before the server does."
        }
        (Direction::Response, Wire::BreaksClients) => {
            "Responses may contain something that existing clients do not know. Clients must be able to read it before the server sends it."
        }
        (Direction::Neither, Wire::BreaksClients) => {
            "Existing clients depend on the changed part and must change as well."
        }
        (Direction::Request, Wire::BreaksServers) => {
            "Valid requests stay valid. Clients of the new document may send something that servers written for the old one do not know."
        }
        (Direction::Response, Wire::BreaksServers) => {
            "Responses that match the new document also match the old one. Servers written for the old document may not meet the stricter description."
        }
        (Direction::Neither, Wire::BreaksServers) => {
            "Existing clients keep working. Servers must offer more than before."
        }
        (_, Wire::Compatible) => "Requests and responses stay the same. Neither clients nor servers have to change.",
    };
    let in_rust = match rust {
        RustVerdict::Breaking => {
            "Names, types or signatures in the generated crate usually change, and code that uses them must be adapted."
        }
        RustVerdict::Additive => "The generated crate usually gains items; existing code still compiles.",
        RustVerdict::None => "The generated crate usually keeps all names, types and signatures.",
    };
    let mut first = summary.chars();
    let capital: String = first.next().into_iter().flat_map(char::to_uppercase).chain(first).collect();
    format!(
        "{capital}.\n\n{on_wire}\n\n{in_rust}\n\nTo accept the change, add an `ignore` with a reason to `drift.toml`; to change its level, set it under `severity`."
    )
}

#[cfg(test)]
mod tests;
