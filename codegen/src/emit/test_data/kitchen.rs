//! An API with every kind of parameter, body, response and credential.

use super::{
    api, content, definition, doc, field, json, media, named, newtype, operation, origin, outcome, parameter, scheme,
    string, structure, using,
};
use crate::ir::model::{
    Alternative, Api, BodyKind, ConstantName, Constraints, Credential, Doc, Enum, EnumVariant, Extra, FieldName,
    FormField, Format, FunctionName, Header, HeaderForm, HeaderGroup, HeaderHolder, IntegerKind, Location,
    MultipartPart, Operation, PartContent, Presence, RequestBody, Requirement, ResponseBody, Responses, Scalar,
    SchemeKind, Server, ServerVariable, Shape, Status, Struct, Style, TypeDef, TypeId, TypeKind, TypeName, TypeUse,
    Usage, VariantName, Webhook, Webhooks,
};

fn number() -> TypeUse {
    using(Shape::Scalar(Scalar::Integer(IntegerKind::I64)))
}

/// An API that has every construct once.
pub(crate) fn kitchen() -> Api {
    let mut api = api("Kitchen", "Kitchen `API` <beta>");
    let types = Types::push(&mut api);
    credentials(&mut api);
    api.servers.push(tenant());
    api.header_groups.push(headers());
    api.operations = vec![list(&types), upload(&types), login(&types), watch(&types)];
    api.webhooks = Some(webhooks(&types));
    api
}

struct Types {
    account: TypeId,
    sort: TypeId,
    filter: TypeId,
    login: TypeId,
    upload: TypeId,
    event: TypeId,
}

impl Types {
    fn push(api: &mut Api) -> Self {
        let checked = Constraints { pattern: Some("^acc_".to_owned()), max_length: Some(32), ..Constraints::default() };
        let account = api.types.push(definition("AccountId", newtype(checked)));
        let variants = [("Asc", "asc"), ("Desc", "desc")].map(|(name, wire)| EnumVariant {
            name: VariantName::from_naming(name),
            wire: wire.to_owned(),
            doc: Doc::default(),
        });
        let sort = Enum { variants: variants.to_vec(), open: true, extensible: false, default: None };
        let sort = api.types.push(definition("Sort", TypeKind::Enum(sort)));
        let tag = TypeUse { constraints: Constraints { min_length: Some(1), ..Constraints::default() }, ..string() };
        let tags = TypeUse {
            constraints: Constraints { max_items: Some(5), ..Constraints::default() },
            ..using(Shape::List(Box::new(tag)))
        };
        let score = TypeUse {
            constraints: Constraints { maximum: serde_json::Number::from_f64(0.5), ..Constraints::default() },
            ..number()
        };
        let filter = Struct {
            fields: vec![field("tags", tags, Presence::Required), field("score", score, Presence::Optional)],
            extra: Extra::Denied,
            constraints: Constraints { max_properties: Some(1), ..Constraints::default() },
            required: None,
            unsent: Vec::new(),
            extra_setter: None,
        };
        let filter = api.types.push(definition("Filter", TypeKind::Struct(filter)));
        let login = api.types.push(definition("Login", structure(vec![field("scopes", string(), Presence::Required)])));
        let upload = Struct {
            fields: vec![
                field("title", string(), Presence::Required),
                field("avatar", using(Shape::Scalar(Scalar::Binary)), Presence::Optional),
            ],
            extra: Extra::Kept {
                name: FieldName::from_naming("extra"),
                value: Box::new(string()),
                patterns: vec!["^automation_.*$".to_owned()],
            },
            constraints: Constraints::default(),
            required: None,
            unsent: Vec::new(),
            extra_setter: Some(FieldName::from_naming("extra")),
        };
        let upload = api.types.push(definition("Upload", TypeKind::Struct(upload)));
        let event = structure(vec![field("filter", named(filter), Presence::Required)]);
        let usage = Usage { request: false, response: true };
        let event = api.types.push(TypeDef { usage, ..definition("Event", event) });
        Self { account, sort, filter, login, upload, event }
    }
}

