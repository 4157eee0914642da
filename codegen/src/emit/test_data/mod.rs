//! Hand-made APIs for the tests of emitters. They are the smallest ones that show each feature.

mod kitchen;
mod synthetic;

pub(crate) use kitchen::kitchen;
pub(crate) use synthetic::synthetic;

use crate::ir::model::{
    Alternative, Api, BodyContent, BodyKind, ConstantName, Constraints, Credential, Decoration, Doc, FieldName,
    FunctionName, Location, Media, Method, ModuleName, Operation, Origin, Parameter, PathTemplate, Presence, Reading,
    RequestBody, Requirement, ResponseBody, ResponseCase, Responses, Scalar, Scheme, SchemeKind, Segment, SegmentPiece,
    Server, Shape, Status, Style, TypeDef, TypeId, TypeKind, TypeName, TypeTable, TypeUse, Usage, VariantName,
};
use crate::ir::model::{Extra, Field, Newtype, Struct};

pub(crate) fn doc(summary: &str) -> Doc {
    Doc { summary: Some(summary.to_owned()), ..Doc::default() }
}

pub(crate) fn origin() -> Origin {
    Origin { file: "specs/sample/openapi.yaml".to_owned(), pointer: String::new(), line: 1 }
}

pub(crate) fn using(shape: Shape) -> TypeUse {
    TypeUse { shape, nullable: false, constraints: Constraints::default() }
}

pub(crate) fn string() -> TypeUse {
    using(Shape::Scalar(Scalar::String))
}

pub(crate) fn named(id: TypeId) -> TypeUse {
    using(Shape::Named(id))
}

pub(crate) fn media(text: &str) -> Media {
    Media { text: text.to_owned(), essence: text.to_owned() }
}

pub(crate) fn definition(name: &str, kind: TypeKind) -> TypeDef {
    let kind = with_required(name, kind);
    TypeDef {
        name: TypeName::from_naming(name),
        schema_name: Some(name.to_owned()),
        doc: Doc::default(),
        origin: origin(),
        kind,
        reading: Reading::Usual,
        usage: Usage { request: true, response: true },
        shared: None,
        default: false,
        eq: true,
        decoration: Decoration::default(),
        assertions: Vec::new(),
    }
}

/// The struct of required properties has the name that `ir` gives it.
pub(crate) fn with_required(name: &str, mut kind: TypeKind) -> TypeKind {
    if let TypeKind::Struct(object) = &mut kind
        && object.asked().count() > 1
    {
        object.required = Some(TypeName::from_naming(format!("{name}Required")));
    }
    kind
}

pub(crate) fn field(name: &str, ty: TypeUse, presence: Presence) -> Field {
    Field {
        name: FieldName::from_naming(name),
        setter: FieldName::from_naming(name),
        wire: name.to_owned(),
        ty,
        presence,
        boxed: false,
        doc: Doc::default(),
        constant: None,
        default: None,
    }
}

pub(crate) fn structure(fields: Vec<Field>) -> TypeKind {
    let required = None;
    TypeKind::Struct(Struct {
        fields,
        extra: Extra::Ignored,
        constraints: Constraints::default(),
        required,
        unsent: Vec::new(),
        extra_setter: None,
    })
}

pub(crate) fn newtype(constraints: Constraints) -> TypeKind {
    TypeKind::Newtype(Newtype::of(TypeUse { constraints, ..string() }))
}

pub(crate) fn parameter(name: &str, location: Location, ty: TypeUse) -> Parameter {
    let path = location == Location::Path;
    let simple = path || location == Location::Header;
    Parameter {
        name: FieldName::from_naming(name),
        marker: TypeName::from_naming(name),
        wire: name.to_owned(),
        location,
        style: if simple { Style::Simple } else { Style::Form },
        explode: !simple,
        allow_reserved: false,
        required: path,
        allow_empty: false,
        content: None,
        ty,
        default: None,
        doc: Doc::default(),
    }
}

pub(crate) fn json(setter: &str, ty: TypeUse) -> BodyContent {
    content(setter, "Json", "application/json", BodyKind::Json(ty))
}

pub(crate) fn content(setter: &str, variant: &str, text: &str, kind: BodyKind) -> BodyContent {
    BodyContent {
        media: media(text),
        also: Vec::new(),
        variant: VariantName::from_naming(variant),
        setter: FunctionName::from_naming(setter),
        kind,
        example: None,
        streamed: None,
    }
}

pub(crate) fn outcome(variant: &str, status: Status, text: Option<&str>, body: ResponseBody) -> ResponseCase {
    ResponseCase {
        variant: VariantName::from_naming(variant),
        status,
        media: text.map(media),
        also: Vec::new(),
        body,
        headers: None,
        doc: doc(variant),
    }
}

