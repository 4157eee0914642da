//! The files of a form, one by one, as they arrive.
//!
//! **Invariant:** no file is held in memory. A file that is not read is skipped.

use std::collections::BTreeMap;
use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures::stream::{self, Stream, StreamExt as _};
use multer::Field;

use super::Rejection;
use super::form_field::{belongs, pointer, repeated};
use crate::body::{Body, ByteStream, StreamError};
use crate::descriptor::{MultipartField, PartContent};
use crate::multipart::File;
use crate::multipart::decode::{Head, Parts, ReadError, Received, read_error};
use crate::multipart::pace::Held;
use crate::validation::{Constraints, Violation, check_count};

/// The files of a form, one by one, as they arrive. Read them until there are no more: the request
/// is known to be valid only then.
///
/// ```
/// # use specwright_runtime::server::{Failure, FileParts};
/// # async fn store(mut files: FileParts) -> Result<(), Failure<()>> {
/// while let Some(part) = files.next().await.map_err(Failure::internal)? {
///     let mut content = part.file.into_body().into_stream();
///     // …
/// }
/// # Ok(())
/// # }
/// ```
pub struct FileParts {
    parts: Parts<StreamError>,
    table: &'static [MultipartField],
    held: Held,
    /// The file at which the reading of the fields stopped.
    first: Option<(usize, Head, Field<'static>)>,
    /// The fields that require a file.
    required: &'static [usize],
    /// The fields with a limited number of files.
    counted: Counted,
    /// Whether the form keeps fields that are not documented.
    keeps_rest: bool,
    /// The fields that have arrived, with the number of their files. A field in which no file was chosen
    /// has none.
    seen: BTreeMap<usize, usize>,
    /// The number of files that have been opened.
    opened: usize,
    open: Slot,
    is_over: bool,
}

/// The fields with a limited number of files: their indexes and limits.
pub(super) type Counted = &'static [(usize, &'static Constraints)];

/// The file that is being read, with its number. The file itself and [`FileParts`] share it,
/// because the next part can only be read after this one.
type Slot = Arc<Mutex<Option<(usize, Field<'static>)>>>;

/// A file of a form.
#[derive(Debug)]
#[non_exhaustive]
pub struct FilePart {
    /// The field, as the document names it.
    pub name: &'static str,
    /// The file. Its content can be read until [`FileParts::next`] is called again.
    pub file: File,
}

impl FileParts {
    pub(super) fn new(table: &'static [MultipartField], parts: Parts<StreamError>, held: Held) -> Self {
        Self {
            parts,
            table,
            held,
            first: None,
            required: &[],
            counted: &[],
            keeps_rest: false,
            seen: BTreeMap::new(),
            opened: 0,
            open: Slot::default(),
            is_over: false,
        }
    }

    /// Sets what the form requires of its files, and whether it keeps other fields.
    pub(super) fn with_form(self, required: &'static [usize], counted: Counted, keeps_rest: bool) -> Self {
        Self { required, counted, keeps_rest, ..self }
    }

    /// The fields before the first file, in `most` bytes.
    pub(super) async fn fields(&mut self, most: usize) -> Result<Vec<Received>, StreamError> {
        let (mut fields, mut left) = (Vec::new(), most);
        while let Some((head, mut field)) = self.part().await? {
            if let Some(index) = self.index(&head).filter(|index| self.is_file(*index)) {
                self.first = Some((index, head, field));
                return Ok(fields);
            }
            let mut bytes = Vec::new();
            while let Some(chunk) = self.piece(&mut field).await? {
                left = left.checked_sub(chunk.len()).ok_or(StreamError::TooLarge { limit: most as u64 })?;
                bytes.extend_from_slice(&chunk);
            }
            fields.extend(head.received(bytes.into()));
        }
        self.is_over = true;
        Ok(fields)
    }

    /// The next file. If the one before has not been read to its end, the rest is skipped.
    ///
    /// # Errors
    /// If the form is invalid, unreadable, too large or too slow. If a method returns this error
    /// ([`Failure::internal`](super::Failure::internal)), the response is 422, 400, 413 or 408.
    pub async fn next(&mut self) -> Result<Option<FilePart>, StreamError> {
        let next = self.read_next().await;
        if next.is_err() {
            self.is_over = true;
            (self.required, self.counted) = (&[], &[]);
        }
        next
    }

    async fn read_next(&mut self) -> Result<Option<FilePart>, StreamError> {
        let open = lock(&self.open).take();
        if let Some((_, field)) = open {
            self.skip(field).await?;
        }
        loop {
            let (head, field) = match self.first.take() {
                Some((_, head, field)) => (head, field),
                None if self.is_over => return self.end(),
                None => match self.part().await? {
                    Some(part) => part,
                    None => return self.end(),
                },
            };
            match self.index(&head) {
                Some(index) if self.is_file(index) => {
                    if let Some(part) = self.file(index, head, field).await? {
                        return Ok(Some(part));
                    }
                }
                None if !self.keeps_rest || head.name.is_none() => self.skip(field).await?,
                _ => return Err(late(head.name.as_deref().unwrap_or_default())),
            }
        }
    }

    /// Opens a file; `None` if the part stands for no file.
    async fn file(
        &mut self,
        index: usize,
        head: Head,
        mut field: Field<'static>,
    ) -> Result<Option<FilePart>, StreamError> {
        let Some(known) = self.table.get(index) else { return Ok(None) };
        let is_unnamed = head.file_name.as_deref().is_none_or(str::is_empty);
        let first = if is_unnamed { self.chunk(&mut field).await? } else { None };
        let count = self.seen.entry(index).or_default();
        if is_unnamed && first.is_none() {
            return Ok(None);
        }
        *count += 1;
        let count = *count;
        if !known.repeated && count > 1 {
            return Err(invalid(repeated(known.name)));
        }
        if let Some(violation) = self.miscounted(index, count).filter(|violation| violation.kind == "maxItems") {
            return Err(invalid(Rejection::invalid(vec![violation])));
        }
        self.opened += 1;
        let number = self.opened;
        *lock(&self.open) = Some((number, field));
        let rest = Content { number, open: Arc::clone(&self.open), held: self.held.clone(), is_over: false };
        let content = stream::iter(first.map(Ok)).chain(rest);
        let body = Body::from_stream(ByteStream::new(content));
        Ok(Some(FilePart { name: known.name, file: head.into_file(body) }))
    }

    /// After the last part: the required files that are missing, and the fields with too few files.
    fn end(&mut self) -> Result<Option<FilePart>, StreamError> {
        self.is_over = true;
        let mut faults = Vec::new();
        for index in std::mem::take(&mut self.required) {
            let Some(field) = self.table.get(*index) else { continue };
            let count = self.seen.get(index).copied();
            // A list without files is empty if its field was sent.
            if count.is_none() || (count == Some(0) && !field.repeated) {
                faults.push(Violation::missing(pointer(field.name)));
            }
        }
        let counted = std::mem::take(&mut self.counted).iter();
        faults.extend(counted.filter_map(|(index, limits)| {
            let count = *self.seen.get(index)?;
            miscounted(self.table.get(*index)?, limits, count)
        }));
        if faults.is_empty() { Ok(None) } else { Err(invalid(Rejection::invalid(faults))) }
    }

    /// What the number of a field's files violates.
    fn miscounted(&self, index: usize, count: usize) -> Option<Violation> {
        let (_, limits) = self.counted.iter().find(|(counted, _)| *counted == index)?;
        miscounted(self.table.get(index)?, limits, count)
    }

    async fn skip(&mut self, mut field: Field<'static>) -> Result<(), StreamError> {
        while self.chunk(&mut field).await?.is_some() {}
        Ok(())
    }

    /// The next part.
    async fn part(&mut self) -> Result<Option<(Head, Field<'static>)>, StreamError> {
        let mut next = pin!(self.parts.next());
        poll_fn(|cx| self.held.poll_parser(|| next.as_mut().poll(cx))).await.map_err(unreadable)
    }

    /// The next bytes of a field.
    async fn piece(&self, field: &mut Field<'static>) -> Result<Option<Bytes>, StreamError> {
        let piece = poll_fn(|cx| self.held.poll_parser(|| Pin::new(&mut *field).poll_next(cx))).await;
        piece.transpose().map_err(|error| unreadable(read_error(error)))
    }

    /// The next bytes of a part that are not kept.
    async fn chunk(&self, field: &mut Field<'static>) -> Result<Option<Bytes>, StreamError> {
        while let Some(chunk) = self.piece(field).await? {
            self.held.passed_on(chunk.len());
            if !chunk.is_empty() {
                return Ok(Some(chunk));
            }
        }
        Ok(None)
    }

    fn index(&self, head: &Head) -> Option<usize> {
        let name = head.name.as_deref()?;
        self.table.iter().position(|field| belongs(name, field))
    }

    fn is_file(&self, index: usize) -> bool {
        self.table.get(index).is_some_and(|field| field.content == PartContent::File)
    }
}

impl fmt::Debug for FileParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileParts").field("seen", &self.seen).finish_non_exhaustive()
    }
}

