//! Turns the choice of `provider.toml` about signatures of webhooks into the scheme that receivers
//! verify.

use super::model::{WebhookSignature, Webhooks};
use super::operations::is_token;
use crate::config::{ProviderConfig, SignatureChoice};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::Document;

/// Sets the scheme of the webhooks. A choice without webhooks, and a header that can't be one, are
/// errors.
pub(super) fn choose(
    document: &Document,
    provider: &ProviderConfig,
    webhooks: Option<&mut Webhooks>,
    out: &mut Diagnostics,
) {
    let choices = &provider.webhooks;
    let header = choices.signature_header.as_ref();
    let header_place = || header.and_then(|name| provider.place(name, &document.sources));
    let mut refuse = |span, message: String, help: &str| {
        out.report(Diagnostic::new(&codes::INVALID_CONFIG, span, message).help(help));
    };
    if let Some(name) = header.filter(|name| !is_token(&name.text)) {
        let message = format!("`{}` can't be the name of a header", name.text);
        refuse(header_place().unwrap_or_default(), message, "use letters, digits and hyphens, as in `X-Signature`");
        return;
    }
    let Some(scheme) = &choices.signature else {
        if let Some(span) = header_place() {
            let message = "`signature_header` has no effect without `signature`".to_owned();
            refuse(span, message, "name the scheme, such as `signature = \"github\"`, or remove the header");
        }
        return;
    };
    match webhooks {
        Some(webhooks) => {
            let header = header.map(|name| name.text.to_ascii_lowercase());
            webhooks.signature = Some(WebhookSignature { scheme: constant(*scheme.get_ref()), header });
        }
        None => {
            if let Some(span) = provider.place_of(scheme, &document.sources) {
                let message = "there are no webhooks or callbacks that could be signed".to_owned();
                refuse(span, message, "remove the choice, or describe the webhooks in an overlay");
            }
        }
    }
}

/// The constant of the runtime's `SignatureScheme`.
fn constant(scheme: SignatureChoice) -> &'static str {
    match scheme {
        SignatureChoice::StandardWebhooks => "STANDARD_WEBHOOKS",
        SignatureChoice::Stripe => "STRIPE",
        SignatureChoice::Github => "GITHUB",
        SignatureChoice::Slack => "SLACK",
        SignatureChoice::Shopify => "SHOPIFY",
    }
}
