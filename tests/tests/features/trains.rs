//! A program that uses a travel API, as a person would write it: a test of how pleasant that is.

use std::error::Error;

use specwright_runtime::client::{MockResponse, Recorder};
use specwright_runtime::server::{Context, Failure};
use tests::generated::trains::client::servers;
use tests::generated::trains::operations::CreateBookingError;
use tests::generated::trains::types::{
    BookingRequest, BookingRequestRequired, Card, CardRequired, Payment, PaymentCurrency, PaymentRequest,
    PaymentRequestRequired, PaymentRequired, PaymentStatus,
};
use tests::generated::trains::{Client, operations as o, server as s};

const TRIP: &str = "67e55044-10b1-426f-9247-bb680e5fe0c8";

/// Books the cheapest trip for Jane and pays with her card.
async fn book(client: &Client) -> Result<String, Box<dyn Error>> {
    let stations = client.stations().get_stations().country("DE").await?.into_body().data;
    let [from, to, ..] = stations.as_slice() else { return Err("fewer than two stations".into()) };
    let trips = client.get_trips().origin(from.id.as_str()).destination(to.id.as_str()).date("2026-02-01T08:00:00Z");
    let trips = trips.bicycles(true).await?.into_body();
    let cheapest = trips.into_iter().min_by(|a, b| a.price.total_cmp(&b.price)).ok_or("no trip")?;

    let wanted =
        BookingRequest::new(BookingRequestRequired { trip_id: cheapest.id, passenger_name: "Jane".to_owned() });
    let booking = match client.bookings().create(&wanted.has_bicycle(true)).await {
        Ok(response) => response.into_body(),
        Err(error) => match error.api() {
            Some(CreateBookingError::Conflict(problem)) => return Ok(format!("full: {:?}", problem.title)),
            _ => return Err(error.into()),
        },
    };
    let id = booking.id.ok_or("a booking without an id")?;
    let card = Card::new(CardRequired { number: "4242".to_owned(), cvc: "123".into() });
    let payment = PaymentRequest::new(PaymentRequestRequired {
        amount: cheapest.price,
        currency: PaymentCurrency::Eur,
        source: card.into(),
    });
    let paid = client.create_booking_payment(&id, &payment).await?.into_body();
    Ok(format!("{id}: {:?}", paid.status))
}

fn recorded(responses: impl IntoIterator<Item = MockResponse>) -> (Client, Recorder) {
    let recorder = Recorder::new();
    responses.into_iter().for_each(|response| recorder.respond_with(response));
    (Client::builder(servers::PRODUCTION).transport(recorder.clone()).build().unwrap(), recorder)
}

#[tokio::test]
async fn a_trip_is_found_booked_and_paid() {
    let station = |name: &str| format!(r#"{{"id":"{TRIP}","name":"{name}"}}"#);
    let (client, sent) = recorded([
        MockResponse::json(200, format!(r#"{{"data":[{},{}]}}"#, station("Berlin"), station("Bonn"))),
        MockResponse::json(200, format!(r#"[{{"id":"{TRIP}","price":9.5}},{{"id":"{TRIP}","price":5.0}}]"#)),
        MockResponse::json(201, format!(r#"{{"id":"b1","trip_id":"{TRIP}","passenger_name":"Jane"}}"#)),
        MockResponse::json(
            200,
            r#"{"amount":5.0,"currency":"eur","status":"succeeded","source":{"object":"bank_account","number":"1"}}"#,
        ),
    ]);
    assert_eq!(book(&client).await.unwrap(), "b1: Some(Succeeded)");
    let payment = sent.requests()[3].json();
    assert_eq!(payment["source"], serde_json::json!({"object": "card", "number": "4242", "cvc": "123"}));
}

struct Full;

impl s::Trains for Full {
    async fn create_booking(
        &self,
        _: s::CreateBookingInput,
        _: Context,
    ) -> Result<o::CreateBookingSuccess, Failure<o::CreateBookingError>> {
        let problem = tests::generated::trains::types::Problem::new().title("The trip is full");
        Err(o::CreateBookingError::Conflict(problem).into())
    }

    async fn create_booking_payment(
        &self,
        input: s::CreateBookingPaymentInput,
        _: Context,
    ) -> Result<o::CreateBookingPaymentSuccess, Failure<o::CreateBookingPaymentError>> {
        let PaymentRequest { amount, currency, source, .. } = input.body;
        let paid = Payment::new(PaymentRequired { amount, currency, source }).status(PaymentStatus::Pending);
        Ok(o::CreateBookingPaymentSuccess::Ok(paid))
    }
}

#[tokio::test]
async fn a_documented_error_is_matched_by_its_name() {
    let (client, _) = connect!(trains, Full);
    let wanted = BookingRequest::new(BookingRequestRequired {
        trip_id: TRIP.parse().unwrap(),
        passenger_name: "Jane".to_owned(),
    });
    let error = client.create_booking(&wanted).await.unwrap_err();
    assert!(matches!(error.api(), Some(CreateBookingError::Conflict(problem)) if problem.title.is_some()));
}
