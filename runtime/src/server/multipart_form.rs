//! The parts of a multipart body → the fields of a generated struct.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::form_field::{belongs, missing, pointer, repeated, undocumented};
use super::form_value::{Content, decode, item, piece};
use super::request::Reading;
use super::{FileParts, Rejection};
use crate::MaybeAbsent;
use crate::descriptor::{MultipartField, PartContent};
use crate::multipart::File;
use crate::multipart::decode::Received;
use crate::params::decode::item_as_json;
use crate::validation::{Constraints, Validate, Violation, check_count, validate_lazily};

/// A received multipart body.
#[derive(Debug)]
pub struct Form {
    table: &'static [MultipartField],
    parts: Vec<Received>,
    reading: Reading,
    /// The files that have not arrived, if they are read as they arrive.
    files: Option<FileParts>,
    /// Whether fields that are not documented were asked for.
    keeps_rest: bool,
}

/// A field made of files: one file, an optional or nullable one, or a list.
pub trait FromFiles: Sized {
    /// Converts the files; `None` if their number is wrong.
    fn from_files(files: Vec<File>) -> Option<Self>;

    /// The value of a part without a file: empty and without a name, as for `null` and for the
    /// field of a page in which no file was chosen.
    #[must_use]
    fn none(part: File) -> Option<Self> {
        Self::from_files(vec![part])
    }
}

impl FromFiles for File {
    fn from_files(mut files: Vec<File>) -> Option<Self> {
        files.pop().filter(|_| files.is_empty())
    }
}

/// Without a part, there is no list: a form cannot express an empty one that is required. A page in
/// which no file was chosen sends a part without one, which is an empty list.
impl FromFiles for Vec<File> {
    fn from_files(files: Vec<File>) -> Option<Self> {
        Some(files).filter(|files| !files.is_empty())
    }

    fn none(_: File) -> Option<Self> {
        Some(Self::new())
    }
}

/// If there is no file, the field is `None`.
impl<T: FromFiles> FromFiles for Option<T> {
    fn from_files(files: Vec<File>) -> Option<Self> {
        if files.is_empty() { Some(None) } else { T::from_files(files).map(Some) }
    }

    fn none(_: File) -> Option<Self> {
        Some(None)
    }
}

/// Without a part, the field is absent; with a part without a file, it is `null`.
impl<T: FromFiles> FromFiles for MaybeAbsent<T> {
    fn from_files(files: Vec<File>) -> Option<Self> {
        if files.is_empty() { Some(Self::Absent) } else { T::from_files(files).map(Self::Value) }
    }

    fn none(_: File) -> Option<Self> {
        Some(Self::Null)
    }
}

impl Form {
    pub(super) fn new(table: &'static [MultipartField], parts: Vec<Received>, reading: Reading) -> Self {
        Self { table, parts, reading, files: None, keeps_rest: false }
    }

    pub(super) fn with_files(self, files: FileParts) -> Self {
        Self { files: Some(files), ..self }
    }

    /// The files, which are read as they arrive. `required` has the indexes of the fields that must
    /// be given. Read all fields before.
    ///
    /// # Errors
    /// If this is called twice, or the form was read with its files: 500.
    pub fn files(&mut self, required: &'static [usize]) -> Result<FileParts, Rejection> {
        self.files_with(required, &[])
    }

