//! Without the feature `validate`, requests are sent as they are.

use super::error::InvalidRequest;
use super::request_builder::RequestBuilder;
use crate::multipart::Multipart;
use crate::stream::ItemCheck;

#[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "the feature `validate` uses them")]
impl RequestBuilder {
    pub(super) fn validate_parameter<T: ?Sized>(&self, _: usize, _: &T) {}

    pub(super) fn validate_body<T: ?Sized>(&self, _: usize, _: &T) {}

    pub(super) fn validate_parts(&self, _: usize, _: &Multipart) {}

    pub(super) fn check_items(&self, _: usize) -> ItemCheck {
        ItemCheck::default()
    }

    pub(super) fn is_valid(&self) -> Result<(), InvalidRequest> {
        Ok(())
    }
}
