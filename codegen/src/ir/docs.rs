//! Finishes the documentation of an API. Relative links become absolute if the document has a base
//! for them, and a provenance remains only if it is less than certain.
//! `openapi/documentation` reads the documentation of each element.

use pulldown_cmark::{Event, LinkType, Parser, Tag};
use url::Url;

use super::model::{Api, Doc, Operation, Split};

/// Provenance of an element in a document that the provider publishes. It needs no remark.
const CERTAIN: &str = "published-spec";

/// Finishes every [`Doc`] of an API.
pub(super) fn finish(api: &mut Api) {
    // `externalDocs` says where the pages are to which descriptions link. A server serves the API,
    // not its pages.
    let base = api.doc.link.as_ref().and_then(|(url, _)| Url::parse(url).ok());
    let mut has_provenance = false;
    each(api, &mut |doc| {
        doc.provenance = doc.provenance.take().filter(|provenance| provenance != CERTAIN);
        has_provenance |= doc.provenance.is_some();
        let Some(base) = &base else { return };
        for text in [&mut doc.summary, &mut doc.body].into_iter().flatten() {
            if let Some(absolute) = absolute(text, base) {
                *text = absolute;
            }
        }
        if let Some((url, _)) = &mut doc.link
            && let Ok(absolute) = base.join(url)
        {
            *url = absolute.into();
        }
    });
    api.has_provenance = has_provenance;
}

/// A text with absolute links; `None` if they already are.
fn absolute(text: &str, base: &Url) -> Option<String> {
    if !text.contains("](") {
        return None;
    }
    let mut absolute = text.to_owned();
    // The order is from the last link to the first, so that the ranges of the preceding ones stay
    // valid.
    for (event, span) in Parser::new(text).into_offset_iter().collect::<Vec<_>>().into_iter().rev() {
        let Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. }) = event else {
            continue;
        };
        if link_type != LinkType::Inline || Url::parse(&dest_url).is_ok() {
            continue;
        }
        let Some(at) = absolute.get(span.clone()).and_then(|link| link.rfind(&format!("]({dest_url}"))) else {
            continue;
        };
        let Ok(url) = base.join(&dest_url) else { continue };
        let start = span.start + at + 2;
        absolute.replace_range(start..start + dest_url.len(), url.as_str());
    }
    (absolute != text).then_some(absolute)
}

fn each(api: &mut Api, finish: &mut impl FnMut(&mut Doc)) {
    finish(&mut api.doc);
    for server in &mut api.servers {
        finish(&mut server.doc);
        server.variables.iter_mut().for_each(|variable| finish(&mut variable.doc));
    }
    api.schemes.iter_mut().for_each(|scheme| finish(&mut scheme.doc));
    let webhooks = api.webhooks.iter_mut().flat_map(|webhooks| &mut webhooks.items);
    for operation in api.operations.iter_mut().chain(webhooks.map(|webhook| &mut webhook.operation)) {
        of_operation(operation, finish);
    }
    if let Split::Groups(groups) = &mut api.split {
        for group in groups {
            finish(&mut group.doc);
        }
    }
    for group in api.header_groups.iter_mut().chain(&mut api.shared_headers) {
        group.parts_mut().into_iter().for_each(|(_, doc)| finish(doc));
    }
    let cases = api.shared_errors.iter_mut().flat_map(|shared| &mut shared.cases);
    cases.for_each(|case| finish(&mut case.doc));
    for definition in &mut api.types.definitions {
        finish(&mut definition.doc);
        definition.kind.parts_mut().into_iter().for_each(|(_, doc)| finish(doc));
    }
}

fn of_operation(operation: &mut Operation, finish: &mut impl FnMut(&mut Doc)) {
    finish(&mut operation.doc);
    operation.parameters.iter_mut().for_each(|parameter| finish(&mut parameter.doc));
    operation.body.iter_mut().for_each(|body| finish(&mut body.doc));
    let responses = &mut operation.responses;
    responses.success.iter_mut().chain(&mut responses.error).for_each(|outcome| finish(&mut outcome.doc));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_links_are_resolved_against_external_docs() {
        let base = Url::parse("https://docs.example/guide/start").unwrap();
        let absolute = |text| absolute(text, &base);
        assert_eq!(
            absolute("See [a](/b#c), ![d](e.png) and [f](#g).").unwrap(),
            "See [a](https://docs.example/b#c), ![d](https://docs.example/guide/e.png) and \
             [f](https://docs.example/guide/start#g)."
        );
        assert_eq!(absolute("[a](https://b.example) [c] `[d](e)`"), None);
    }
}
