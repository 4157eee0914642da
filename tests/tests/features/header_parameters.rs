//! Parameters in headers.

use specwright_runtime::client::Error;
use specwright_runtime::server::{Context, Failure};
use tests::Served;
use tests::generated::header_parameters::types::{Point, PointRequired};
use tests::generated::header_parameters::{Client, operations as o, server as s};

use crate::raw_request;
use crate::received::Inputs;

#[derive(Clone, Default)]
struct Service(Inputs<s::ListThingsInput>);

impl s::HeaderParameters for Service {
    async fn list_things(
        &self,
        input: s::ListThingsInput,
        _: Context,
    ) -> Result<o::ListThingsSuccess, Failure<o::ListThingsError>> {
        self.0.record(input);
        Ok(o::ListThingsSuccess::NoContent)
    }
}

#[tokio::test]
async fn scalars_lists_and_objects_are_sent_over_a_socket() {
    let service = Service::default();
    let served = Served::start(s::router(service.clone())).await;
    let client = Client::builder(served.url()).build().unwrap();
    let point = Point::new(PointRequired { x: 1, y: 2 });
    client.list_things().x_trace("t 1").x_ids([7, 8]).x_point(&point).x_exploded(&point).await.unwrap();
    let input = service.0.only();
    assert_eq!((input.x_trace.as_str(), input.x_ids), ("t 1", Some(vec![7, 8])));
    assert_eq!((input.x_point, input.x_exploded), (Some(point.clone()), Some(point)));
}

#[tokio::test]
async fn headers_are_encoded_by_the_standard() {
    let (client, sent) = connect!(header_parameters, Service::default());
    let point = Point::new(PointRequired { x: 1, y: 2 });
    client.list_things().x_trace("t").x_ids([7, 8]).x_point(&point).x_exploded(&point).await.unwrap();
    let request = &sent.requests()[0];
    for (name, value) in [("x-trace", "t"), ("x-ids", "7,8"), ("x-point", "x,1,y,2"), ("x-exploded", "x=1,y=2")] {
        assert_eq!(request.header(name), Some(value));
    }
}

#[tokio::test]
async fn a_value_cannot_inject_a_line() {
    let (client, sent) = connect!(header_parameters, Service::default());
    for value in ["a\r\nx-admin: yes", "a\nb", "a\0"] {
        let error = client.list_things().x_trace(value).await.unwrap_err();
        assert!(matches!(&error, Error::InvalidRequest(_)), "{error}");
        assert!(error.to_string().contains("`X-Trace`"), "{error}");
    }
    assert_eq!(sent.requests().len(), 0);
}

#[tokio::test]
async fn missing_and_invalid_headers_are_refused_with_their_pointer() {
    let response = raw_request::empty(s::router(Service::default()), "GET", "/things").await;
    let (status, pointers) = response.violations();
    assert_eq!(status, 400);
    assert!(pointers[0].eq_ignore_ascii_case("/header/X-Trace"), "{pointers:?}");
}
