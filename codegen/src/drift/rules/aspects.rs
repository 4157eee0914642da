//! What can change about a schema, and how that is named at each place where schemas stand.

use Direction::{Request, Response};
use Effect::{Change, Narrow, Neutral, Widen};
use Level::{Error, Info, Warning};
use RustVerdict::{Additive, Breaking, None as Same};

use super::{Rule, explain};
use crate::drift::verdict::{Direction, Level, RustVerdict, Wire};

/// Where a schema stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::drift) enum Slot {
    RequestBody,
    RequestProperty,
    Parameter,
    Header,
    ParameterProperty,
    HeaderProperty,
    ResponseBody,
    ResponseProperty,
    ResponseHeader,
    ResponseHeaderProperty,
}

impl Slot {
    pub(in crate::drift) const ALL: [Self; 10] = [
        Self::RequestBody,
        Self::RequestProperty,
        Self::Parameter,
        Self::Header,
        Self::ParameterProperty,
        Self::HeaderProperty,
        Self::ResponseBody,
        Self::ResponseProperty,
        Self::ResponseHeader,
        Self::ResponseHeaderProperty,
    ];

    pub(in crate::drift) fn direction(self) -> Direction {
        match self {
            Self::ResponseBody | Self::ResponseProperty | Self::ResponseHeader | Self::ResponseHeaderProperty => {
                Response
            }
            _ => Request,
        }
    }

    /// Where the properties of a schema stand.
    pub(in crate::drift) fn property(self) -> Self {
        match self {
            Self::RequestBody | Self::RequestProperty => Self::RequestProperty,
            Self::Parameter | Self::ParameterProperty => Self::ParameterProperty,
            Self::Header | Self::HeaderProperty => Self::HeaderProperty,
            Self::ResponseBody | Self::ResponseProperty => Self::ResponseProperty,
            Self::ResponseHeader | Self::ResponseHeaderProperty => Self::ResponseHeaderProperty,
        }
    }

    /// Whether values are written as text, so that every scalar is also a string.
    pub(in crate::drift) fn textual(self) -> bool {
        matches!(
            self,
            Self::Parameter
                | Self::Header
                | Self::ParameterProperty
                | Self::HeaderProperty
                | Self::ResponseHeader
                | Self::ResponseHeaderProperty
        )
    }

    fn prefix(self, aspect: &str) -> &'static str {
        match self {
            Self::RequestBody => "request-body",
            Self::RequestProperty => "request-property",
            Self::Parameter | Self::Header => "request-parameter",
            Self::HeaderProperty if matches!(aspect, "became-enum" | "became-required") => "request-header-property",
            Self::ParameterProperty | Self::HeaderProperty => "request-parameter-property",
            Self::ResponseBody if aspect.starts_with("enum-value-") => "response-mediatype",
            Self::ResponseBody => "response-body",
            Self::ResponseProperty => "response-property",
            Self::ResponseHeader => "response-header",
            Self::ResponseHeaderProperty => "response-header-property",
        }
    }

    /// Whether something can be found there. Requests are not told apart by how a type narrows, text is compatible with
    /// nothing but where it widens, and answers are not read by their patterns.
    fn knows(self, aspect: &str) -> bool {
        match aspect {
            "type-specialized" => {
                !matches!(self, Self::RequestBody | Self::RequestProperty | Self::Parameter | Self::Header)
            }
            "type-compatible" => !(self.direction() == Request && self.textual()),
            "pattern-generalized" => self.direction() == Request,
            _ => true,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::RequestBody => "a request body",
            Self::RequestProperty => "a property of a request body",
            Self::Parameter | Self::Header => "a parameter",
            Self::ParameterProperty => "a property of a parameter",
            Self::HeaderProperty => "a property of a request header",
            Self::ResponseBody => "the body of a response",
            Self::ResponseProperty => "a property of a response",
            Self::ResponseHeader => "a header of a response",
            Self::ResponseHeaderProperty => "a property of a header of a response",
        }
    }
}

/// What becomes of the set of valid values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Effect {
    Narrow,
    Widen,
    Change,
    Neutral,
}

impl Effect {
    fn wire(self, direction: Direction) -> Wire {
        match (self, direction) {
            (Change, _) | (Narrow, Request) | (Widen, Response) => Wire::BreaksClients,
            (Narrow, Response) | (Widen, Request) => Wire::BreaksServers,
            _ => Wire::Compatible,
        }
    }
}

