//! A request → the input of its operation, or its refusal. This does what the handlers of a
//! generated server do, in the same order.

use futures::{Stream, StreamExt as _};
use serde_json::{Map, Value};
use specwright_runtime::descriptor::MultipartField;
use specwright_runtime::security::{CredentialSet, Presented};
use specwright_runtime::server::{AuthError, Failure, Form, Rejection, Request, respond};
use specwright_runtime::{ByName, Events, File, Never, StreamError};

use crate::document::{Auth, Body, BodyKind, Operation, OtherParts, Part, PartAbsence};
use crate::types::{Typed, expecting, expecting_now};

/// The content of a valid request.
#[derive(Debug, Default)]
pub struct Input {
    /// The values of the parameters, in the order of the document.
    pub parameters: Vec<Option<Typed>>,
    /// The body as JSON; `None` if there is none, or if it is bytes.
    pub body: Option<Value>,
}

/// Credentials of any scheme. The mock accepts all that are complete.
#[derive(Clone, Debug)]
struct AnyCredentials;

impl CredentialSet for AnyCredentials {
    fn present(self) -> Presented {
        Presented::new()
    }

    fn recognize(_: Presented) -> Option<Self> {
        Some(Self)
    }
}

/// Reads and validates a request.
///
/// # Errors
/// If a generated server would refuse it.
pub async fn read(operation: &'static Operation, request: &mut Request) -> Result<Input, Rejection> {
    authenticate(operation.auth, request)?;
    let mut parameters = Vec::with_capacity(operation.parameters.len());
    for (index, parameter) in operation.parameters.iter().enumerate() {
        let (ty, constraints) = (parameter.ty, parameter.ty.constraints);
        parameters.push(expecting_now(ty, || {
            if parameter.required {
                request.required_with::<Typed>(index, constraints).map(Some)
            } else {
                request.optional_with::<Typed>(index, constraints)
            }
        })?);
    }
    let body = body(operation, request).await?;
    Ok(Input { parameters, body })
}

fn authenticate(auth: Auth, request: &mut Request) -> Result<(), Rejection> {
    match auth {
        Auth::None => return request.admit_anyone(),
        Auth::Required => {
            request.credentials::<AnyCredentials>()?;
        }
        Auth::Optional => {
            request.optional_credentials::<AnyCredentials>()?;
        }
    }
    request.admit(Ok::<(), AuthError>(()))
}

async fn body(operation: &'static Operation, request: &mut Request) -> Result<Option<Value>, Rejection> {
    let Some(described) = operation.descriptor.body else { return Ok(None) };
    let media = if described.required { Some(request.media()?) } else { request.optional_media() };
    let content = media.and_then(|media| operation.content(media));
    match content {
        Some(content) => read_body(content, request).await,
        None => Ok(None),
    }
}

async fn read_body(body: &'static Body, request: &mut Request) -> Result<Option<Value>, Rejection> {
    let typed = match &body.kind {
        BodyKind::Json(ty) => expecting(ty, request.json_with::<Typed>(ty.constraints)).await?,
        BodyKind::Text(ty) => expecting(ty, request.text_with::<Typed>(ty.constraints)).await?,
        BodyKind::Form(ty, fields) => expecting(ty, request.form::<Typed>(fields)).await?,
        BodyKind::Multipart { fields, parts, rest } => {
            let read = |form: &mut Form| form_parts(form, fields, parts, *rest);
            return request.multipart(fields, read).await.map(Some);
        }
        BodyKind::Lines(ty) => {
            let lines = request.lines_with::<Typed>(ty.constraints)?;
            return expecting(ty, items(lines)).await.map(Some);
        }
        BodyKind::Events(ty) => {
            let events: Events<Typed> = request.events_with(ty.constraints)?;
            return expecting(ty, items(events)).await.map(Some);
        }
        BodyKind::EventsByName(ty) => {
            let events: Events<Typed, ByName> = request.events_with(ty.constraints)?;
            return expecting(ty, items(events)).await.map(Some);
        }
        BodyKind::Binary => {
            request.body()?;
            return Ok(None);
        }
    };
    Ok(Some(typed.to_json()))
}

/// Reads a stream to its end. Only the number of its items is kept.
async fn items<T>(mut stream: impl Stream<Item = Result<T, StreamError>> + Unpin) -> Result<Value, Rejection> {
    let mut count = 0_u64;
    while let Some(item) = stream.next().await {
        if let Err(error) = item {
            return respond::<Never, Never>(Err(Failure::internal(error))).map(|_| Value::Null);
        }
        count += 1;
    }
    Ok(Value::from(count))
}

/// The parts of a form as JSON. Files are represented by their names.
fn form_parts(
    form: &mut Form,
    fields: &'static [MultipartField],
    parts: &[Part],
    rest: Option<OtherParts>,
) -> Result<Value, Rejection> {
    let mut body = Map::new();
    for (index, (part, field)) in parts.iter().zip(fields).enumerate() {
        if let Some(value) = self::part(form, index, part)? {
            body.insert(field.name.to_owned(), value);
        }
    }
    if let Some(OtherParts { ty, unsent }) = rest {
        let others = expecting_now(ty, || form.rest_except::<Typed>(unsent))?;
        body.extend(others.iter().map(|(name, value)| (name.clone(), value.to_json())));
    }
    Ok(Value::Object(body))
}

fn part(form: &mut Form, index: usize, part: &Part) -> Result<Option<Value>, Rejection> {
    let (ty, constraints) = (part.ty, part.ty.constraints);
    if let Some(several) = part.file {
        return file(form, index, several, part);
    }
    let value = expecting_now(ty, || match part.absence {
        PartAbsence::Never => form.value_with::<Typed>(index, constraints).map(Some),
        PartAbsence::Absent => form.value_with::<Option<Typed>>(index, constraints),
        PartAbsence::Null => form.nullable_with::<Typed>(index, constraints),
        PartAbsence::AbsentOrNull => form.maybe_with::<Typed>(index, constraints).map(|maybe| maybe.value().cloned()),
    })?;
    Ok(value.map(|value| value.to_json()))
}

fn file(form: &mut Form, index: usize, several: bool, part: &Part) -> Result<Option<Value>, Rejection> {
    let name = |file: &File| Value::from(file.name().unwrap_or("file"));
    let is_optional = part.absence != PartAbsence::Never;
    let constraints = part.ty.constraints;
    Ok(match (several, is_optional) {
        (false, false) => Some(name(&form.file_with::<File>(index, constraints)?)),
        (false, true) => form.file_with::<Option<File>>(index, constraints)?.as_ref().map(name),
        (true, false) => Some(form.file_with::<Vec<File>>(index, constraints)?.iter().map(name).collect()),
        (true, true) => {
            form.file_with::<Option<Vec<File>>>(index, constraints)?.map(|files| files.iter().map(name).collect())
        }
    })
}
