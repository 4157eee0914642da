//! Chooses the documented response to a request: the one with the preferred status, or the first
//! success. Among its media types, `Accept` decides.

use specwright_codegen::ir::model::{Operation, ResponseBody, ResponseCase, Status};
use specwright_runtime::server::Context;

use super::prefer::Prefer;

/// A documented response, with the status to send.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// The index among all responses of the operation. Successes come first.
    pub case: usize,
    /// The status.
    pub status: u16,
}

/// All responses of an operation. Successes come first.
pub fn cases(operation: &Operation) -> impl Iterator<Item = &ResponseCase> {
    operation.responses.success.iter().chain(&operation.responses.error)
}

/// The response to a request.
///
/// # Errors
/// If the operation documents no such response. The text lists those that it documents.
pub fn choose(operation: &Operation, prefer: &Prefer, context: &Context) -> Result<Choice, String> {
    let status = match (&prefer.unreadable, prefer.code) {
        (Some(why), _) => return Err(format!("the header `Prefer` cannot be read: {why}")),
        (None, Some(code)) => code,
        (None, None) => first_success(operation)?,
    };
    let found = with_status(operation, status);
    let media: Vec<&str> = found.iter().map(|(_, case)| case.media.as_ref().map_or("*/*", |one| &one.text)).collect();
    let preferred = context.preferred(&media).unwrap_or_default();
    match found.get(preferred) {
        Some((case, _)) => Ok(Choice { case: *case, status }),
        None => Err(format!("`{}` documents these statuses: {}", operation.id, statuses(operation).join(", "))),
    }
}

/// The index, among all responses, of the first success that is JSON, or else of the first success.
#[must_use]
pub fn choose_success(operation: &Operation) -> Option<usize> {
    let found = with_status(operation, first_success(operation).ok()?);
    let json = found.iter().find(|(_, case)| matches!(case.body, ResponseBody::Json(_)));
    json.or(found.first()).map(|(index, _)| *index)
}

/// The documented response with a status, in a media type that the request accepts.
#[must_use]
pub fn choose_with(operation: &Operation, status: u16, context: &Context) -> Option<Choice> {
    let prefer = Prefer { code: Some(status), ..Prefer::default() };
    choose(operation, &prefer, context).ok()
}

/// The responses with a status, from its most specific description. Each has its index among all
/// responses of the operation.
#[must_use]
pub fn with_status(operation: &Operation, status: u16) -> Vec<(usize, &ResponseCase)> {
    let all: Vec<(usize, &ResponseCase)> = cases(operation).enumerate().collect();
    let exact = [Status::Code(status), Status::Range(u8::try_from(status / 100).unwrap_or_default()), Status::Default];
    let with = |wanted: Status| all.iter().filter(move |(_, case)| case.status == wanted).copied().collect::<Vec<_>>();
    exact.into_iter().map(with).find(|found| !found.is_empty()).unwrap_or_default()
}

/// The status of a success: the lowest one from 200 on.
fn first_success(operation: &Operation) -> Result<u16, String> {
    let status = |case: &ResponseCase| match case.status {
        Status::Code(code) => Some(code).filter(|code| *code >= 200),
        Status::Range(class) => Some(u16::from(class) * 100).filter(|code| *code >= 200),
        Status::Default => Some(200),
    };
    let found = operation.responses.success.iter().filter_map(status).min();
    found.ok_or_else(|| format!("`{}` documents no success", operation.id))
}

/// The statuses that an operation documents.
fn statuses(operation: &Operation) -> Vec<String> {
    let mut statuses: Vec<String> = cases(operation).map(|case| text(case.status)).collect();
    statuses.dedup();
    statuses
}

/// The key of a status in the document.
pub(super) fn text(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "default".to_owned(),
    }
}