    /// The files, as [`files`](Self::files). `counted` has the indexes of the fields with a limited number
    /// of files, and their limits.
    ///
    /// # Errors
    /// As [`files`](Self::files).
    pub fn files_with(
        &mut self,
        required: &'static [usize],
        counted: &'static [(usize, &'static Constraints)],
    ) -> Result<FileParts, Rejection> {
        let files = self.files.take().ok_or_else(|| Rejection::internal("the form has no files left".into()))?;
        Ok(files.with_form(required, counted, self.keeps_rest))
    }

    /// Reads a field that is not a file; an `Option` may be absent.
    ///
    /// # Errors
    /// If the field is missing or invalid: 422. If it is not UTF-8: 400.
    pub fn value<T: DeserializeOwned + Validate>(&mut self, index: usize) -> Result<T, Rejection> {
        self.value_with(index, &Constraints::NONE)
    }

    /// Reads a field that is not a file, with constraints beyond its type.
    ///
    /// # Errors
    /// As [`value`](Self::value).
    pub fn value_with<T: DeserializeOwned + Validate>(
        &mut self,
        index: usize,
        constraints: &'static Constraints,
    ) -> Result<T, Rejection> {
        let Some(part) = self.table.get(index) else {
            return Err(undocumented());
        };
        let (received, mut budget) = (self.take_field(part), self.reading.budget);
        let value = budget.spend(|| {
            let value = piece(part, &received).and_then(|item| {
                let value: T = decode(part.name, &item)?;
                let violations = validate_lazily(&value, || pointer(part.name), constraints, self.reading.violations);
                if violations.is_empty() { Ok(value) } else { Err(Rejection::invalid(violations)) }
            });
            value.map_err(|rejection| self.refuse(rejection, index, Some(&received)))
        });
        self.reading.budget = budget;
        value
    }

    /// Adds the faults of this field and of those after it, since those before it were valid.
    /// `received` holds the parts of this field, or is `None` if no other fault can be found in it.
    fn refuse(&self, rejection: Rejection, index: usize, received: Option<&[Received]>) -> Rejection {
        let Some((schemas, schema)) = self.reading.schema.get() else { return rejection };
        let schema = schemas.resolved(schema);
        let mut faults = Vec::new();
        for (at, field) in self.table.iter().enumerate().skip(index) {
            let later: Vec<Received>;
            if field.content == PartContent::File && self.files.is_some() {
                continue;
            }
            let received = match received {
                None if at == index => continue,
                Some(received) if at == index => received,
                _ => {
                    later = self.parts.iter().filter(|part| belongs(&part.name, field)).cloned().collect();
                    &later
                }
            };
            if received.is_empty() {
                let missing = || Violation::missing(pointer(field.name));
                faults.extend(schema.requires(field.name).then(missing));
            } else if field.content != PartContent::File {
                let property = schema.property(field.name);
                match piece(field, received).map(|item| item_as_json(&item, schemas, property)) {
                    Ok(value) => {
                        faults.extend(schemas.faults(property, &value, &pointer(field.name), self.reading.violations));
                    }
                    Err(unreadable) => faults.extend_from_slice(unreadable.violations()),
                }
            }
        }
        rejection.with_faults(faults, self.reading.violations)
    }

    /// Reads a field for which `null` is a value.
    ///
    /// # Errors
    /// As [`value`](Self::value).
    pub fn maybe<T: DeserializeOwned>(&mut self, index: usize) -> Result<MaybeAbsent<T>, Rejection>
    where
        Option<T>: Validate,
    {
        self.maybe_with(index, &Constraints::NONE)
    }

    /// Reads a field for which `null` is a value, with constraints beyond its type.
    ///
    /// # Errors
    /// As [`value`](Self::value).
    pub fn maybe_with<T: DeserializeOwned>(
        &mut self,
        index: usize,
        constraints: &'static Constraints,
    ) -> Result<MaybeAbsent<T>, Rejection>
    where
        Option<T>: Validate,
    {
        if !self.has(index) {
            return Ok(MaybeAbsent::Absent);
        }
        self.value_with::<Option<T>>(index, constraints).map(MaybeAbsent::from)
    }

    /// Reads a field that must be given, and for which `null` is a value.
    ///
    /// # Errors
    /// As [`value`](Self::value).
    pub fn nullable<T: DeserializeOwned>(&mut self, index: usize) -> Result<Option<T>, Rejection>
    where
        Option<T>: Validate,
    {
        self.nullable_with(index, &Constraints::NONE)
    }

    /// Reads a field that must be given, and for which `null` is a value, with constraints beyond
    /// its type.
    ///
    /// # Errors
    /// As [`value`](Self::value).
    pub fn nullable_with<T: DeserializeOwned>(
        &mut self,
        index: usize,
        constraints: &'static Constraints,
    ) -> Result<Option<T>, Rejection>
    where
        Option<T>: Validate,
    {
        match self.maybe_with(index, constraints)? {
            MaybeAbsent::Value(value) => Ok(Some(value)),
            MaybeAbsent::Null => Ok(None),
            MaybeAbsent::Absent => {
                let name = self.table.get(index).map_or("", |part| part.name);
                Err(self.refuse(missing(name), index, None))
            }
        }
    }

    /// Whether a field has a part.
    fn has(&self, index: usize) -> bool {
        self.table.get(index).is_some_and(|field| self.parts.iter().any(|part| belongs(&part.name, field)))
    }

    /// Reads the files of a field.
    ///
    /// # Errors
    /// If a required file is missing, or a single one is repeated: 422.
    pub fn file<T: FromFiles>(&mut self, index: usize) -> Result<T, Rejection> {
        self.file_with(index, &Constraints::NONE)
    }

    /// Reads the files of a field, whose number is limited.
    ///
    /// # Errors
    /// As [`file`](Self::file), and if there are too few or too many files: 422.
    pub fn file_with<T: FromFiles>(&mut self, index: usize, constraints: &'static Constraints) -> Result<T, Rejection> {
        let Some(part) = self.table.get(index) else {
            return Err(undocumented());
        };
        let mut received = self.take(part.name);
        let is_none = matches!(received.as_slice(), [only] if only.is_no_file());
        let count = if is_none { 0 } else { received.len() };
        if let Some(Err(invalid)) = (!received.is_empty()).then(|| check_count(constraints, count)) {
            let violation = Violation::new(pointer(part.name), invalid.kind(), invalid.to_string());
            return Err(self.refuse(Rejection::invalid(vec![violation]), index, None));
        }
        let fault = if received.is_empty() { missing } else { repeated };
        let field = match received.pop() {
            Some(part) if is_none => T::none(part.into_file()),
            last => T::from_files(received.into_iter().chain(last).map(Received::into_file).collect()),
        };
        field.ok_or_else(|| self.refuse(fault(part.name), index, None))
    }

    /// Reads the parts that the table does not name.
    ///
    /// # Errors
    /// As [`value`](Self::value).
    pub fn rest<T: DeserializeOwned + Validate>(&mut self) -> Result<BTreeMap<String, T>, Rejection> {
        self.keeps_rest = true;
        let mut rest = BTreeMap::new();
        while let Some(name) = self.next_unnamed() {
            let received = self.take(&name);
            let most = self.reading.violations;
            let value = self.reading.budget.spend(|| {
                let value: T = decode(&name, &item(&name, &received, Content::of(&received, false))?)?;
                let violations = validate_lazily(&value, || pointer(&name), &Constraints::NONE, most);
                if violations.is_empty() { Ok(value) } else { Err(Rejection::invalid(violations)) }
            })?;
            rest.insert(name, value);
        }
        Ok(rest)
    }

    /// [`rest`](Self::rest), without the fields that are sent only in responses.
    ///
    /// # Errors
    /// As [`value`](Self::value).
    pub fn rest_except<T: DeserializeOwned + Validate>(
        &mut self,
        unsent: &[&str],
    ) -> Result<BTreeMap<String, T>, Rejection> {
        drop(self.take_if(|part| unsent.contains(&part.name.as_str())));
        self.rest()
    }

    fn next_unnamed(&self) -> Option<String> {
        let unnamed = |part: &&Received| self.table.iter().all(|known| !belongs(&part.name, known));
        self.parts.iter().find(unnamed).map(|part| part.name.clone())
    }

    fn take(&mut self, name: &str) -> Vec<Received> {
        self.take_if(|part| part.name == name)
    }

    fn take_field(&mut self, field: &MultipartField) -> Vec<Received> {
        self.take_if(|part| belongs(&part.name, field))
    }

    fn take_if(&mut self, wanted: impl Fn(&Received) -> bool) -> Vec<Received> {
        let (taken, left) = std::mem::take(&mut self.parts).into_iter().partition(wanted);
        self.parts = left;
        taken
    }
}
