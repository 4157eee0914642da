//! Rules with fixed ids: a row of a table → a [`Rule`]. Tables abbreviate the facts of a rule.

pub(super) use Direction::{Neither as N, Request as Q, Response as A};
pub(super) use Level::{Error as E, Info as I, Warning as W};
pub(super) use RustVerdict::{Additive as Add, Breaking as Brk, None as No};
pub(super) use Wire::{BreaksClients as Cli, BreaksServers as Srv, Compatible as Ok};

use super::{Rule, explain};
use crate::drift::verdict::{Direction, Level, RustVerdict, Wire};

/// Id, direction, level, wire verdict, verdict for Rust code, summary.
pub(super) type FixedRule = (&'static str, Direction, Level, Wire, RustVerdict, &'static str);

/// The rules of a table.
pub(super) fn listed(table: &'static [FixedRule]) -> impl Iterator<Item = Rule> {
    table.iter().map(|(id, direction, level, wire, rust, summary)| {
        make((*id).to_owned(), (*direction, *level, *wire, *rust), (*summary).to_owned())
    })
}

pub(super) fn make(id: String, facts: (Direction, Level, Wire, RustVerdict), summary: String) -> Rule {
    let (direction, level, wire, rust) = facts;
    let explanation = explain(&summary, direction, wire, rust);
    Rule { id, summary, explanation, direction, level, wire, rust }
}
