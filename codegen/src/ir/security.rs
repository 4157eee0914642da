//! Turns `securitySchemes` and `security` into schemes, alternatives of security requirements, and
//! the credentials that satisfy them.
//!
//! **Invariant:** an operation is never more open than its document says. An alternative with an
//! unknown scheme is left out. If no alternative remains, the operation is left out too.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Alternative, Credential, Doc, Flow, FlowKind, Operation, Requirement, Scheme, SchemeKind};
use super::naming::{Scope, snake};
use super::origin::origin;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Document, Entry, Node, pointer, resolve_chain};

const SCHEMES: &str = "/components/securitySchemes";

/// The security schemes of a document, and the credentials that operations use so far.
pub(super) struct Security<'d> {
    /// `security` of the document, which operations that have none inherit.
    global: Option<&'d Node>,
    schemes: Vec<Scheme>,
    /// Name in the document → index of the scheme.
    index: BTreeMap<String, usize>,
    credentials: Vec<Credential>,
    /// Ascending indexes of schemes → the index of their credential.
    known: BTreeMap<Vec<usize>, usize>,
    names: Scope,
}

/// The `security` of an operation cannot be satisfied. A diagnostic reports this.
#[derive(Debug)]
pub(super) struct Unsatisfiable;

impl<'d> Security<'d> {
    /// Reads the schemes of a document.
    pub fn read(document: &'d Document, out: &mut Diagnostics) -> Self {
        let mut schemes = Vec::new();
        let declared = document.root.pointer(SCHEMES).and_then(Node::as_object);
        // The schemes are sorted, so that the order of the document affects neither names nor
        // arguments.
        let mut declared: Vec<&Entry> = declared.into_iter().flatten().collect();
        declared.sort_by(|a, b| a.key.cmp(&b.key));
        let keys: Vec<&str> = declared.iter().map(|entry| &*entry.key).collect();
        let fields = Scope::new().fields(&keys).into_iter();
        let names = fields.zip(Scope::new().variants(&keys)).zip(Scope::new().constants(&keys));
        for (entry, ((name, variant), constant)) in declared.into_iter().zip(names) {
            let node = match entry.value.reference() {
                Some(reference) => resolve_chain(&document.root, reference).map_or(&entry.value, |(node, _)| node),
                None => &entry.value,
            };
            match kind(node) {
                Ok(kind) => schemes.push(Scheme {
                    wire: entry.key.to_string(),
                    name,
                    variant,
                    constant,
                    kind,
                    flows: flows(node),
                    metadata_url: metadata_url(node),
                    doc: Doc::of(node),
                    origin: origin(document, &entry.value, &pointer::join(SCHEMES, &entry.key)),
                }),
                Err(reason) => {
                    let message = format!("the security scheme `{}` {reason}", entry.key);
                    let diagnostic = Diagnostic::new(&codes::INVALID_SECURITY_SCHEME, entry, message);
                    out.report(
                        diagnostic
                            .at(pointer::join(SCHEMES, &entry.key))
                            .help("give it a type of OpenAPI, and the keys that the type requires"),
                    );
                }
            }
        }
        let index =
            schemes.iter().enumerate().map(|(index, scheme): (usize, &Scheme)| (scheme.wire.clone(), index)).collect();
        let global = document.root.get("security");
        Self { global, schemes, index, credentials: Vec::new(), known: BTreeMap::new(), names: Scope::new() }
    }

    /// The alternatives of an operation; empty if no credentials are required.
    pub fn alternatives(
        &self,
        operation: &Node,
        at: &str,
        out: &mut Diagnostics,
    ) -> Result<Vec<Alternative>, Unsatisfiable> {
        self.of(operation, self.global, at, out)
    }

    /// The alternatives of a webhook or callback. It inherits none, because the document's
    /// `security` concerns calls to the API and not calls that the API makes.
    pub fn of_webhook(
        &self,
        operation: &Node,
        at: &str,
        out: &mut Diagnostics,
    ) -> Result<Vec<Alternative>, Unsatisfiable> {
        self.of(operation, None, at, out)
    }

