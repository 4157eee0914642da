//! Typed fields and files → parts between boundaries, streamed if a file is.

use std::collections::BTreeMap;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use serde::Serialize;
use serde_json::Value;

use super::disposition;
use super::file::{File, Files};
use crate::MaybeAbsent;
use crate::body::Body;
use crate::descriptor::{FormField, MultipartField, PartContent};
use crate::form;
use crate::media::Media;
use crate::params::{ParamError, ParamValue};
use crate::random;

/// Builds a multipart body, part by part.
pub struct Multipart {
    table: &'static [MultipartField],
    boundary: String,
    bodies: Vec<Body>,
    problem: Option<ParamError>,
    /// The fields that are not files, until they are validated.
    #[cfg(all(feature = "client", feature = "validate"))]
    pub(crate) fields: Vec<(String, Value)>,
}

/// Shows no values, which may be secrets.
impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Multipart")
            .field("bodies", &self.bodies)
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}

impl Multipart {
    /// A body without parts. `table` describes how each field is written.
    #[must_use]
    pub fn new(table: &'static [MultipartField]) -> Self {
        let boundary = format!("part-{:016x}{:016x}", random::bits(), random::bits());
        Self {
            table,
            boundary,
            bodies: Vec::new(),
            problem: None,
            #[cfg(all(feature = "client", feature = "validate"))]
            fields: Vec::new(),
        }
    }

    /// Adds a field: one part, or one for each item if the field is repeated; no part for `None`.
    pub fn value<T: Serialize + ?Sized>(&mut self, index: usize, value: &T) {
        let Some(part) = self.table.get(index) else { return };
        self.keep(part.name, value);
        if let Some(field) = part.styled() {
            return self.styled(&field, value);
        }
        match serde_json::to_value(value) {
            Ok(Value::Null) => {}
            Ok(Value::Array(items)) if part.repeated => items.iter().for_each(|item| self.json_value(part, item)),
            Ok(value) => self.json_value(part, &value),
            Err(error) => self.refuse(part.name, &error.to_string()),
        }
    }

    /// Adds a field that may be absent or `null`. An absent field adds nothing; any other is added
    /// as by [`nullable`](Self::nullable).
    pub fn maybe<T: Serialize + ?Sized>(&mut self, index: usize, value: MaybeAbsent<&T>) {
        if !value.is_absent() {
            self.nullable(index, value.into_option());
        }
    }

    /// Adds a field for which `null` is a value: an empty part, or `null` if the part is JSON.
    pub fn nullable<T: Serialize + ?Sized>(&mut self, index: usize, value: Option<&T>) {
        let Some(part) = self.table.get(index) else { return };
        match value {
            Some(value) => self.value(index, value),
            None if part.content == PartContent::Json && part.style.is_none() => self.json_value(part, &Value::Null),
            None => self.push(part.name, None, None, Bytes::new().into()),
        }
    }

    /// Adds a field in the style of a form.
    fn styled<T: Serialize + ?Sized>(&mut self, field: &FormField, value: &T) {
        let written = ParamValue::of(value).and_then(|value| match value {
            ParamValue::Null => Ok(()),
            value => form::pairs(field.name, field, &value, &mut |name, text| {
                self.push(name, None, None, text.to_owned().into());
            }),
        });
        if let Err(error) = written {
            self.refuse(field.name, &error.to_string());
        }
    }

    /// Adds the files of a field; `null` is an empty part without a name.
    pub fn file(&mut self, index: usize, files: impl Into<Files>) {
        let Some(part) = self.table.get(index) else { return };
        match files.into().0 {
            Some(files) => files.into_iter().for_each(|file| self.push_file(part, file)),
            None => self.push(part.name, None, None, Bytes::new().into()),
        }
    }

    /// Adds properties that the table does not name. Scalars are written as text, objects and lists
    /// as JSON.
    pub fn rest<T: Serialize>(&mut self, entries: &BTreeMap<String, T>) {
        for (name, value) in entries {
            self.keep(name, value);
            match serde_json::to_value(value) {
                Ok(Value::Array(items)) => items.iter().for_each(|item| self.plain(name, None, item)),
                Ok(value) => self.plain(name, None, &value),
                Err(error) => self.refuse(name, &error.to_string()),
            }
        }
    }

