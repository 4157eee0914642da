//! `corpus --values`: whether a value can be made for each response with a schema, and whether it is
//! valid by our own rules and by a validator of JSON Schema.

mod dialect;

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use specwright::exit::Exit;
use specwright::report::Report;
use specwright_codegen::config::ProviderConfig;
use specwright_codegen::document::{ConfinedReader, VersionLine};
use specwright_codegen::ir::model::{Operation, ResponseBody, ResponseCase, Status};
use specwright_codegen::pipeline;
use specwright_mock::document::{Document, Source, load};
use specwright_mock::respond::{Contents, cases};

use self::dialect::Dialect;

/// What the other validator says about a value that fits several members of a `oneOf`.
const OVERLAP: &str = "is valid under more than one of the schemas listed in the 'oneOf' keyword";

/// The failures of a document that are kept.
const KEPT: usize = 50;

/// The responses of one document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct DocumentValues {
    document: String,
    /// Why nothing was made.
    skipped: Option<String>,
    /// Responses with a schema.
    responses: usize,
    /// How many of them got a value that is valid by our rules.
    made: usize,
    /// How many of the values the other validator accepts.
    accepted: usize,
    /// How many it refuses only because they fit several members of a `oneOf`. No service could tell
    /// these members apart either, and ours take the first one.
    overlapping: usize,
    /// How many of the values it cannot check, because it cannot read the schema.
    unread: usize,
    /// Operations with a success that has a schema.
    operations: usize,
    /// How many of them have a success, from an example or made.
    served: usize,
    /// Responses without a value, by the reason.
    reasons: BTreeMap<String, usize>,
    /// What went wrong: the response, and why.
    failures: Vec<String>,
}

/// Makes values for the responses of one document, in this process.
pub fn of(path: &str) -> DocumentValues {
    let mut made = DocumentValues { document: path.to_owned(), ..DocumentValues::default() };
    let reader = ConfinedReader::new().allow_document(Path::new(path));
    let written = match pipeline::read(path, &reader, None) {
        Ok(repaired) => repaired.document,
        Err(_) => return DocumentValues { skipped: Some("it cannot be read".to_owned()), ..made },
    };
    let Ok(document) = load(&Source::File(path.into()), None, &ProviderConfig::default()) else {
        return DocumentValues { skipped: Some("it has errors".to_owned()), ..made };
    };
    let root = written.root.to_json();
    let dialect = Dialect::new(&root, written.version.line);
    for operation in document.operations {
        let is_success =
            |case: &ResponseCase| operation.ir.responses.success.iter().any(|one| one.status == case.status);
        let contents = Contents::new(document);
        let mut successes =
            cases(operation.ir).filter(|case| is_success(case) && has_schema(&root, operation.ir, case)).peekable();
        if successes.peek().is_some() {
            made.operations += 1;
            made.served += usize::from(successes.any(|case| contents.value(operation.ir, case, None, false).is_ok()));
        }
        for case in cases(operation.ir) {
            made.response(document, &dialect, operation.ir, case);
        }
    }
    made
}

fn has_schema(root: &Value, operation: &Operation, case: &ResponseCase) -> bool {
    schema(root, operation, case).is_some()
}

impl DocumentValues {
    fn response(
        &mut self,
        document: &'static Document,
        dialect: &Dialect<'_>,
        operation: &'static Operation,
        case: &'static ResponseCase,
    ) {
        // The items of a stream are not described by one schema of the document alone.
        if !matches!(case.body, ResponseBody::Json(_) | ResponseBody::Text(_)) {
            return;
        }
        let Some(schema) = schema(dialect.root(), operation, case) else { return };
        self.responses += 1;
        let what = || format!("{} {} {:?}", operation.method.0, operation.path.raw, case.status);
        let value = match Contents::new(document).value(operation, case, None, true) {
            Ok(value) => value.unwrap_or_default(),
            Err(why) => {
                *self.reasons.entry(why.to_string()).or_default() += 1;
                self.fail(&format!("{}: {why}", what()));
                return;
            }
        };
        self.made += 1;
        match dialect.faults(schema, &value) {
            Ok(faults) if faults.is_empty() => self.accepted += 1,
            Ok(faults) if faults.iter().all(|fault| fault.contains(OVERLAP)) => {
                self.overlapping += 1;
                self.fail(&format!("{}: fits several members: {}", what(), faults.join("; ")));
            }
            Ok(faults) => self.fail(&format!("{}: refused: {}", what(), faults.join("; "))),
            Err(why) => {
                self.unread += 1;
                self.fail(&format!("{}: the schema cannot be read: {why}", what()));
            }
        }
    }