/// Something that can change: end of the id, effect, levels where they are not those of the effect, Rust, words.
struct Aspect<'t> {
    suffix: &'t str,
    effect: Effect,
    request: Option<Level>,
    parameter: Option<Level>,
    response: Option<Level>,
    rust: RustVerdict,
    words: &'t str,
    /// Whether the change is told apart where properties do not travel: it breaks nobody there.
    muted: bool,
}

const fn aspect<'t>(suffix: &'t str, effect: Effect, rust: RustVerdict, words: &'t str) -> Aspect<'t> {
    Aspect { suffix, effect, request: None, parameter: None, response: None, rust, words, muted: false }
}

impl Aspect<'_> {
    const fn request(mut self, level: Level) -> Self {
        self.request = Some(level);
        self
    }
    const fn parameter(mut self, level: Level) -> Self {
        self.parameter = Some(level);
        self
    }
    const fn response(mut self, level: Level) -> Self {
        self.response = Some(level);
        self
    }
    const fn muted(mut self) -> Self {
        self.muted = true;
        self
    }

    fn level(&self, slot: Slot) -> Level {
        let normal = match self.effect.wire(slot.direction()) {
            Wire::BreaksClients => Error,
            _ => Info,
        };
        match slot {
            Slot::ParameterProperty | Slot::HeaderProperty if self.suffix == "type-changed" => Warning,
            Slot::Parameter | Slot::Header | Slot::ParameterProperty | Slot::HeaderProperty => {
                self.parameter.or(self.request).unwrap_or(normal)
            }
            _ if slot.direction() == Request => self.request.unwrap_or(normal),
            _ => self.response.unwrap_or(normal),
        }
    }
}