    fn of(
        &self,
        operation: &Node,
        otherwise: Option<&Node>,
        at: &str,
        out: &mut Diagnostics,
    ) -> Result<Vec<Alternative>, Unsatisfiable> {
        let own = operation.get("security");
        let list = own.or(otherwise).and_then(Node::as_array).unwrap_or_default();
        let base = if own.is_some() { pointer::join(at, "security") } else { "/security".to_owned() };
        let mut alternatives: Vec<Alternative> = Vec::new();
        let mut seen = BTreeSet::new();
        for (index, node) in list.iter().enumerate() {
            match self.alternative(node) {
                Ok(alternative) if seen.insert(key(&alternative)) => alternatives.push(alternative),
                Ok(_) => {}
                Err(missing) => out.report(undefined(node, &missing).at(pointer::join(&base, index.to_string()))),
            }
        }
        if alternatives.is_empty() && !list.is_empty() {
            let message = "no security alternative of this operation can be satisfied";
            let node = own.unwrap_or(operation);
            let diagnostic = Diagnostic::new(&codes::UNSATISFIABLE_SECURITY, node, message).at(at);
            out.report(diagnostic.help("define the schemes it names in `components/securitySchemes`"));
            return Err(Unsatisfiable);
        }
        if alternatives.iter().all(|alternative| alternative.requirements.is_empty()) {
            alternatives.clear();
        }
        Ok(alternatives)
    }

    /// One alternative, or the name of a missing scheme.
    fn alternative(&self, node: &Node) -> Result<Alternative, String> {
        let mut alternative = Alternative::default();
        for entry in node.as_object().into_iter().flatten() {
            let scheme = match self.index.get(&*entry.key) {
                Some(scheme) => *scheme,
                None if entry.key.starts_with("x-") => continue,
                None => return Err(entry.key.to_string()),
            };
            let scopes =
                entry.value.as_array().unwrap_or_default().iter().filter_map(Node::as_str).map(str::to_owned).collect();
            alternative.requirements.push(Requirement { scheme, scopes });
        }
        Ok(alternative)
    }

    /// Completes schemes and credentials after all operations are known. Drops schemes that no
    /// operation needs, and renumbers the others in the operations.
    pub fn finish<'o>(mut self, operations: impl Iterator<Item = &'o mut Operation>) -> (Vec<Scheme>, Vec<Credential>) {
        let mut operations: Vec<&mut Operation> = operations.collect();
        let mut used = vec![false; self.schemes.len()];
        for requirement in operations.iter().flat_map(|operation| &operation.security).flat_map(|one| &one.requirements)
        {
            if let Some(used) = used.get_mut(requirement.scheme) {
                *used = true;
            }
        }
        let new_index: Vec<usize> = used
            .iter()
            .scan(0, |next, used| {
                let index = *next;
                *next += usize::from(*used);
                Some(index)
            })
            .collect();
        let mut keep = used.iter();
        self.schemes.retain(|_| keep.next().copied().unwrap_or(false));
        for alternative in operations.iter_mut().flat_map(|operation| &mut operation.security) {
            for requirement in &mut alternative.requirements {
                requirement.scheme = new_index.get(requirement.scheme).copied().unwrap_or_default();
            }
            alternative.credential = self.credential(alternative);
        }
        (self.schemes, self.credentials)
    }

    /// The credential for the requirements of an alternative, whose order does not matter.
    fn credential(&mut self, alternative: &Alternative) -> Option<usize> {
        let mut schemes: Vec<usize> = alternative.requirements.iter().map(|requirement| requirement.scheme).collect();
        schemes.sort_unstable();
        schemes.dedup();
        if schemes.is_empty() {
            return None;
        }
        if let Some(index) = self.known.get(&schemes) {
            return Some(*index);
        }
        self.known.insert(schemes.clone(), self.credentials.len());
        let wires = schemes.iter().filter_map(|index| self.schemes.get(*index)).map(|scheme| snake(&scheme.wire));
        let raw = wires.collect::<Vec<_>>().join("_and_");
        self.credentials.push(Credential { variant: self.names.variant(&raw), schemes });
        Some(self.credentials.len() - 1)
    }
}

