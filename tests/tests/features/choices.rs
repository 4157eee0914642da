//! The choices of `provider.toml`: types of other crates, derives, names, and groups of methods.

use std::collections::{BTreeSet, HashSet};

use serde_json::json;
use specwright_runtime::server::{Context, Failure};
use specwright_runtime::{jiff, rust_decimal, url, uuid};
use tests::generated::choices::types::{Invoice, InvoiceKind, InvoiceRequired, Line, State, Tag};
use tests::generated::choices::{operations as o, server as s, types};
use tests::money::{Money, Serial};

use crate::raw_request;

const ID: &str = "67e55044-10b1-426f-9247-bb680e5fe0c8";

/// A service with one invoice.
struct Books;

fn invoice() -> Invoice {
    Invoice::new(InvoiceRequired {
        id: ID.parse().unwrap(),
        sum: Money { cents: 1250, currency: *b"EUR" },
        due: jiff::civil::date(2026, 1, 31),
        kind: InvoiceKind::Business,
    })
}

impl s::Choices for Books {
    async fn list_invoices(
        &self,
        input: s::ListInvoicesInput,
        _: Context,
    ) -> Result<o::ListInvoicesSuccess, Failure<o::ListInvoicesError>> {
        let found = invoice().paid_at(input.since).state(input.state.unwrap_or(State::Open));
        let asked = input.ids.is_none_or(|ids| ids.contains(&found.id));
        Ok(o::ListInvoicesSuccess::Ok(asked.then_some(found).into_iter().collect()))
    }

    async fn create_invoice(
        &self,
        input: s::CreateInvoiceInput,
        _: Context,
    ) -> Result<o::CreateInvoiceSuccess, Failure<o::CreateInvoiceError>> {
        Ok(o::CreateInvoiceSuccess::Created(input.body))
    }

    async fn get_invoice(
        &self,
        input: s::GetInvoiceInput,
        _: Context,
    ) -> Result<o::GetInvoiceSuccess, Failure<o::GetInvoiceError>> {
        let mut found = invoice();
        found.id = input.invoice_id;
        Ok(o::GetInvoiceSuccess::Ok(found))
    }

    async fn set_rate(
        &self,
        input: s::SetRateInput,
        _: Context,
    ) -> Result<o::SetRateSuccess, Failure<o::SetRateError>> {
        assert_eq!(input.body.cents, 99);
        Ok(o::SetRateSuccess::NoContent)
    }
}

#[tokio::test]
async fn formats_and_schemas_have_the_chosen_types_on_both_sides() {
    let (client, sent) = connect!(choices, Books);
    let since: jiff::Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let id: uuid::Uuid = ID.parse().unwrap();
    let found = client.list_invoices().since(since).ids([id]).await.unwrap().into_body();
    assert_eq!((found[0].id, found[0].paid_at), (id, Some(since)));
    let query: Vec<(String, String)> = sent.requests()[0].url.query_pairs().into_owned().collect();
    assert_eq!(
        query,
        [("since", "2026-01-01T00:00:00Z"), ("ids", ID)].map(|(name, value)| (name.into(), value.into()))
    );
    let whole = invoice()
        .rate("1.50".parse::<rust_decimal::Decimal>().unwrap())
        .page("https://example.com/a".parse::<url::Url>().unwrap())
        .serial(Serial(7));
    let made = client.create_invoice(&whole).await.unwrap().into_body();
    assert_eq!(made, whole);
    let written = json!({
        "id": ID, "total": {"amount": "12.50", "currency": "EUR"}, "due": "2026-01-31", "kind": "b2b",
        "rate": "1.50", "page": "https://example.com/a", "serial": "7",
    });
    assert_eq!(sent.requests()[1].json(), written);
    assert_eq!(client.get_invoice(id).await.unwrap().into_body().id, id);
    client.set_rate("EUR", &Money { cents: 99, currency: *b"USD" }).await.unwrap();
}

#[tokio::test]
async fn a_value_that_the_chosen_type_refuses_is_refused_with_its_pointer() {
    let bad = json!({"id": ID, "total": {"amount": "12.50", "currency": "EUR"}, "due": "2026-02-31", "kind": "b2b"});
    let response = raw_request::json(s::router(Books), "POST", "/invoices", &bad).await;
    assert_eq!(response.status, 422, "{:?}", response.json());
    let response = raw_request::empty(s::router(Books), "GET", "/invoices/7").await;
    assert!((400..500).contains(&response.status), "{}", response.status);
}

#[test]
fn derives_reach_the_types_of_the_fields() {
    let invoices = HashSet::from([invoice(), invoice()]);
    assert_eq!(invoices.len(), 1);
    let line = |text: &str, tag: Tag| Line::new().text(text).tag(tag);
    let lines = BTreeSet::from([line("b", 7.into()), line("a", "x".into())]);
    assert_eq!(lines.first().and_then(|line| line.text.as_deref()), Some("a"));
}

#[test]
fn enums_are_closed_except_for_those_that_are_named() {
    assert_eq!(State::from("paid in full"), State::Paid);
    assert_eq!(State::from("lost").as_str(), "lost");
    assert!(InvoiceKind::try_from("b2g").is_err());
}

#[tokio::test]
async fn methods_are_grouped_by_every_tag() {
    let (client, sent) = connect!(choices, Books);
    let invoices = client.invoices();
    let since: jiff::Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    assert_eq!(invoices.list().since(since).await.unwrap().into_body().len(), 1);
    let made = invoices.create(&invoice()).await.unwrap().into_body();
    assert_eq!(invoices.get(made.id).await.unwrap().into_body(), made);
    let money = Money { cents: 99, currency: *b"USD" };
    client.rates().set("EUR", &money).await.unwrap();
    invoices.set_rate("EUR", &money).await.unwrap();
    let operations: Vec<_> = sent.requests().iter().map(|request| request.operation).collect();
    assert_eq!(operations, ["listInvoices", "createInvoice", "getInvoice", "set_rate", "set_rate"]);
}

#[test]
fn a_module_for_each_tag_has_the_types_that_its_operations_reach() {
    let line: types::invoices::Line = Line::new();
    let kind: types::invoices::InvoiceKind = InvoiceKind::Business;
    assert_eq!((line, kind), (types::Line::new(), types::InvoiceKind::Business));
}