    /// Returns the `Content-Type`, with its boundary, and the body.
    ///
    /// # Errors
    /// If a field could not be written.
    pub fn finish(mut self, media: &str) -> Result<(String, Body), ParamError> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        self.bodies.push(format!("--{}--\r\n", self.boundary).into());
        let essence = Media::parse(media).essence();
        let essence = if essence.contains('*') { "multipart/form-data" } else { essence };
        Ok((format!("{essence}; boundary={}", self.boundary), Body::concat(self.bodies)))
    }

    /// Keeps the JSON of a field, for its validation. `null` means that the field is absent.
    #[cfg(all(feature = "client", feature = "validate"))]
    fn keep<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        let json = serde_json::to_value(value).ok().filter(|json| !json.is_null());
        self.fields.extend(json.map(|json| (name.to_owned(), json)));
    }

    #[cfg(not(all(feature = "client", feature = "validate")))]
    #[expect(clippy::unused_self, reason = "the feature `validate` uses it")]
    fn keep<T: ?Sized>(&self, _: &str, _: &T) {}

    fn refuse(&mut self, name: &str, message: &str) {
        self.problem.get_or_insert_with(|| ParamError::new(format!("part `{name}`: {message}")));
    }

    fn json_value(&mut self, part: &MultipartField, value: &Value) {
        match (part.content, value) {
            (PartContent::Json, value) => {
                let media = fixed(part.content_type).unwrap_or("application/json");
                self.push(part.name, None, Some(media), value.to_string().into());
            }
            (_, Value::Null) => {}
            (PartContent::Text | PartContent::File, value) => self.plain(part.name, fixed(part.content_type), value),
        }
    }

    /// Writes scalars as text, anything else as JSON.
    fn plain(&mut self, name: &str, media: Option<&str>, value: &Value) {
        match value {
            Value::Null => {}
            Value::String(text) => self.push(name, None, media, text.clone().into()),
            Value::Bool(_) | Value::Number(_) => self.push(name, None, media, value.to_string().into()),
            Value::Array(_) | Value::Object(_) => {
                self.push(name, None, media.or(Some("application/json")), value.to_string().into());
            }
        }
    }

    fn push_file(&mut self, part: &MultipartField, file: File) {
        let headers = lines(file.headers());
        let (name, content_type, body) = file.into_parts();
        let documented = fixed(part.content_type).unwrap_or("application/octet-stream");
        let media = content_type.as_deref().unwrap_or(documented);
        if HeaderValue::from_str(media).is_err() {
            return self.refuse(part.name, "the content type of its file cannot be a header");
        }
        let mut head = self.head(part.name, Some(name.as_deref().unwrap_or(part.name)), Some(media)).into_bytes();
        head.extend(headers);
        self.push_part(head, body);
    }

    fn push(&mut self, name: &str, file: Option<&str>, media: Option<&str>, body: Body) {
        let head = self.head(name, file, media);
        self.push_part(head.into_bytes(), body);
    }

    fn push_part(&mut self, mut head: Vec<u8>, body: Body) {
        head.extend(b"\r\n");
        self.bodies.extend([head.into(), body, Bytes::from_static(b"\r\n").into()]);
    }

    /// The headers that every part has.
    fn head(&self, name: &str, file: Option<&str>, media: Option<&str>) -> String {
        let mut head = format!("--{}\r\nContent-Disposition: ", self.boundary);
        disposition::push(&mut head, name, file);
        if let Some(media) = media {
            head.extend(["\r\nContent-Type: ", media]);
        }
        head.push_str("\r\n");
        head
    }
}

