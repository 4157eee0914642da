//! An API of many operations, for measurements.

use super::{api, field, json, named, newtype, operation, outcome, parameter, string, structure, using};
use crate::emit::test_data::definition;
use crate::ir::model::{
    Alternative, Api, Constraints, Doc, IntegerKind, Location, Presence, RequestBody, Requirement, ResponseBody,
    Responses, Scalar, Shape, Status,
};

/// `count` operations of the usual kind: each has two path parameters, three query parameters and
/// three errors, and every other one has a body.
pub(crate) fn synthetic(count: usize) -> Api {
    let mut api = api("Synthetic", "Synthetic");
    let small = super::small();
    api.schemes = small.schemes;
    api.credentials = small.credentials;
    let id = api.types.push(definition("ItemId", newtype(Constraints::default())));
    let fields = vec![field("name", string(), Presence::Required), field("note", string(), Presence::Optional)];
    let item = api.types.push(definition("Item", structure(fields)));
    let fault = api.types.push(definition("Fault", structure(vec![field("message", string(), Presence::Required)])));
    let number = || using(Shape::Scalar(Scalar::Integer(IntegerKind::I64)));
    for index in 0..count {
        let parameters = vec![
            parameter("group_id", Location::Path, named(id)),
            parameter("item_id", Location::Path, named(id)),
            parameter("limit", Location::Query, number()),
            parameter("cursor", Location::Query, string()),
            parameter("tags", Location::Query, using(Shape::List(Box::new(string())))),
        ];
        let method = if index % 2 == 0 { "GET" } else { "POST" };
        let mut one = operation(&format!("handle_item_{index}"), &format!("HandleItem{index}"), method, parameters);
        if index % 2 == 1 {
            one.body =
                Some(RequestBody { required: true, contents: vec![json("body", named(item))], doc: Doc::default() });
        }
        let fails =
            |name, code| outcome(name, Status::Code(code), Some("application/json"), ResponseBody::Json(named(fault)));
        one.responses = Responses {
            success: vec![outcome("Ok", Status::Code(200), Some("application/json"), ResponseBody::Json(named(item)))],
            error: vec![fails("BadRequest", 400), fails("NotFound", 404), fails("TooManyRequests", 429)],
            shared_error: None,
        };
        one.security = vec![Alternative {
            requirements: vec![Requirement { scheme: 0, scopes: Vec::new() }],
            credential: Some(0),
        }];
        api.operations.push(one);
    }
    api
}
