//! Turns an `Api` into the text form of its generated surface: one line for each public item, with
//! its signature.
//!
//! **Invariant:** the lines are sorted and say nothing about documentation, so the text changes if
//! and only if code that uses the generated crate can notice.

mod operations;
mod types;

use std::collections::BTreeSet;
use std::fmt;

use crate::ir::model::{Api, Server};

/// The public items of a generated API, each as one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surface {
    lines: BTreeSet<String>,
}

impl Surface {
    /// The surface of an API.
    #[must_use]
    pub fn of(api: &Api) -> Self {
        let mut surface = Self::default();
        surface.add_servers(&api.servers);
        types::add(&mut surface, api);
        operations::add(&mut surface, api);
        surface
    }

    /// The lines, sorted.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(String::as_str)
    }

    /// The lines that the other surface lacks, sorted.
    pub fn without<'s>(&'s self, other: &'s Self) -> impl Iterator<Item = &'s str> {
        self.lines.difference(&other.lines).map(String::as_str)
    }

    fn add(&mut self, line: String) {
        self.lines.insert(line);
    }

    fn add_servers(&mut self, servers: &[Server]) {
        for server in servers {
            let url = &server.url;
            if server.variables.is_empty() {
                self.add(format!("client::servers::{} = {url:?}", server.constant));
            } else {
                let arguments: Vec<&str> = server.variables.iter().map(|variable| variable.name.as_str()).collect();
                self.add(format!("client::servers::{}({}) = {url:?}", server.name, arguments.join(", ")));
            }
        }
    }
}

impl fmt::Display for Surface {
    /// One line for each item, each with a line break at its end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

#[cfg(test)]
mod tests;