/// Headers as lines. Their values are `HeaderValue`s, so they contain no line breaks.
fn lines(headers: &HeaderMap) -> Vec<u8> {
    let lines =
        headers.iter().map(|(name, value)| [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    lines.collect::<Vec<_>>().concat()
}

/// The content type that the document names, if it names exactly one and no range.
fn fixed(content_type: Option<&'static str>) -> Option<&'static str> {
    content_type.filter(|media| !media.contains([',', '*']))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use bytes::Bytes;
    use futures::executor::block_on;
    use http::HeaderMap;
    use serde_json::json;

    use super::Multipart;
    use crate::body::{Body, ByteStream};
    use crate::descriptor::{MultipartField, PartContent};
    use crate::headers::TypedHeaders;
    use crate::multipart::File;

    static PARTS: [MultipartField; 4] = [
        MultipartField { name: "title", ..MultipartField::TEXT },
        MultipartField { name: "meta", content: PartContent::Json, ..MultipartField::TEXT },
        MultipartField { name: "tag", repeated: true, ..MultipartField::TEXT },
        MultipartField {
            name: "avatar",
            content: PartContent::File,
            content_type: Some("image/png"),
            ..MultipartField::TEXT
        },
    ];

    fn finish(form: Multipart) -> (String, Body) {
        let (media, body) = form.finish("multipart/form-data").unwrap();
        (media.strip_prefix("multipart/form-data; boundary=").unwrap().to_owned(), body)
    }

    #[test]
    fn each_kind_of_part_is_written_between_boundaries() {
        let mut form = Multipart::new(&PARTS);
        form.value(0, "a\nb");
        form.value(1, &json!({ "n": 1 }));
        form.value(2, &["x", "y"]);
        form.value(2, &None::<u8>);
        form.file(3, File::new("a\".png", Bytes::from_static(b"\x89PNG")));
        form.rest(&BTreeMap::from([("more".to_owned(), json!(true))]));
        let (boundary, body) = finish(form);
        let expected = [
            "--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\na\nb\r\n",
            "--B\r\nContent-Disposition: form-data; name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"n\":1}\r\n",
            "--B\r\nContent-Disposition: form-data; name=\"tag\"\r\n\r\nx\r\n",
            "--B\r\nContent-Disposition: form-data; name=\"tag\"\r\n\r\ny\r\n",
            "--B\r\nContent-Disposition: form-data; name=\"avatar\"; filename=\"a%22.png\"\r\nContent-Type: image/png\r\n\r\n",
        ]
        .concat()
        .replace("--B", &format!("--{boundary}"));
        let bytes = block_on(body.collect(9999)).unwrap();
        assert!(bytes.starts_with(expected.as_bytes()));
        assert!(bytes.ends_with(format!("true\r\n--{boundary}--\r\n").as_bytes()));
    }

    /// Headers like those of a generated struct, and two that no file may set.
    struct Sized(Option<String>);

    impl TypedHeaders for Sized {
        fn read(headers: &HeaderMap) -> Self {
            Self(crate::headers::read(headers, "X-Size", false))
        }

        fn write(&self, headers: &mut HeaderMap) {
            crate::headers::write(headers, "X-Size", false, &self.0);
            crate::headers::write(headers, "Content-Type", false, &"text/html");
            crate::headers::write(headers, "Content-Disposition", false, &"form-data; name=title");
        }
    }

    #[test]
    fn headers_of_a_file_cannot_begin_another_line_or_name_another_part() {
        let mut form = Multipart::new(&PARTS);
        let file = File::new("a", "x").with_headers(&Sized(Some("1,2".to_owned())));
        assert_eq!(file.typed_headers::<Sized>().0.as_deref(), Some("1,2"));
        form.file(3, vec![file, File::new("b", "y").with_headers(&Sized(Some("1\r\nX: y".to_owned())))]);
        let (boundary, body) = finish(form);
        let part = |name: &str, rest: &str| {
            let name = format!("form-data; name=\"avatar\"; filename=\"{name}\"");
            format!("--{boundary}\r\nContent-Disposition: {name}\r\nContent-Type: image/png\r\n{rest}\r\n")
        };
        let expected = [part("a", "x-size: 1,2\r\n\r\nx"), part("b", "\r\ny"), format!("--{boundary}--\r\n")];
        assert_eq!(block_on(body.collect(9999)).unwrap(), expected.concat());
    }

    #[test]
    fn a_streamed_file_keeps_the_body_a_stream_of_known_length() {
        let mut form = Multipart::new(&PARTS);
        let source = Body::from_source(Some(3), || ByteStream::from(Bytes::from_static(b"abc")));
        form.file(3, Some(File::new("a", source)));
        let (_, body) = finish(form);
        assert!(body.as_bytes().is_none());
        assert!(body.can_repeat());
        let length = body.length().unwrap();
        assert_eq!(block_on(body.collect(9999)).unwrap().len() as u64, length);
    }

    #[test]
    fn a_content_type_cannot_begin_another_header() {
        let mut form = Multipart::new(&PARTS);
        form.file(3, File::new("a", "x").with_content_type("text/plain\r\nX: y"));
        assert!(form.finish("multipart/form-data").is_err());
    }

    #[test]
    fn a_name_cannot_escape_its_quotes_or_its_line() {
        let mut form = Multipart::new(&PARTS);
        form.file(3, File::new("a\"; b=\"\r\n\r\nc\0d.png", "x"));
        let (_, body) = finish(form);
        let text = String::from_utf8(block_on(body.collect(9999)).unwrap().to_vec()).unwrap();
        assert!(text.contains("filename=\"a%22; b=%22%0D%0A%0D%0Ac%00d.png\"\r\nContent-Type"), "{text}");
    }
}