/// The identity of an alternative, for which the order of its schemes matters.
fn key(alternative: &Alternative) -> Vec<(usize, Vec<String>)> {
    alternative.requirements.iter().map(|one| (one.scheme, one.scopes.clone())).collect()
}

fn undefined(node: &Node, missing: &str) -> Diagnostic {
    let message = format!("the security scheme `{missing}` is not defined or incomplete");
    Diagnostic::new(&codes::UNDEFINED_SECURITY_SCHEME, node, message)
        .help(format!("define `{missing}` in `components/securitySchemes`, or remove the alternative"))
        .overlay(format!(
            "- target: $.components\n  update:\n    securitySchemes:\n      {missing}: {{type: http, scheme: bearer}}\n"
        ))
}

/// The flows of `oauth2` that have a token endpoint.
fn flows(node: &Node) -> Vec<Flow> {
    let known = [
        ("clientCredentials", FlowKind::ClientCredentials),
        ("password", FlowKind::Password),
        ("authorizationCode", FlowKind::AuthorizationCode),
        ("deviceAuthorization", FlowKind::Device),
    ];
    let Some(flows) = node.get("flows").filter(|_| node.get("type").and_then(Node::as_str) == Some("oauth2")) else {
        return Vec::new();
    };
    let flow = |(key, kind)| {
        let flow = flows.get(key)?;
        let url = |key| url(flow, key);
        let authorization = if kind == FlowKind::Device { "deviceAuthorizationUrl" } else { "authorizationUrl" };
        let scopes = flow.get("scopes").and_then(Node::as_object).into_iter().flatten();
        Some(Flow {
            kind,
            token_url: url("tokenUrl")?,
            authorization_url: url(authorization),
            refresh_url: url("refreshUrl"),
            scopes: scopes.map(|entry| entry.key.to_string()).collect(),
        })
    };
    known.into_iter().filter_map(flow).collect()
}

/// The URL of the metadata of the authorization server, if the scheme names it.
fn metadata_url(node: &Node) -> Option<String> {
    match node.get("type").and_then(Node::as_str)? {
        "openIdConnect" => url(node, "openIdConnectUrl"),
        "oauth2" => url(node, "oauth2MetadataUrl"),
        _ => None,
    }
}

/// The URL at a key; `None` if it is empty.
fn url(node: &Node, key: &str) -> Option<String> {
    node.get(key).and_then(Node::as_str).map(str::trim).filter(|url| !url.is_empty()).map(str::to_owned)
}

/// How the credential of a scheme is sent, or an error message.
fn kind(node: &Node) -> Result<SchemeKind, String> {
    let text = |key: &str| node.get(key).and_then(Node::as_str).map(str::trim).filter(|text| !text.is_empty());
    match text("type") {
        Some("apiKey") => {
            let name = text("name").ok_or("has no `name`")?.to_owned();
            match text("in") {
                Some("header") => Ok(SchemeKind::HeaderKey(name)),
                Some("query") => Ok(SchemeKind::QueryKey(name)),
                Some("cookie") => Ok(SchemeKind::CookieKey(name)),
                _ => Err("has no `in` that is `header`, `query` or `cookie`".to_owned()),
            }
        }
        Some("http") => {
            let scheme = text("scheme").ok_or("has no `scheme`")?;
            Ok(match scheme.to_ascii_lowercase().as_str() {
                "basic" => SchemeKind::Basic,
                "bearer" => SchemeKind::Bearer,
                _ => SchemeKind::Http(scheme.to_owned()),
            })
        }
        Some("oauth2" | "openIdConnect") => Ok(SchemeKind::Bearer),
        Some("mutualTLS") => Ok(SchemeKind::MutualTls),
        Some(other) => Err(format!("has the unknown type `{other}`")),
        None => Err("has no `type`".to_owned()),
    }
}