const ASPECTS: &[Aspect<'static>] = &[
    aspect("type-changed", Change, Breaking, "the type or format of % became another one"),
    aspect("type-generalized", Widen, Breaking, "the type or format of % became a wider one"),
    aspect("type-specialized", Narrow, Breaking, "the type or format of % became a narrower one"),
    aspect(
        "type-compatible",
        Neutral,
        Breaking,
        "the type of % changed, but what is written is the same in its media type",
    ),
    aspect("list-of-types-widened", Widen, Breaking, "% is a choice of plain types, and may be of one more"),
    aspect("list-of-types-narrowed", Narrow, Breaking, "% is a choice of plain types, and may be of one less"),
    aspect("became-nullable", Widen, Breaking, "% may be `null`").muted(),
    aspect("became-not-nullable", Narrow, Breaking, "% may no longer be `null`"),
    aspect("pattern-added", Narrow, Same, "% has to match a pattern").response(Info),
    aspect("pattern-removed", Widen, Same, "% no longer has to match a pattern").response(Info),
    aspect("pattern-changed", Change, Same, "% has to match another pattern").request(Warning).response(Info),
    aspect("pattern-generalized", Widen, Same, "% has to match a pattern that matches everything").response(Info),
    aspect("became-enum", Narrow, Breaking, "% is limited to listed values"),
    aspect("became-not-enum", Widen, Breaking, "% is no longer limited to listed values").response(Warning),
    aspect("enum-value-added", Widen, Additive, "% has one more listed value").response(Warning).muted(),
    aspect("enum-value-removed", Narrow, Breaking, "% has one listed value less").muted(),
    aspect("const-added", Narrow, Breaking, "% is limited to one value"),
    aspect("const-removed", Widen, Breaking, "% is no longer limited to one value"),
    aspect("const-changed", Change, Breaking, "% is limited to another value"),
    aspect("x-extensible-enum-value-added", Widen, Same, "% has one more value in its extensible list").response(Info),
    aspect("x-extensible-enum-value-removed", Narrow, Same, "% has one value less in its extensible list"),
    aspect("default-value-added", Neutral, Same, "% has a default").parameter(Error),
    aspect("default-value-removed", Neutral, Same, "% has no default any more").parameter(Error),
    aspect("default-value-changed", Neutral, Same, "% has another default").parameter(Error),
    aspect("all-of-added", Narrow, Breaking, "% has to be valid against one more schema of `allOf`"),
    aspect("all-of-removed", Widen, Breaking, "% has to be valid against one schema of `allOf` less")
        .request(Warning)
        .response(Info),
    aspect("all-of-added-annotation-only", Neutral, Same, "`allOf` of % has one more schema, which only describes"),
    aspect("all-of-removed-annotation-only", Neutral, Same, "`allOf` of % has one schema less, which only described"),
    aspect("any-of-added", Widen, Breaking, "% may be valid against one more schema of `anyOf`").response(Info),
    aspect("any-of-removed", Narrow, Breaking, "% may be valid against one schema of `anyOf` less"),
    aspect("one-of-added", Widen, Breaking, "% may be of one more schema of `oneOf`"),
    aspect("one-of-removed", Narrow, Breaking, "% may be of one schema of `oneOf` less"),
    aspect("wrapped-in-one-of", Change, Breaking, "% was an object and became a choice of objects"),
    aspect("unwrapped-from-one-of", Change, Breaking, "% was a choice of objects and became an object"),
    aspect("multiple-of-set", Narrow, Same, "% has to be a multiple of a number").request(Warning).response(Info),
    aspect("multiple-of-unset", Widen, Same, "% no longer has to be a multiple of a number").response(Info),
    aspect("multiple-of-changed", Change, Same, "% has to be a multiple of another number")
        .request(Warning)
        .response(Info),
    aspect("not-added", Narrow, Same, "% must not be valid against a schema"),
    aspect("not-removed", Widen, Same, "% no longer has a schema that it must not be valid against"),
    aspect("discriminator-added", Neutral, Breaking, "% has a discriminator"),
    aspect("discriminator-removed", Neutral, Breaking, "% has no discriminator any more"),
    aspect("discriminator-property-name-changed", Neutral, Breaking, "another property tells what % is"),
    aspect("discriminator-mapping-added", Neutral, Same, "the discriminator of % maps one more value"),
    aspect("discriminator-mapping-deleted", Neutral, Same, "the discriminator of % maps one value less"),
    aspect("discriminator-mapping-changed", Neutral, Breaking, "the discriminator of % maps a value to another schema"),
    aspect("prefix-items-added", Widen, Breaking, "% has one more schema in `prefixItems`"),
    aspect("prefix-items-removed", Narrow, Breaking, "% has one schema less in `prefixItems`"),
    aspect("items-added", Narrow, Breaking, "the items of % have a schema"),
    aspect("items-removed", Widen, Breaking, "the items of % have no schema any more"),
    aspect("unique-items-added", Narrow, Same, "the items of % have to differ"),
    aspect("unique-items-removed", Widen, Same, "the items of % may repeat").response(Info),
    aspect("if-added", Narrow, Same, "% has a condition (`if`)"),
    aspect("if-removed", Widen, Same, "% has no condition (`if`) any more"),
    aspect("then-added", Narrow, Same, "% has a schema for when its condition holds (`then`)"),
    aspect("then-removed", Widen, Same, "% has no schema for when its condition holds (`then`) any more"),
    aspect("else-added", Narrow, Same, "% has a schema for when its condition does not hold (`else`)"),
    aspect("else-removed", Widen, Same, "% has no schema for when its condition does not hold (`else`) any more"),
    aspect("contains-added", Narrow, Same, "% has to contain certain items"),
    aspect("contains-removed", Widen, Same, "% no longer has to contain certain items"),
    aspect("min-contains-increased", Narrow, Same, "% has to contain certain items more often"),
    aspect("min-contains-decreased", Widen, Same, "% has to contain certain items less often"),
    aspect("max-contains-increased", Widen, Same, "% may contain certain items more often"),
    aspect("max-contains-decreased", Narrow, Same, "% may contain certain items less often"),
    aspect("dependent-required-added", Narrow, Same, "a property of % requires others"),
    aspect("dependent-required-removed", Widen, Same, "a property of % no longer requires others"),
    aspect("dependent-required-changed", Change, Same, "a property of % requires other properties than before"),
    aspect("dependent-schema-added", Narrow, Same, "a property of % brings a schema with it"),
    aspect("dependent-schema-removed", Widen, Same, "a property of % no longer brings a schema with it"),
    aspect("pattern-property-added", Narrow, Breaking, "properties of % with names of a pattern have a schema"),
    aspect(
        "pattern-property-removed",
        Widen,
        Breaking,
        "properties of % with names of a pattern have no schema any more",
    ),
    aspect("property-names-added", Narrow, Same, "the names of properties of % have a schema"),
    aspect("property-names-removed", Widen, Same, "the names of properties of % have no schema any more"),
    aspect("additional-properties-denied", Narrow, Same, "% may not have properties that are not described"),
    aspect("additional-properties-allowed", Widen, Same, "% may have properties that are not described").response(Info),
    aspect(
        "additional-properties-schema-added",
        Narrow,
        Breaking,
        "properties of % that are not described have a schema",
    ),
    aspect(
        "additional-properties-schema-removed",
        Widen,
        Breaking,
        "properties of % that are not described have no schema any more",
    ),
    aspect("unevaluated-items-added", Narrow, Same, "items of % that nothing else describes have a schema"),
    aspect("unevaluated-items-removed", Widen, Same, "items of % that nothing else describes have no schema any more"),
    aspect("unevaluated-properties-added", Narrow, Same, "properties of % that nothing else describes have a schema"),
    aspect(
        "unevaluated-properties-removed",
        Widen,
        Same,
        "properties of % that nothing else describes have no schema any more",
    ),
    aspect("content-schema-added", Narrow, Same, "what the text of % encodes has a schema"),
    aspect("content-schema-removed", Widen, Same, "what the text of % encodes has no schema any more"),
    aspect("content-media-type-changed", Change, Breaking, "the text of % is of another media type"),
    aspect("content-encoding-changed", Change, Breaking, "the text of % is encoded in another way"),
];

