//! Rules about security schemes and requirements.

use super::fixed::{Brk, Cli, E, FixedRule, I, N, No, Ok};

#[rustfmt::skip]
pub(super) const RULES: &[FixedRule] = &[
    ("api-security-component-added", N, I, Ok, No, "a security scheme was added"),
    ("api-security-component-removed", N, I, Ok, No, "a security scheme was removed"),
    ("api-security-component-type-changed", N, I, Cli, Brk, "the type of a security scheme changed"),
    ("api-security-component-location-changed", N, E, Cli, No, "the location or name of an API key changed"),
    ("api-security-component-oauth-url-changed", N, I, Cli, No, "the authorization URL of an OAuth scheme changed"),
    ("api-security-component-oauth-token-url-changed", N, I, Cli, No, "the token URL of an OAuth scheme changed"),
    ("api-security-component-oauth-flow-added", N, I, Ok, No, "a flow was added to an OAuth scheme"),
    ("api-security-component-oauth-flow-removed", N, E, Cli, No, "a flow was removed from an OAuth scheme"),
    ("api-security-component-oauth-scope-added", N, I, Ok, No, "a scope was added to an OAuth scheme"),
    ("api-security-component-oauth-scope-removed", N, I, Ok, No, "a scope was removed from an OAuth scheme"),
    ("api-security-component-oauth-scope-changed", N, I, Ok, No, "the description of an OAuth scope changed"),
    ("api-security-added", N, I, Ok, Brk, "a security requirement was added to an operation; an error if the operation was open to anyone"),
    ("api-security-removed", N, I, Ok, Brk, "a security requirement was removed from an operation; an error if other requirements remain"),
    ("api-security-scope-added", N, I, Cli, No, "an operation now requires an additional scope"),
    ("api-security-scope-removed", N, I, Ok, No, "an operation no longer requires a scope"),
    ("api-global-security-added", N, I, Ok, Brk, "a security requirement was added to the document; an error if the API was open to anyone"),
    ("api-global-security-removed", N, I, Ok, Brk, "a security requirement was removed from the document; an error if other requirements remain"),
    ("api-global-security-scope-added", N, I, Cli, No, "the document now requires an additional scope"),
    ("api-global-security-scope-removed", N, I, Ok, No, "the document no longer requires a scope"),
];
