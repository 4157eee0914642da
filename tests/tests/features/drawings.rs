//! A program that uses an API with unions, as a person would write it: a test of how pleasant that
//! is.

use serde_json::{Value, json, to_value};
use specwright_runtime::server::{Context, Failure};
use tests::generated::drawings::types::{
    CircleShape, ColorName, Drawing, Grid, GroupShape, Label, LineShape, Paint, Rgb, RgbRequired, Shape,
};
use tests::generated::drawings::{operations as o, server as s};

struct Printer;

impl s::Drawings for Printer {
    async fn draw(&self, input: s::DrawInput, _: Context) -> Result<o::DrawSuccess, Failure<o::DrawError>> {
        let circles = input.body.shapes.into_iter().filter(|shape| matches!(shape, Shape::Circle(_)));
        Ok(o::DrawSuccess::Ok(Drawing::new(circles).title("circles")))
    }
}

fn area(shape: &Shape) -> f64 {
    match shape {
        Shape::Circle(CircleShape { radius, .. }) => radius * radius * 3.0,
        Shape::Line(_) => 0.0,
        Shape::Group(group) => group.shapes.iter().map(area).sum(),
    }
}

#[tokio::test]
async fn members_are_made_without_naming_their_unions() {
    let (client, sent) = connect!(drawings, Printer);
    let circle = CircleShape::new(2.0).fill(Rgb::new(RgbRequired { r: 255, g: 0, b: 0 }));
    let group = GroupShape::new([Shape::from(circle.clone()), LineShape::new((1.0, 2.0)).into()]);
    let drawing = Drawing::new([Shape::from(circle), group.into()])
        .title(vec!["two".to_owned(), "shapes".to_owned()])
        .fill(ColorName::Red)
        .grid(10);
    assert!((drawing.shapes.iter().map(area).sum::<f64>() - 24.0).abs() < f64::EPSILON);

    let circles = client.drawings().draw(&drawing).await.unwrap().into_body();
    assert_eq!((circles.shapes.len(), circles.title), (1, Some(Label::from("circles"))));
    let sent = sent.requests()[0].json();
    assert_eq!(sent["shapes"][1]["shapes"][1], json!({"kind": "line", "to": [1.0, 2.0]}));
    assert_eq!((&sent["fill"], &sent["grid"]), (&json!("red"), &json!(10)));
}

#[test]
fn a_member_without_a_schema_is_any_object() {
    let Value::Object(object) = json!({"step": 5}) else { panic!("no object") };
    assert_eq!(to_value(Grid::from(object)).unwrap(), json!({"step": 5}));
    assert_eq!(to_value(Grid::from(true)).unwrap(), json!(true));
    assert_eq!(to_value(Paint::from(ColorName::from("teal"))).unwrap(), json!("teal"));
}