fn credentials(api: &mut Api) {
    api.schemes = vec![
        scheme("appKey", "app_key", SchemeKind::HeaderKey("x-app-key".to_owned())),
        scheme("user", "user", SchemeKind::Basic),
        scheme("certificate", "certificate", SchemeKind::MutualTls),
        scheme("token", "token", SchemeKind::Http("Token".to_owned())),
    ];
    let credential = |variant: &str, schemes: &[usize]| Credential {
        variant: VariantName::from_naming(variant),
        schemes: schemes.to_vec(),
    };
    api.credentials =
        vec![credential("AppKeyAndUser", &[0, 1]), credential("Certificate", &[2]), credential("Token", &[3])];
}

fn tenant() -> Server {
    Server {
        name: FunctionName::from_naming("tenant"),
        constant: ConstantName::from_naming("TENANT"),
        url: "https://{tenant}.example.com".to_owned(),
        variables: vec![ServerVariable {
            name: FieldName::from_naming("tenant"),
            wire: "tenant".to_owned(),
            default: "acme".to_owned(),
            allowed: vec!["acme".to_owned(), "test".to_owned()],
            doc: doc("Who you are"),
        }],
        doc: Doc::default(),
        origin: origin(),
    }
}

fn headers() -> HeaderGroup {
    HeaderGroup {
        shared: None,
        holder: HeaderHolder::Response,
        name: TypeName::from_naming("ListThingsOkHeaders"),
        headers: vec![Header {
            name: FieldName::from_naming("x_total"),
            wire: "x-total".to_owned(),
            required: true,
            form: HeaderForm::Simple { explode: false },
            ty: number(),
            doc: doc("How many"),
        }],
    }
}

/// Parameters of all kinds, two media types, headers, ranges and a default.
fn list(types: &Types) -> Operation {
    let constraints = Constraints { minimum: Some(1.into()), ..Constraints::default() };
    let mut limit = parameter("limit", Location::Query, TypeUse { constraints, ..number() });
    limit.doc = doc("How many to give");
    limit.default = Some(20.into());
    let mut sort = parameter("sort", Location::Query, named(types.sort));
    sort.default = Some("asc".into());
    let mut filter = parameter("filter", Location::Query, named(types.filter));
    filter.style = Style::DeepObject;
    filter.doc.deprecated = Some("use `sort`".to_owned());
    let mut one = operation(
        "list_things",
        "ListThings",
        "GET",
        vec![
            parameter("account_id", Location::Path, named(types.account)),
            limit,
            parameter("query", Location::Query, string()),
            sort,
            filter,
            parameter("since", Location::Header, using(Shape::Scalar(Scalar::Text(Format::DateTime)))),
            parameter("ids", Location::Cookie, using(Shape::List(Box::new(number())))),
        ],
    );
    let list = using(Shape::List(Box::new(named(types.filter))));
    let mut ok = outcome("OkJson", Status::Code(200), Some("application/json"), ResponseBody::Json(list));
    ok.headers = Some(0);
    let mut csv = outcome("OkCsv", Status::Code(200), Some("text/csv"), ResponseBody::Stream);
    csv.headers = Some(0);
    one.responses = Responses {
        success: vec![ok, csv, outcome("Accepted", Status::Code(202), None, ResponseBody::Empty)],
        error: vec![
            outcome("Default", Status::Default, Some("application/json"), ResponseBody::Json(named(types.filter))),
            outcome("ServerError", Status::Range(5), None, ResponseBody::Empty),
            outcome("NotFound", Status::Code(404), Some("text/plain"), ResponseBody::Text(string())),
        ],
        shared_error: None,
    };
    let credential = |index, schemes: &[usize]| Alternative {
        requirements: schemes
            .iter()
            .map(|scheme| Requirement { scheme: *scheme, scopes: vec!["read".to_owned()] })
            .collect(),
        credential: Some(index),
    };
    one.security = vec![credential(0, &[0, 1]), credential(1, &[2]), Alternative::default()];
    one
}

