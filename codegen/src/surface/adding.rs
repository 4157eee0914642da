//! The operation whose items are being added.

use super::Surface;
use crate::ir::model::{Api, Operation};

/// The modules and types of the calling side and of the called side.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    /// `client` or `sender`.
    pub(super) caller: &'static str,
    /// The struct whose methods make request builders.
    pub(super) client: &'a str,
    /// `server` or `webhooks`.
    pub(super) called: &'static str,
    /// The trait of the application.
    pub(super) service: &'a str,
}

/// An operation that is being added.
pub(super) struct Adding<'a> {
    pub(super) surface: &'a mut Surface,
    pub(super) api: &'a Api,
    pub(super) operation: &'a Operation,
    pub(super) sides: Sides<'a>,
    /// The operation in keys.
    pub(super) label: String,
}
