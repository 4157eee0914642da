//! Lists the contents of an API in Markdown: credentials, servers, and the operations by tag. These
//! lists are on the front page of the documentation and in the README of a crate.

use indexmap::IndexMap;

use crate::emit::phrases::{self, code};
use crate::emit::{rustdoc, security};
use crate::ir::model::{Api, Operation, TagGroup};

/// If an API has more operations than this, only its tags are listed.
const MOST_LISTED: usize = 200;

/// The lists of an API, as paragraphs.
pub(super) struct Page<'a> {
    pub api: &'a Api,
    /// How a heading begins, such as `##`.
    pub headings: &'a str,
    /// Names an item, and links to its path where links work.
    pub link: fn(&str, &str) -> String,
}

impl Page<'_> {
    /// The variants of `Credentials`, and how each is sent.
    pub(super) fn credentials(&self) -> Vec<String> {
        if !security::has_credentials(self.api) {
            return Vec::new();
        }
        let lines = self.api.credentials.iter().map(|credential| {
            let schemes = credential.schemes.iter().filter_map(|index| self.api.schemes.get(*index));
            let travels: Vec<String> = schemes.map(|scheme| security::travels(&scheme.kind, false)).collect();
            let variant = credential.variant.to_string();
            let variant = (self.link)(&variant, &format!("security::Credentials::{variant}"));
            format!("* {variant}: {}", travels.join(" and "))
        });
        let credentials = (self.link)("Credentials", "Credentials");
        let lead = format!("Each variant of {credentials} is a way to authenticate. A client can have several.");
        vec![self.heading("Credentials"), lead, lines.collect::<Vec<_>>().join("\n")]
    }

    /// The documented base URLs.
    pub(super) fn servers(&self) -> Vec<String> {
        if self.api.servers.is_empty() {
            return Vec::new();
        }
        let lines = self.api.servers.iter().map(|server| {
            let name = if server.variables.is_empty() { server.constant.plain() } else { server.name.plain() };
            let name = (self.link)(name, &format!("client::servers::{name}"));
            format!("* {name}: `{}`", code(&server.url))
        });
        vec![self.heading("Servers"), lines.collect::<Vec<_>>().join("\n")]
    }

    /// The operations by tag, or only the tags if there are many operations.
    pub(super) fn operations(&self) -> Vec<String> {
        let operations = &self.api.operations;
        let mut page = vec![self.heading("Operations")];
        let is_tagged = |operation: &&Operation| !operation.tags.is_empty();
        if operations.len() > MOST_LISTED {
            page.extend(lines(self.api.tag_groups.iter().map(|group| self.group(group))));
            let untagged = operations.iter().filter(|one| !is_tagged(one)).count();
            let client = (self.link)("Client", "Client");
            page.push(format!("{client} has all {}, {untagged} of them without a tag.", operations.len()));
            return page;
        }
        for (tag, of_tag) in by_tag(self.api) {
            page.push(format!("{}# {}", self.headings, rustdoc::plain(tag)));
            page.extend(lines(of_tag.into_iter().map(|operation| self.operation(operation))));
        }
        let untagged = operations.iter().filter(|one| !is_tagged(one)).map(|operation| self.operation(operation));
        let untagged: Vec<String> = untagged.collect();
        if !untagged.is_empty() && page.len() > 1 {
            page.push(format!("{}# Others", self.headings));
        }
        page.extend(lines(untagged.into_iter()));
        page
    }

    pub(super) fn heading(&self, text: &str) -> String {
        format!("{} {text}", self.headings)
    }

    /// ``* [`get_user`](Client::get_user): gives a user``
    fn operation(&self, operation: &Operation) -> String {
        let name = operation.name.plain();
        let words = phrases::operation(operation).summary.unwrap_or_default();
        let name = (self.link)(name, &format!("Client::{name}"));
        format!("* {name}: {}", rustdoc::inline(&words))
    }

    fn group(&self, group: &TagGroup) -> String {
        let count = group.methods.len();
        let noun = if count == 1 { "operation" } else { "operations" };
        let name = (self.link)(group.accessor.plain(), &format!("groups::{}", group.name));
        format!("* {name}: {count} {noun}")
    }
}

/// The operations of each tag. The tags are in the order of their first operations.
fn by_tag(api: &Api) -> IndexMap<&str, Vec<&Operation>> {
    let mut tags: IndexMap<&str, Vec<&Operation>> = IndexMap::new();
    for operation in &api.operations {
        for tag in &operation.tags {
            let of_tag = tags.entry(tag).or_default();
            if !of_tag.last().is_some_and(|last| std::ptr::eq(*last, operation)) {
                of_tag.push(operation);
            }
        }
    }
    tags
}

fn lines(lines: impl Iterator<Item = String>) -> Option<String> {
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}