/// An operation at `/{name}`, followed by one segment for each path parameter.
pub(crate) fn operation(name: &str, pascal: &str, method: &str, parameters: Vec<Parameter>) -> Operation {
    let literal = Segment { pieces: vec![SegmentPiece::Literal(name.to_owned())] };
    let in_path = parameters.iter().enumerate().filter(|(_, one)| one.location == Location::Path);
    let variables = in_path.map(|(index, _)| Segment { pieces: vec![SegmentPiece::Parameter(index)] });
    let in_path = parameters.iter().filter(|one| one.location == Location::Path);
    let raw = in_path.fold(String::new(), |raw, one| raw + "/{" + &one.wire + "}");
    Operation {
        id: name.to_owned(),
        name: FunctionName::from_naming(name),
        constant: ConstantName::from_naming(name.to_uppercase()),
        builder: TypeName::from_naming(format!("{pascal}RequestBuilder")),
        input: TypeName::from_naming(format!("{pascal}Input")),
        success: TypeName::from_naming(format!("{pascal}Success")),
        error: TypeName::from_naming(format!("{pascal}Error")),
        body_name: TypeName::from_naming(format!("{pascal}Body")),
        method: Method(method.to_owned()),
        path: PathTemplate {
            raw: format!("/{name}{raw}"),
            segments: std::iter::once(literal).chain(variables).collect(),
            query: Vec::new(),
        },
        doc: doc(pascal),
        tags: Vec::new(),
        parameters,
        body: None,
        responses: Responses::default(),
        security: Vec::new(),
        servers: Vec::new(),
        origin: origin(),
        idempotency_key: None,
        paging: None,
    }
}

pub(crate) fn scheme(wire: &str, snake: &str, kind: SchemeKind) -> Scheme {
    Scheme {
        wire: wire.to_owned(),
        name: FieldName::from_naming(snake),
        variant: VariantName::from_naming(wire),
        flows: Vec::new(),
        metadata_url: None,
        constant: ConstantName::from_naming(snake.to_uppercase()),
        kind,
        doc: Doc::default(),
        origin: origin(),
    }
}

pub(crate) fn api(stem: &str, title: &str) -> Api {
    Api {
        module: ModuleName::from_naming("sample"),
        type_stem: TypeName::from_naming(stem),
        origin: origin(),
        source: "specs/sample/openapi.yaml".to_owned(),
        title: title.to_owned(),
        version: "1.0".to_owned(),
        doc: doc("A hand-made API."),
        has_provenance: false,
        servers: vec![Server {
            name: FunctionName::from_naming("production"),
            constant: ConstantName::from_naming("PRODUCTION"),
            url: "https://api.example.com".to_owned(),
            variables: Vec::new(),
            doc: doc("Production"),
            origin: origin(),
        }],
        schemes: Vec::new(),
        credentials: Vec::new(),
        types: TypeTable::default(),
        operations: Vec::new(),
        runtime_features: Vec::new(),
        tag_groups: Vec::new(),
        type_modules: Vec::new(),
        split: crate::ir::model::Split::One,
        header_groups: Vec::new(),
        shared_headers: Vec::new(),
        shared_errors: Vec::new(),
        features: None,
        webhooks: None,
        former: crate::ir::model::Former::default(),
    }
}

/// The operation of the Prelude document with fewer errors.
pub(crate) fn small() -> Api {
    let mut api = api("PreludeSo", "Prelude Session Management API");
    let app = api.types.push(definition("AppId", newtype(Constraints::default())));
    let user =
        api.types.push(definition("UserId", newtype(Constraints { min_length: Some(1), ..Constraints::default() })));
    let profile = field("profile", using(Shape::Map(Box::new(string()), None)), Presence::Required);
    let body = api.types.push(definition("PatchUserProfileRequest", structure(vec![profile])));
    let missing = api.types.push(definition("UserNotFoundError", structure(Vec::new())));
    api.schemes.push(scheme("Authorization", "authorization", SchemeKind::Bearer));
    api.credentials.push(Credential { variant: VariantName::from_naming("Authorization"), schemes: vec![0] });
    let mut patch = operation(
        "patch_user_profile",
        "PatchUserProfile",
        "PATCH",
        vec![parameter("app_id", Location::Path, named(app)), parameter("user_id", Location::Path, named(user))],
    );
    patch.body = Some(RequestBody { required: true, contents: vec![json("body", named(body))], doc: Doc::default() });
    patch.responses = Responses {
        success: vec![outcome("NoContent", Status::Code(204), None, ResponseBody::Empty)],
        error: vec![outcome(
            "NotFound",
            Status::Code(404),
            Some("application/json"),
            ResponseBody::Json(named(missing)),
        )],
        shared_error: None,
    };
    patch.security =
        vec![Alternative { requirements: vec![Requirement { scheme: 0, scopes: Vec::new() }], credential: Some(0) }];
    api.operations.push(patch);
    api
}