/// The content of a file.
struct Content {
    number: usize,
    open: Slot,
    held: Held,
    is_over: bool,
}

impl Stream for Content {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        let slot = Arc::clone(&self.open);
        let mut open = lock(&slot);
        let Some((_, field)) = open.as_mut().filter(|(number, _)| *number == self.number) else {
            self.is_over = true;
            let error = "the next file of the form was asked for before this one was read";
            return Poll::Ready(Some(Err(StreamError::Transport(error.into()))));
        };
        let chunk = ready!(self.held.poll_parser(|| Pin::new(&mut *field).poll_next(cx)));
        if let Some(Ok(chunk)) = &chunk {
            self.held.passed_on(chunk.len());
        } else {
            self.is_over = true;
            *open = None;
        }
        Poll::Ready(chunk.map(|chunk| chunk.map_err(|error| unreadable(read_error(error)))))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the number of a field's files violates.
fn miscounted(field: &MultipartField, limits: &Constraints, count: usize) -> Option<Violation> {
    let invalid = check_count(limits, count).err()?;
    Some(Violation::new(pointer(field.name), invalid.kind(), invalid.to_string()))
}

/// A field that arrives after a file. It cannot be read before the method is called.
fn late(name: &str) -> StreamError {
    invalid(Rejection::invalid(vec![Violation::new(pointer(name), "order", "must come before the files")]))
}

fn invalid(rejection: Rejection) -> StreamError {
    StreamError::Item(Box::new(rejection))
}

/// The error of a stream that a method can return.
fn unreadable(error: ReadError<StreamError>) -> StreamError {
    match error {
        ReadError::Source(StreamError::TooLarge { limit }) => invalid(Rejection::too_large(limit)),
        ReadError::Source(error) => error,
        ReadError::Malformed(detail) => invalid(Rejection::unreadable("/body", detail)),
        ReadError::TooMany(most) => invalid(Rejection::too_many_parts(most)),
    }
}
