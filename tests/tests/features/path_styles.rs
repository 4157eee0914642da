//! Every style of path parameter.

use specwright_runtime::client::Error;
use specwright_runtime::server::{Context, Failure};
use tests::generated::path_styles::types::{Point, PointRequired};
use tests::generated::path_styles::{operations as o, server as s};

use crate::raw_request;
use crate::received::Inputs;

#[derive(Clone, Default)]
struct Service(Inputs<String>);

impl s::PathStyles for Service {
    async fn simple(&self, input: s::SimpleInput, _: Context) -> Result<o::SimpleSuccess, Failure<o::SimpleError>> {
        self.0.record(format!("{:?} {:?} {:?}", input.list, input.object, input.exploded));
        Ok(o::SimpleSuccess::NoContent)
    }

    async fn label(&self, input: s::LabelInput, _: Context) -> Result<o::LabelSuccess, Failure<o::LabelError>> {
        self.0.record(format!("{:?} {:?} {:?}", input.list, input.object, input.exploded));
        Ok(o::LabelSuccess::NoContent)
    }

    async fn matrix(&self, input: s::MatrixInput, _: Context) -> Result<o::MatrixSuccess, Failure<o::MatrixError>> {
        self.0.record(format!("{:?} {:?} {:?}", input.list, input.object, input.exploded));
        Ok(o::MatrixSuccess::NoContent)
    }

    async fn compare(&self, input: s::CompareInput, _: Context) -> Result<o::CompareSuccess, Failure<o::CompareError>> {
        self.0.record(format!("{} {} {}", input.base, input.head, input.format));
        Ok(o::CompareSuccess::NoContent)
    }
}

#[tokio::test]
async fn every_style_is_encoded_by_the_standard_and_read_back() {
    let service = Service::default();
    let (client, sent) = connect!(path_styles, service.clone());
    let (list, point) = (["a,b", "c/d"], Point::new(PointRequired { x: 1, y: -2 }));
    client.simple(list, &point, &point).await.unwrap();
    client.label(list, &point, &point).await.unwrap();
    client.matrix(list, &point, &point).await.unwrap();
    let paths: Vec<_> = sent.requests().into_iter().map(|request| request.path).collect();
    assert_eq!(
        paths,
        [
            "/simple/a%2Cb,c%2Fd/x,1,y,-2/x=1,y=-2",
            "/label/.a%2Cb,c%2Fd/.x,1,y,-2/.x=1.y=-2",
            "/matrix/;list=a%2Cb,c%2Fd/;object=x,1,y,-2/;x=1;y=-2",
        ]
    );
    let read = format!("{list:?} {point:?} {point:?}");
    assert_eq!(service.0.all(), [read.clone(), read.clone(), read]);
}

#[tokio::test]
async fn several_variables_share_a_segment() {
    let service = Service::default();
    let (client, sent) = connect!(path_styles, service.clone());
    client.compare("main", "dev", "diff").await.unwrap();
    assert_eq!(sent.requests()[0].path, "/compare/main...dev.diff");
    assert_eq!(service.0.only(), "main dev diff");
}

#[tokio::test]
async fn an_empty_parameter_is_not_sent() {
    let (client, sent) = connect!(path_styles, Service::default());
    let point = Point::new(PointRequired { x: 1, y: 2 });
    let error = client.simple([""; 0], &point, &point).await.unwrap_err();
    assert!(matches!(&error, Error::InvalidRequest(_)), "{error}");
    assert!(error.to_string().contains("`list`"), "{error}");
    assert_eq!(sent.requests().len(), 0);
}

#[tokio::test]
async fn values_of_another_type_are_refused_with_their_pointer() {
    let service = Service::default();
    let response = raw_request::empty(s::router(service.clone()), "GET", "/simple/a/x,one,y,2/x=1,y=2").await;
    assert_eq!(response.violations(), (400, vec!["/path/object/x".to_owned()]));
    let response = raw_request::empty(s::router(service.clone()), "GET", "/label/a/.x,1,y,2/.x=1.y=2").await;
    assert_eq!(response.status, 400, "a label begins with a point");
    assert_eq!(service.0.all().len(), 0);
}
