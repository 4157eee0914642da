//! Forms whose files are read as they arrive: the fields before the first file → a value, and the
//! files → a stream.

use std::pin::pin;

use super::body::{broken, chunks, in_time};
use super::{Rejection, Request};
use crate::body::{ByteStream, StreamError};
use crate::descriptor::MultipartField;
use crate::multipart::decode::Parts;
use crate::multipart::pace::{Held, Paced};
use crate::server::file_parts::FileParts;
use crate::server::multipart_form::Form;

impl Request {
    /// Reads the fields before the first file. `read` makes a value of them and of the files. The
    /// limit of a buffered body applies to everything except the contents of files.
    ///
    /// # Errors
    /// If the body is not multipart: 400; if its fields are too long or there are too many parts: 413;
    /// if they are too slow: 408; and those of `read`.
    pub async fn streamed_form<T>(
        &mut self,
        table: &'static [MultipartField],
        read: impl FnOnce(&mut Form) -> Result<T, Rejection>,
    ) -> Result<T, Rejection> {
        self.media()?;
        let (boundary, limits) = (self.boundary()?, self.limits);
        let held = Held::up_to(limits.body as u64);
        let bytes = ByteStream::new(chunks(self.take_body(), Some(limits.read_timeout))).limited(limits.stream);
        let parts = Parts::new(Paced::new(bytes, held.clone()), &boundary, limits.parts);
        let mut files = FileParts::new(table, parts, held);
        let fields = {
            let reading = pin!(async {
                files.fields(limits.body).await.map_err(|error| match error {
                    StreamError::Item(source) => source.downcast().map_or_else(Rejection::internal, |known| *known),
                    error => broken(&error, limits.body as u64),
                })
            });
            in_time(limits.read_timeout, reading).await?
        };
        read(&mut Form::new(table, fields, self.reading()).with_files(files))
    }
}