/// An optional body with several media types.
fn upload(types: &Types) -> Operation {
    let mut one = operation("upload", "Upload", "POST", Vec::new());
    let part = |name: &str, content| MultipartPart {
        field: FieldName::from_naming(name),
        wire: name.to_owned(),
        content,
        repeated: false,
        content_type: None,
        style: None,
        empty_is_null: false,
        headers: None,
    };
    let parts = vec![part("title", PartContent::Text), part("avatar", PartContent::File)];
    one.body = Some(RequestBody {
        required: false,
        contents: vec![
            content("multipart", "Multipart", "multipart/form-data", BodyKind::Multipart { ty: types.upload, parts }),
            json("json", named(types.filter)),
            content("text", "Text", "text/plain", BodyKind::Text(string())),
            content("image", "Image", "image/*", BodyKind::Binary),
        ],
        doc: doc("What to keep"),
    });
    one.responses.success = vec![outcome("Default", Status::Default, None, ResponseBody::Empty)];
    one.responses.error = vec![outcome("Teapot", Status::Code(418), None, ResponseBody::Empty)];
    one
}

/// A form with an encoding.
fn login(types: &Types) -> Operation {
    let mut one = operation("login", "LoginCall", "POST", Vec::new());
    let fields = vec![FormField {
        wire: "scopes".to_owned(),
        style: Style::SpaceDelimited,
        explode: false,
        allow_reserved: false,
        json: false,
        empty_is_null: false,
    }];
    let kind = BodyKind::Form { ty: named(types.login), fields };
    one.body = Some(RequestBody {
        required: true,
        contents: vec![content("body", "Form", "application/x-www-form-urlencoded", kind)],
        doc: Doc::default(),
    });
    let mut form = outcome("Ok", Status::Code(200), None, ResponseBody::Form(named(types.login)));
    form.media = Some(media("application/x-www-form-urlencoded"));
    one.responses.success = vec![form];
    one.security =
        vec![Alternative { requirements: vec![Requirement { scheme: 3, scopes: Vec::new() }], credential: Some(2) }];
    one
}

/// A stream of events.
fn watch(types: &Types) -> Operation {
    let mut one = operation("watch", "Watch", "GET", Vec::new());
    one.doc.deprecated = Some(String::new());
    one.responses.success = vec![
        outcome("Ok", Status::Code(200), Some("text/event-stream"), ResponseBody::Events(named(types.filter))),
        outcome("OkLines", Status::Code(206), Some("application/jsonl"), ResponseBody::Lines(named(types.filter))),
    ];
    one
}

/// A webhook with two methods. One requires credentials; the other has a default with constraints.
fn webhooks(types: &Types) -> Webhooks {
    let mut changed = operation("changed", "Changed", "POST", Vec::new());
    let body =
        RequestBody { required: true, contents: vec![json("body", named(types.event))], doc: doc("What happened") };
    changed.body = Some(body);
    changed.responses.success = vec![outcome("NoContent", Status::Code(204), None, ResponseBody::Empty)];
    changed.responses.error = vec![outcome("Gone", Status::Code(410), None, ResponseBody::Empty)];
    changed.security =
        vec![Alternative { requirements: vec![Requirement { scheme: 3, scopes: Vec::new() }], credential: Some(2) }];
    let mut since = parameter("since", Location::Query, named(types.account));
    since.default = Some("acc_1".into());
    let mut check = operation("check", "Check", "GET", vec![since]);
    check.responses.success = vec![outcome("Ok", Status::Code(200), None, ResponseBody::Empty)];
    let webhook =
        |operation| Webhook { wire: "changed".to_owned(), endpoint: FunctionName::from_naming("changed"), operation };
    Webhooks {
        receiver: TypeName::from_naming("KitchenWebhooks"),
        sender: TypeName::from_naming("KitchenSender"),
        sender_builder: TypeName::from_naming("KitchenSenderBuilder"),
        signature: None,
        items: vec![webhook(changed), webhook(check)],
    }
}
