//! Files of multipart forms.

use std::fmt;

use http::HeaderMap;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

use crate::body::Body;
use crate::future::{MaybeSend, MaybeSync};
use crate::headers::TypedHeaders;
use crate::validation::Validate;
use crate::value::MaybeAbsent;

/// A file of a multipart form: a body with an optional name and media type.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct File {
    name: Option<String>,
    content_type: Option<String>,
    headers: HeaderMap,
    body: Body,
}

impl File {
    /// A file with a name.
    #[must_use]
    pub fn new(name: impl Into<String>, body: impl Into<Body>) -> Self {
        Self { name: Some(name.into()), ..Self::from(body) }
    }

    /// Sets the media type. The default is that of the document, or `application/octet-stream`.
    #[must_use]
    pub fn with_content_type(self, content_type: impl Into<String>) -> Self {
        Self { content_type: Some(content_type.into()), ..self }
    }

    /// Sets the documented headers of its part. They cannot change the name or the media type.
    #[must_use]
    pub fn with_headers(mut self, headers: &impl TypedHeaders) -> Self {
        headers.write(&mut self.headers);
        self.headers.remove(CONTENT_DISPOSITION);
        self.headers.remove(CONTENT_TYPE);
        self
    }

    /// Sets all headers of its part except those for name and media type.
    #[cfg(feature = "server")]
    pub(crate) fn with_all_headers(mut self, headers: HeaderMap) -> Self {
        self.headers = headers;
        self
    }

    /// Calls `report` while the file is sent; see [`Body::with_progress`].
    #[must_use]
    pub fn with_progress(self, report: impl Fn(u64, Option<u64>) + MaybeSend + MaybeSync + 'static) -> Self {
        Self { body: self.body.with_progress(report), ..self }
    }

    /// The name that the sender provided. Do not use it as a path.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The media type that the sender provided.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The headers of its part, except those for name and media type.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The documented headers of its part; missing and unreadable ones are `None`.
    #[must_use]
    pub fn typed_headers<H: TypedHeaders>(&self) -> H {
        H::read(&self.headers)
    }

    /// The content.
    #[must_use]
    pub fn body(&self) -> &Body {
        &self.body
    }

    /// The content, owned.
    #[must_use]
    pub fn into_body(self) -> Body {
        self.body
    }

    /// Name, media type and body.
    #[must_use]
    pub fn into_parts(self) -> (Option<String>, Option<String>, Body) {
        (self.name, self.content_type, self.body)
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &self.body)
            .finish()
    }
}

/// A file without a name.
impl<B: Into<Body>> From<B> for File {
    fn from(body: B) -> Self {
        Self { name: None, content_type: None, headers: HeaderMap::new(), body: body.into() }
    }
}

/// The files of one field: none, one or several; `None` is `null`.
#[derive(Clone, Debug, Default)]
pub struct Files(pub(crate) Option<Vec<File>>);

impl From<File> for Files {
    fn from(file: File) -> Self {
        Self(Some(vec![file]))
    }
}

impl From<Option<File>> for Files {
    fn from(file: Option<File>) -> Self {
        Self(Some(file.into_iter().collect()))
    }
}

impl From<Vec<File>> for Files {
    fn from(files: Vec<File>) -> Self {
        Self(Some(files))
    }
}

impl From<Option<Vec<File>>> for Files {
    fn from(files: Option<Vec<File>>) -> Self {
        Self(Some(files.unwrap_or_default()))
    }
}

impl<T: Into<Self>> From<MaybeAbsent<T>> for Files {
    fn from(files: MaybeAbsent<T>) -> Self {
        match files {
            MaybeAbsent::Absent => Self(Some(Vec::new())),
            MaybeAbsent::Null => Self(None),
            MaybeAbsent::Value(files) => files.into(),
        }
    }
}

/// The code that reads files also checks them.
impl Validate for File {}