/// A bound: name in ids, words, and whether it limits from above.
const BOUNDS: [(&str, &str, bool); 10] = [
    ("max", "the greatest value", true),
    ("exclusive-max", "the value that is just too great", true),
    ("max-length", "the greatest length", true),
    ("max-items", "the greatest number of items", true),
    ("max-properties", "the greatest number of properties", true),
    ("min", "the least value", false),
    ("exclusive-min", "the value that is just too small", false),
    ("min-length", "the least length", false),
    ("min-items", "the least number of items", false),
    ("min-properties", "the least number of properties", false),
];

/// The id of a change of a schema; `muted` says that the property is read-only in a request, or write-only in a response.
pub(in crate::drift) fn schema_rule_id(slot: Slot, aspect: &str, muted: bool) -> String {
    // Only what would break somebody if it travelled has an id of its own there.
    let quiet = muted.then(|| format!("{}-{aspect}", muted_prefix(slot))).filter(|id| super::find(id).is_some());
    quiet.unwrap_or_else(|| format!("{}-{aspect}", slot.prefix(aspect)))
}

fn muted_prefix(slot: Slot) -> &'static str {
    match slot.direction() {
        Response => "response-write-only-property",
        _ => "request-read-only-property",
    }
}

/// All rules about schemas.
pub(super) fn rules() -> Vec<Rule> {
    let mut rules = Vec::new();
    for slot in Slot::ALL {
        for aspect in ASPECTS.iter().filter(|aspect| slot.knows(aspect.suffix)) {
            add(&mut rules, slot, aspect, aspect.words);
        }
        for (name, words, upper) in BOUNDS {
            for (suffix, aspect, words) in bound(name, words, upper) {
                add(&mut rules, slot, &Aspect { suffix: &suffix, ..aspect }, &words);
            }
        }
    }
    rules
}

/// The four changes of a bound.
fn bound(name: &str, words: &str, upper: bool) -> [(String, Aspect<'static>, String); 4] {
    let (up, down) = if upper { (Widen, Narrow) } else { (Narrow, Widen) };
    let row = |action: &str, effect, said: &str| {
        let aspect = aspect("", effect, Same, "").muted();
        let aspect = if action == "set" { aspect.request(Warning) } else { aspect };
        (format!("{name}-{action}"), aspect, format!("{words} of % {said}"))
    };
    [
        row("increased", up, "was raised"),
        row("decreased", down, "was lowered"),
        row("set", Narrow, "has a limit"),
        row("unset", Widen, "has no limit any more"),
    ]
}

fn add(rules: &mut Vec<Rule>, slot: Slot, aspect: &Aspect<'_>, words: &str) {
    let direction = slot.direction();
    let wire = aspect.effect.wire(direction);
    let mut push = |id: String, level, wire, words: &str| {
        let explanation = explain(words, direction, wire, aspect.rust);
        rules.push(Rule { id, summary: words.to_owned(), explanation, direction, level, wire, rust: aspect.rust });
    };
    let said = words.replace('%', slot.words());
    push(format!("{}-{}", slot.prefix(aspect.suffix), aspect.suffix), aspect.level(slot), wire, &said);
    let property = matches!(slot, Slot::RequestProperty | Slot::ResponseProperty);
    if property && aspect.muted && wire == Wire::BreaksClients {
        let other = if direction == Request {
            "a read-only property of a request body"
        } else {
            "a write-only property of a response"
        };
        push(format!("{}-{}", muted_prefix(slot), aspect.suffix), Info, Wire::Compatible, &words.replace('%', other));
    }
}
