//! The context in which schemas are inspected: the graph of schemas, a budget, and the diagnostics
//! to report.
//!
//! **Invariant:** inspecting makes no type, so a schema may be inspected as often as a union needs.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use super::choices::Chosen;
use super::conjunction::Conjunct;
use super::graph::Graph;
use super::mode::Mode;
use super::{Choices, codes, scalar};
use crate::diagnostics::{CodeInfo, Diagnostic};
use crate::document::Document;
use crate::ir::model::{Foreign, ForeignId, Probe, TagValue};
use crate::limits::{INSPECTIONS, INSPECTIONS_PER_TYPE, LEAST_INSPECTIONS};

/// Tag values of schemas, by address, tag property, mode and remaining depth.
type Claimed<'d> = HashMap<(usize, &'d str, Mode, usize), Vec<TagValue>>;

/// Inspects schemas: classifies a conjunction, and describes its values.
#[derive(Debug)]
pub(super) struct Inspector<'d> {
    pub(super) graph: Graph<'d>,
    /// Schemas and formats that types of other crates replace.
    replaced: Chosen<ForeignId>,
    formats: Chosen<ForeignId>,
    foreign: Vec<Foreign>,
    /// Probes of referenced schemas, by address, mode and remaining depth.
    pub(super) probes: RefCell<HashMap<(usize, Mode, usize), Probe>>,
    /// Of members that are unions, each found once.
    pub(super) claimed: RefCell<Claimed<'d>>,
    /// The diagnostics are collected until the builder takes them, because inspection happens
    /// behind shared references.
    diagnostics: RefCell<Vec<Diagnostic>>,
    /// The number of further schemas that may be inspected for the current type and for all later
    /// ones.
    budget: Cell<u32>,
    budget_of_all: Cell<usize>,
}

impl<'d> Inspector<'d> {
    pub(super) fn new(document: &'d Document, choices: &Choices) -> Self {
        let graph = Graph::new(document, choices);
        graph.mark_components_by_direction();
        let budget_of_all = INSPECTIONS.of(graph.nodes);
        let inspector = Self {
            graph,
            replaced: choices.replaced.clone(),
            formats: choices.formats.clone(),
            foreign: choices.foreign.clone(),
            probes: RefCell::default(),
            claimed: RefCell::default(),
            diagnostics: RefCell::default(),
            budget: Cell::new(INSPECTIONS_PER_TYPE),
            budget_of_all: Cell::new(budget_of_all),
        };
        inspector.report_subtypes();
        inspector
    }

    /// Reports that subtypes are missing.
    fn report_subtypes(&self) {
        if let Some(conjunct) = self.graph.without_subtypes.and_then(|component| self.graph.conjunct(component)) {
            self.report(
                &codes::NESTED_TOO_DEEP,
                &conjunct,
                "too many schemas extend one another: this one and later ones have no subtypes",
                "extend schemas with a discriminator over fewer levels",
            );
        }
    }

    /// The choices, including what has been matched here.
    pub(super) fn take_choices(&mut self, choices: Choices) -> Choices {
        let (replaced, formats) = (std::mem::take(&mut self.replaced), std::mem::take(&mut self.formats));
        Choices { replaced, formats, ..choices }
    }

    /// The type of another crate that replaces a component schema.
    pub(super) fn replacement(&self, conjuncts: &[Conjunct<'_>]) -> Option<ForeignId> {
        let [only] = conjuncts else { return None };
        let component = self.graph.components.get(self.graph.component(only.node)?)?;
        self.replaced.get(component.name).copied()
    }

    /// The type of another crate that replaces the values of a format.
    pub(super) fn format_type(&self, format: &str, json_type: &str) -> Option<ForeignId> {
        let canonical = match format {
            "full-date" => "date",
            "guid" => "uuid",
            "url" => "uri",
            other => other,
        };
        let found = self.formats.get(format).or_else(|| self.formats.get(canonical));
        found.copied().filter(|id| self.json_types(*id) & scalar::json_bits(json_type) != 0)
    }

    /// The JSON types of the values of a type of another crate.
    pub(super) fn json_types(&self, id: ForeignId) -> u8 {
        self.foreign.get(id.0 as usize).map_or(Probe::ALL, |foreign| foreign.json)
    }

    /// Reports a problem of a schema.
    pub(super) fn report(
        &self,
        code: &'static CodeInfo,
        conjunct: &Conjunct<'_>,
        message: impl Into<String>,
        help: &str,
    ) {
        let diagnostic = Diagnostic::new(code, conjunct.span(), message).at(conjunct.path.pointer()).help(help);
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// Reports a problem of the first of these keywords that the schema has.
    pub(super) fn report_at(
        &self,
        code: &'static CodeInfo,
        conjunct: &Conjunct<'_>,
        keywords: &[&str],
        message: &str,
        help: &str,
    ) {
        let object = conjunct.node.as_object();
        let span = keywords.iter().find_map(|keyword| object?.key_span(keyword)).unwrap_or(conjunct.span());
        let diagnostic = Diagnostic::new(code, span, message).at(conjunct.path.pointer()).help(help);
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// Adds a diagnostic.
    pub(super) fn add(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// The diagnostics reported since the last call.
    pub(super) fn take_diagnostics(&self) -> Vec<Diagnostic> {
        self.diagnostics.take()
    }

    /// Starts on another type.
    pub(super) fn reset_budget(&self) {
        let rest = u32::try_from(self.budget_of_all.get()).unwrap_or(u32::MAX);
        self.budget.set(rest.clamp(LEAST_INSPECTIONS, INSPECTIONS_PER_TYPE));
    }

    /// Whether one more schema may be inspected. Otherwise, alternatives that lead to one another
    /// would never end.
    pub(super) fn spend(&self) -> bool {
        let left = self.budget.get();
        self.budget.set(left.saturating_sub(1));
        self.budget_of_all.set(self.budget_of_all.get().saturating_sub(1));
        left > 0 && self.graph.can_merge()
    }
}
