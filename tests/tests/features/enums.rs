//! Open enums keep new values; strict enums refuse them.

use serde_json::json;
use specwright_runtime::MaybeAbsent;
use specwright_runtime::client::{InProcess, Recorder};
use specwright_runtime::server::{Context, Failure};
use tests::generated::enums::types::{Color, Lamp, LampDimmed, LampRequired, Socket, State, Watts};
use tests::generated::enums::{Client, operations as o, server as s};

use crate::raw_request;
use crate::received::Inputs;

#[derive(Clone, Default)]
struct Echo(Inputs<State>);

impl s::Enums for Echo {
    async fn switch_lamp(
        &self,
        input: s::SwitchLampInput,
        _: Context,
    ) -> Result<o::SwitchLampSuccess, Failure<o::SwitchLampError>> {
        self.0.record(input.state);
        let mut lamp = input.body;
        lamp.socket.get_or_insert(Socket::from("gu10"));
        Ok(o::SwitchLampSuccess::Ok(lamp))
    }
}

#[tokio::test]
async fn a_new_value_is_read_and_kept() {
    let service = Echo::default();
    let sent = Recorder::around(InProcess::new(tests::unvalidated(s::router(service.clone()))));
    let client = Client::builder("http://in-process").transport(sent.clone()).build().unwrap();
    let lamp = Lamp::new(LampRequired { color: Color::Red, watts: Watts::new(40).unwrap() });
    let response = client.switch_lamp(State::HalfWay, &lamp).await.unwrap().into_body();
    assert_eq!(response.socket, Some(Socket::Unknown("gu10".to_owned())));
    assert_eq!(sent.requests()[0].path, "/lamps/half-way");
    assert_eq!(sent.requests()[0].json(), json!({"color": "red", "watts": 40}));
    assert_eq!(serde_json::to_value(&response).unwrap()["socket"], "gu10", "it is written as it was read");
    assert_eq!(service.0.only(), State::HalfWay);
}

#[test]
fn values_convert_to_text_and_back() {
    assert_eq!(State::HalfWay.as_str(), "half-way");
    assert_eq!(State::HalfWay.to_string(), "half-way");
    assert_eq!("half-way".parse::<State>().unwrap(), State::HalfWay);
    assert_eq!(State::ALL, [State::On, State::Off, State::HalfWay]);
    assert_eq!(Color::ALL, [Color::Red, Color::Green]);
    "blue".parse::<Color>().unwrap_err();
}

#[test]
fn colliding_values_have_distinct_names() {
    let socket = |text: &str| serde_json::from_value::<Socket>(json!(text)).unwrap();
    assert_eq!(socket("E27"), Socket::E27);
    let lower = socket("e27");
    assert_ne!(lower, Socket::E27);
    for text in ["e27", "E27", "e-27", "", "é27", "self"] {
        let value = socket(text);
        assert!(!matches!(value, Socket::Unknown(_)), "{text}");
        assert_eq!(serde_json::to_value(&value).unwrap(), json!(text));
    }
}

#[test]
fn null_among_the_values_differs_from_the_string_null() {
    let lamp = |dimmed| serde_json::from_value::<Lamp>(json!({"color": "red", "watts": 60, "dimmed": dimmed})).unwrap();
    assert_eq!(lamp(json!(null)).dimmed, MaybeAbsent::Null);
    assert_eq!(lamp(json!("null")).dimmed, MaybeAbsent::Value(LampDimmed::Null));
    assert_eq!(lamp(json!("null")).watts, Watts::new(60).unwrap());
}

#[tokio::test]
async fn servers_validate_even_where_clients_are_tolerant() {
    let body = json!({"color": "red", "watts": 40, "socket": "gu10"});
    let response = raw_request::json(s::router(Echo::default()), "PUT", "/lamps/on", &body).await;
    assert_eq!(response.violations(), (422, vec!["/body/socket".to_owned()]));
}

#[test]
fn a_strict_enum_also_refuses_new_values_from_a_server() {
    let error = serde_json::from_value::<Lamp>(json!({"color": "blue", "watts": 40})).unwrap_err().to_string();
    assert_eq!(error, "invalid value: string \"blue\", expected a value of Color");
}

#[tokio::test]
async fn a_strict_enum_refuses_new_values() {
    let response =
        raw_request::json(s::router(Echo::default()), "PUT", "/lamps/on", &json!({"color": "blue", "watts": 40})).await;
    assert_eq!(response.violations(), (422, vec!["/body/color".to_owned()]));
}

#[tokio::test]
async fn numbers_are_validated_by_constructors_and_servers() {
    assert_eq!(Watts::new(60).unwrap().into_inner(), 60);
    Watts::new(50).unwrap_err();
    let response =
        raw_request::json(s::router(Echo::default()), "PUT", "/lamps/on", &json!({"color": "red", "watts": 50})).await;
    assert_eq!(response.violations(), (422, vec!["/body/watts".to_owned()]));
}