    fn fail(&mut self, why: &str) {
        if self.failures.len() < KEPT {
            self.failures.push(why.chars().take(400).collect());
        }
    }
}

/// The schema of a response in the document as it was written.
fn schema<'r>(root: &'r Value, operation: &Operation, case: &ResponseCase) -> Option<&'r Value> {
    let item = followed(root, root.get("paths")?.get(&operation.path.raw)?);
    let method = operation.method.0.to_ascii_lowercase();
    let described = item.get(&method).or_else(|| item.get("additionalOperations")?.get(&operation.method.0))?;
    let responses = described.get("responses")?;
    let response = followed(root, keys(case.status).iter().find_map(|key| responses.get(key))?);
    if let Some(schema) = response.get("schema") {
        return Some(schema);
    }
    let media = case.media.as_ref()?;
    let content = response.get("content")?.as_object()?;
    let (_, content) = content.iter().find(|(key, _)| key.trim().eq_ignore_ascii_case(&media.text))?;
    followed(root, content).get("schema")
}

fn keys(status: Status) -> Vec<String> {
    match status {
        Status::Code(code) => vec![code.to_string()],
        Status::Range(class) => vec![format!("{class}XX"), format!("{class}xx")],
        Status::Default => vec!["default".to_owned()],
    }
}

/// The target of a reference, or the value itself.
fn followed<'r>(root: &'r Value, value: &'r Value) -> &'r Value {
    let mut value = value;
    // Documents with endless chains of references have errors.
    for _ in 0..16 {
        let target = value.get("$ref").and_then(Value::as_str).and_then(|reference| dialect::target(root, reference));
        match target {
            Some(target) => value = target,
            None => break,
        }
    }
    value
}

/// Prints the figures of all documents.
pub fn report(mut all: Vec<DocumentValues>, report: &mut Report) -> Exit {
    all.sort_by(|a, b| a.document.cmp(&b.document));
    report.object(&json!({ "documents": all }));
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for one in &all {
        if let Some(why) = &one.skipped {
            report.line(format_args!("{}: left out: {why}", one.document));
        }
        for failure in &one.failures {
            report.line(format_args!("{}: {failure}", one.document));
        }
        for (reason, count) in &one.reasons {
            *reasons.entry(reason).or_default() += count;
        }
    }
    for (reason, count) in reasons {
        report.line(format_args!("{count} without a value: {reason}"));
    }
    let sum = |figure: fn(&DocumentValues) -> usize| all.iter().map(figure).sum::<usize>();
    let (responses, made, accepted) = (sum(|one| one.responses), sum(|one| one.made), sum(|one| one.accepted));
    let (unread, overlapping) = (sum(|one| one.unread), sum(|one| one.overlapping));
    report.line(format_args!(
        "{responses} responses with a schema: {made} made and valid by our rules, {accepted} accepted by the other \
         validator, {} refused, {overlapping} that fit several members of `oneOf`, {unread} with a schema that it \
         cannot read",
        made - accepted - unread - overlapping
    ));
    let (operations, served) = (sum(|one| one.operations), sum(|one| one.served));
    report.line(format_args!("{operations} operations whose success has a schema: {served} have a response"));
    if made == accepted + unread + overlapping { Exit::Done } else { Exit::Document }
}

impl DocumentValues {
    /// The result for a document whose process ended early.
    pub fn skipped(document: &Path, why: &str) -> Self {
        Self { document: document.display().to_string(), skipped: Some(why.to_owned()), ..Self::default() }
    }
}

/// Whether this version of the format has its own dialect of JSON Schema.
fn is_own_dialect(line: VersionLine) -> bool {
    line < VersionLine::V3_1
}
