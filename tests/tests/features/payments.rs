//! A program that uses a payment API, as a person would write it: a test of how pleasant that is.

use specwright_runtime::server::{Context, Failure};
use tests::generated::payments::types::{
    Charge, ChargeCustomer, ChargeRequired, Customer, CustomerList, CustomerListRequired, PostCustomersRequest,
};
use tests::generated::payments::{operations as o, server as s};

struct Bank;

fn jane() -> Customer {
    Customer::new("cus_1").email("jane@example.com").metadata([("plan", "gold")])
}

impl s::Payments for Bank {
    async fn get_customers(
        &self,
        input: s::GetCustomersInput,
        _: Context,
    ) -> Result<o::GetCustomersSuccess, Failure<o::GetCustomersError>> {
        assert_eq!((input.limit, input.expand.as_deref()), (Some(3), Some(&["data.source".to_owned()][..])));
        Ok(o::GetCustomersSuccess::Ok(CustomerList::new(CustomerListRequired { data: vec![jane()], has_more: false })))
    }

    async fn post_customers(
        &self,
        input: s::PostCustomersInput,
        _: Context,
    ) -> Result<o::PostCustomersSuccess, Failure<o::PostCustomersError>> {
        let PostCustomersRequest { email, metadata, .. } = input.body.unwrap_or_default();
        let mut customer = Customer::new("cus_2").email(email);
        customer.metadata = metadata;
        Ok(o::PostCustomersSuccess::Ok(customer))
    }

    async fn get_charges_charge(
        &self,
        input: s::GetChargesChargeInput,
        _: Context,
    ) -> Result<o::GetChargesChargeSuccess, Failure<o::GetChargesChargeError>> {
        let charge = Charge::new(ChargeRequired { id: input.charge, amount: 1250 });
        Ok(o::GetChargesChargeSuccess::Ok(charge.customer(ChargeCustomer::from(jane()))))
    }
}

#[tokio::test]
async fn customers_are_listed_and_made_with_metadata() {
    let (client, sent) = connect!(payments, Bank);
    let customers = client.customers();
    let page = customers.get_customers().limit(3).expand(["data.source"]).await.unwrap().into_body();
    let [customer] = page.data.as_slice() else { panic!("{page:?}") };
    assert_eq!(customer.metadata.as_ref().and_then(|all| all.get("plan")).map(String::as_str), Some("gold"));

    let wanted = PostCustomersRequest::new().email("joe@example.com").metadata([("plan", "silver"), ("seats", "2")]);
    let made = client.post_customers().body(&wanted).await.unwrap().into_body();
    let form = String::from_utf8_lossy(&sent.requests()[1].body).into_owned();
    assert_eq!(form, "email=joe%40example.com&metadata%5Bplan%5D=silver&metadata%5Bseats%5D=2");
    assert_eq!(made.metadata.unwrap().len(), 2);
}

#[tokio::test]
async fn expandable_values_are_matched() {
    let (client, _) = connect!(payments, Bank);
    let charge = client.charges().get_charges_charge("ch_1").await.unwrap().into_body();
    let name = match charge.customer.value() {
        Some(ChargeCustomer::Customer(customer)) => customer.email.value().cloned().unwrap_or_default(),
        Some(ChargeCustomer::String(id)) => id.clone(),
        _ => "nobody".to_owned(),
    };
    assert_eq!((charge.amount, name.as_str()), (1250, "jane@example.com"));
}
