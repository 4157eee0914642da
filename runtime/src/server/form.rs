//! The parts of a multipart body → the fields of a generated struct.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::Rejection;
use crate::descriptor::{MultipartField, PartContent};
use crate::limits::PATTERN_STEPS;
use crate::multipart::File;
use crate::multipart::decode::Received;
use crate::params::decode::{Item, ParamDecodeError, attempt};
use crate::validation::validator::push_key;
use crate::validation::{Bounded, Constraints, Validate, Violation, validate_lazily};

/// A received multipart body.
#[derive(Debug)]
pub struct Form {
    table: &'static [MultipartField],
    parts: Vec<Received>,
    violations: usize,
    /// The steps that are left for patterns.
    pattern_steps: u64,
}

/// A field made of files: one file, an optional one, or a list.
pub trait FromFiles: Sized {
    /// Converts the files; `None` if their number is wrong.
    fn from_files(files: Vec<File>) -> Option<Self>;
}

impl FromFiles for File {
    fn from_files(mut files: Vec<File>) -> Option<Self> {
        files.pop().filter(|_| files.is_empty())
    }
}

impl FromFiles for Vec<File> {
    fn from_files(files: Vec<File>) -> Option<Self> {
        Some(files)
    }
}

/// No file is `None`.
impl<T: FromFiles> FromFiles for Option<T> {
    fn from_files(files: Vec<File>) -> Option<Self> {
        if files.is_empty() { Some(None) } else { T::from_files(files).map(Some) }
    }
}

impl Form {
    pub(super) fn new(table: &'static [MultipartField], parts: Vec<Received>, violations: usize) -> Self {
        Self { table, parts, violations, pattern_steps: PATTERN_STEPS }
    }

    /// Reads a field that is not a file; an `Option` may be absent.
    ///
    /// # Errors
    /// If the field is missing or invalid: 422; if it is not UTF-8: 400.
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
            return Err(invalid_field("", "must be documented"));
        };
        let received = self.take(part.name);
        let json = part.content == PartContent::Json || received.iter().any(Received::is_json);
        let bounded = Bounded::by(self.pattern_steps);
        let value = read(part.name, &received, json, part.repeated)?;
        let violations = validate_lazily(&value, || pointer(part.name), constraints, self.violations);
        self.pattern_steps = bounded.left();
        if violations.is_empty() { Ok(value) } else { Err(Rejection::invalid(violations)) }
    }

    /// Reads the files of a field.
    ///
    /// # Errors
    /// If a required file is missing, or a single one is repeated: 422.
    pub fn file<T: FromFiles>(&mut self, index: usize) -> Result<T, Rejection> {
        let Some(part) = self.table.get(index) else {
            return Err(invalid_field("", "must be documented"));
        };
        let files = self.take(part.name).into_iter().map(Received::into_file).collect();
        T::from_files(files).ok_or_else(|| invalid_field(part.name, "must be given once"))
    }

    /// Reads the parts that the table does not name.
    ///
    /// # Errors
    /// As [`value`](Self::value).
    pub fn rest<T: DeserializeOwned + Validate>(&mut self) -> Result<BTreeMap<String, T>, Rejection> {
        let mut rest = BTreeMap::new();
        while let Some(name) = self.next_unnamed() {
            let received = self.take(&name);
            let json = received.iter().any(Received::is_json);
            let bounded = Bounded::by(self.pattern_steps);
            let value: T = read(&name, &received, json, received.len() > 1)?;
            let violations = validate_lazily(&value, || pointer(&name), &Constraints::NONE, self.violations);
            self.pattern_steps = bounded.left();
            if !violations.is_empty() {
                return Err(Rejection::invalid(violations));
            }
            rest.insert(name, value);
        }
        Ok(rest)
    }

    fn next_unnamed(&self) -> Option<String> {
        let unnamed = |part: &&Received| self.table.iter().all(|known| known.name != part.name);
        self.parts.iter().find(unnamed).map(|part| part.name.clone())
    }

    fn take(&mut self, name: &str) -> Vec<Received> {
        let (taken, left) = std::mem::take(&mut self.parts).into_iter().partition(|part| part.name == name);
        self.parts = left;
        taken
    }
}

fn read<T: DeserializeOwned>(name: &str, received: &[Received], json: bool, repeated: bool) -> Result<T, Rejection> {
    let texts = received.iter().map(|part| std::str::from_utf8(&part.bytes).map(Cow::Borrowed));
    let texts: Vec<Cow<'_, str>> =
        texts.collect::<Result<_, _>>().map_err(|_| Rejection::malformed(pointer(name), "must be UTF-8".to_owned()))?;
    let item = match texts.as_slice() {
        [] => Item::Absent,
        [text] if !repeated && json => Item::Json(text.clone()),
        [text] if !repeated => Item::Text(text.clone()),
        _ if json => Item::Jsons(texts),
        _ => Item::Texts(texts),
    };
    attempt(|mode| T::deserialize(item.clone().with(mode))).map_err(|error| match error {
        ParamDecodeError::Absent => invalid_field(name, "must be given"),
        ParamDecodeError::Invalid { pointer: within, detail } => {
            Rejection::invalid(vec![Violation { pointer: pointer(name) + &within, detail }])
        }
    })
}

fn pointer(name: &str) -> String {
    let mut pointer = "/body".to_owned();
    push_key(&mut pointer, name);
    pointer
}

fn invalid_field(name: &str, detail: &str) -> Rejection {
    Rejection::invalid(vec![Violation { pointer: pointer(name), detail: detail.to_owned() }])
}
