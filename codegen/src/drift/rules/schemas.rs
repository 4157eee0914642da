//! Names the changes of a schema in each role that schemas play.

use Direction::{Request, Response};
use Level::{Error, Info, Warning};
use RustVerdict::{Additive, Breaking, None as Same};
use ValueSetChange::{Change, Narrow, Neutral, Widen};

use super::role::SchemaRole;
use super::{Rule, explain};
use crate::drift::verdict::{Direction, Level, RustVerdict, Wire};

/// How the set of valid values changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ValueSetChange {
    Narrow,
    Widen,
    Change,
    Neutral,
}

impl ValueSetChange {
    fn wire(self, direction: Direction) -> Wire {
        match (self, direction) {
            (Change, _) | (Narrow, Request) | (Widen, Response) => Wire::BreaksClients,
            (Narrow, Response) | (Widen, Request) => Wire::BreaksServers,
            _ => Wire::Compatible,
        }
    }
}

/// One aspect of a schema that can change: the end of the rule id, the effect on the valid values,
/// levels that differ from those of that effect, the verdict for Rust, and the summary.
struct Aspect<'t> {
    suffix: &'t str,
    effect: ValueSetChange,
    request: Option<Level>,
    parameter: Option<Level>,
    response: Option<Level>,
    rust: RustVerdict,
    summary: &'t str,
    /// Whether the change has a rule of its own for properties that do not travel.
    muted: bool,
}

const fn aspect<'t>(suffix: &'t str, effect: ValueSetChange, rust: RustVerdict, summary: &'t str) -> Aspect<'t> {
    Aspect { suffix, effect, request: None, parameter: None, response: None, rust, summary, muted: false }
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

    fn level(&self, role: SchemaRole) -> Level {
        let normal = match self.effect.wire(role.direction()) {
            Wire::BreaksClients => Error,
            _ => Info,
        };
        match role {
            SchemaRole::ParameterProperty | SchemaRole::HeaderProperty if self.suffix == "type-changed" => Warning,
            SchemaRole::Parameter | SchemaRole::Header | SchemaRole::ParameterProperty | SchemaRole::HeaderProperty => {
                self.parameter.or(self.request).unwrap_or(normal)
            }
            _ if role.direction() == Request => self.request.unwrap_or(normal),
            _ => self.response.unwrap_or(normal),
        }
    }
}

const ASPECTS: &[Aspect<'static>] = &[
    aspect("type-changed", Change, Breaking, "the type or format of % changed"),
    aspect("type-generalized", Widen, Breaking, "the type or format of % became wider"),
    aspect("type-specialized", Narrow, Breaking, "the type or format of % became narrower"),
    aspect(
        "type-compatible",
        Neutral,
        Breaking,
        "the type of % changed, but values of both types look the same in its media type",
    ),
    aspect("list-of-types-widened", Widen, Breaking, "% now allows another plain type"),
    aspect("list-of-types-narrowed", Narrow, Breaking, "% no longer allows one of its plain types"),
    aspect("became-nullable", Widen, Breaking, "% became nullable").muted(),
    aspect("became-not-nullable", Narrow, Breaking, "% is no longer nullable"),
    aspect("pattern-added", Narrow, Same, "a pattern was added to %").response(Info),
    aspect("pattern-removed", Widen, Same, "the pattern of % was removed").response(Info),
    aspect("pattern-changed", Change, Same, "the pattern of % changed").request(Warning).response(Info),
    aspect("pattern-generalized", Widen, Same, "the pattern of % changed to one that matches every string")
        .response(Info),
    aspect("became-enum", Narrow, Breaking, "% was restricted to listed values"),
    aspect("became-not-enum", Widen, Breaking, "% is no longer restricted to listed values").response(Warning),
    aspect("enum-value-added", Widen, Additive, "a value was added to the enum of %").response(Warning).muted(),
    aspect("enum-value-removed", Narrow, Breaking, "a value was removed from the enum of %").muted(),
    aspect("const-added", Narrow, Breaking, "% was restricted to a constant"),
    aspect("const-removed", Widen, Breaking, "% is no longer restricted to a constant"),
    aspect("const-changed", Change, Breaking, "the constant of % changed"),
    aspect("x-extensible-enum-value-added", Widen, Same, "a value was added to the extensible enum of %")
        .response(Info),
    aspect("x-extensible-enum-value-removed", Narrow, Same, "a value was removed from the extensible enum of %"),
    aspect("default-value-added", Neutral, Same, "a default was added to %").parameter(Error),
    aspect("default-value-removed", Neutral, Same, "the default of % was removed").parameter(Error),
    aspect("default-value-changed", Neutral, Same, "the default of % changed").parameter(Error),
    aspect("all-of-added", Narrow, Breaking, "a schema was added to `allOf` of %"),
    aspect("all-of-removed", Widen, Breaking, "a schema was removed from `allOf` of %").request(Warning).response(Info),
    aspect("all-of-added-annotation-only", Neutral, Same, "a schema with only annotations was added to `allOf` of %"),
    aspect(
        "all-of-removed-annotation-only",
        Neutral,
        Same,
        "a schema with only annotations was removed from `allOf` of %",
    ),
    aspect("any-of-added", Widen, Breaking, "a schema was added to `anyOf` of %").response(Info),
    aspect("any-of-removed", Narrow, Breaking, "a schema was removed from `anyOf` of %"),
    aspect("one-of-added", Widen, Breaking, "a schema was added to `oneOf` of %"),
    aspect("one-of-removed", Narrow, Breaking, "a schema was removed from `oneOf` of %"),
    aspect("became-any-of", Widen, Breaking, "% changed from `oneOf` to `anyOf`, and its members overlap")
        .response(Warning),
    aspect("became-one-of", Narrow, Breaking, "% changed from `anyOf` to `oneOf`, and its members overlap")
        .request(Warning),
    aspect("wrapped-in-one-of", Change, Breaking, "% changed from an object to a union of objects"),
    aspect("unwrapped-from-one-of", Change, Breaking, "% changed from a union of objects to an object"),
    aspect("multiple-of-set", Narrow, Same, "`multipleOf` was set for %").request(Warning).response(Info),
    aspect("multiple-of-unset", Widen, Same, "`multipleOf` was removed from %").response(Info),
    aspect("multiple-of-changed", Change, Same, "`multipleOf` of % changed").request(Warning).response(Info),
    aspect("not-added", Narrow, Same, "`not` was added to %"),
    aspect("not-removed", Widen, Same, "`not` was removed from %"),
    aspect("discriminator-added", Neutral, Breaking, "a discriminator was added to %"),
    aspect("discriminator-removed", Neutral, Breaking, "the discriminator of % was removed"),
    aspect("discriminator-property-name-changed", Change, Breaking, "the discriminator of % now uses another property"),
    aspect("discriminator-mapping-added", Widen, Same, "a value was added to the discriminator mapping of %")
        .response(Warning),
    aspect("discriminator-mapping-deleted", Narrow, Same, "a value was removed from the discriminator mapping of %")
        .request(Warning),
    aspect(
        "discriminator-mapping-changed",
        Change,
        Breaking,
        "the discriminator of % now maps a value to another schema",
    ),
    aspect("prefix-items-added", Widen, Breaking, "a schema was added to `prefixItems` of %"),
    aspect("prefix-items-removed", Narrow, Breaking, "a schema was removed from `prefixItems` of %"),
    aspect("items-added", Narrow, Breaking, "a schema was added for the items of %"),
    aspect("items-removed", Widen, Breaking, "the schema for the items of % was removed"),
    aspect("unique-items-added", Narrow, Same, "the items of % must now be unique"),
    aspect("unique-items-removed", Widen, Same, "the items of % no longer need to be unique").response(Info),
    aspect("if-added", Narrow, Same, "a condition (`if`) was added to %"),
    aspect("if-removed", Widen, Same, "the condition (`if`) of % was removed"),
    aspect("then-added", Narrow, Same, "a schema for a met condition (`then`) was added to %"),
    aspect("then-removed", Widen, Same, "the schema for a met condition (`then`) of % was removed"),
    aspect("else-added", Narrow, Same, "a schema for an unmet condition (`else`) was added to %"),
    aspect("else-removed", Widen, Same, "the schema for an unmet condition (`else`) of % was removed"),
    aspect("contains-added", Narrow, Same, "`contains` was added to %"),
    aspect("contains-removed", Widen, Same, "`contains` was removed from %"),
    aspect("min-contains-increased", Narrow, Same, "`minContains` of % increased"),
    aspect("min-contains-decreased", Widen, Same, "`minContains` of % decreased"),
    aspect("max-contains-increased", Widen, Same, "`maxContains` of % increased"),
    aspect("max-contains-decreased", Narrow, Same, "`maxContains` of % decreased"),
    aspect("dependent-required-added", Narrow, Same, "an entry was added to `dependentRequired` of %"),
    aspect("dependent-required-removed", Widen, Same, "an entry was removed from `dependentRequired` of %"),
    aspect("dependent-required-changed", Change, Same, "an entry in `dependentRequired` of % changed"),
    aspect("dependent-schema-added", Narrow, Same, "an entry was added to `dependentSchemas` of %"),
    aspect("dependent-schema-removed", Widen, Same, "an entry was removed from `dependentSchemas` of %"),
    aspect("pattern-property-added", Narrow, Breaking, "an entry was added to `patternProperties` of %"),
    aspect("pattern-property-removed", Widen, Breaking, "an entry was removed from `patternProperties` of %"),
    aspect("property-names-added", Narrow, Same, "a schema for property names was added to %"),
    aspect("property-names-removed", Widen, Same, "the schema for property names of % was removed"),
    aspect("additional-properties-denied", Narrow, Same, "% no longer allows additional properties"),
    aspect("additional-properties-allowed", Widen, Same, "% now allows additional properties").response(Info),
    aspect("additional-properties-schema-added", Narrow, Breaking, "a schema for additional properties was added to %"),
    aspect(
        "additional-properties-schema-removed",
        Widen,
        Breaking,
        "the schema for additional properties of % was removed",
    ),
    aspect("unevaluated-items-added", Narrow, Same, "a schema for unevaluated items was added to %"),
    aspect("unevaluated-items-removed", Widen, Same, "the schema for unevaluated items of % was removed"),
    aspect("unevaluated-properties-added", Narrow, Same, "a schema for unevaluated properties was added to %"),
    aspect("unevaluated-properties-removed", Widen, Same, "the schema for unevaluated properties of % was removed"),
    aspect("content-schema-added", Narrow, Same, "a schema for the encoded content was added to %"),
    aspect("content-schema-removed", Widen, Same, "the schema for the encoded content of % was removed"),
    aspect("content-media-type-changed", Change, Breaking, "the media type of the encoded content of % changed"),
    aspect("xml-changed", Change, Same, "the XML node of % changed"),
    aspect("content-encoding-changed", Change, Breaking, "the encoding of the content of % changed"),
];

/// The bounds: name in rule ids, keyword, and whether it limits from above.
pub(in crate::drift) const BOUNDS: [(&str, &str, bool); 10] = [
    ("max", "maximum", true),
    ("exclusive-max", "exclusiveMaximum", true),
    ("max-length", "maxLength", true),
    ("max-items", "maxItems", true),
    ("max-properties", "maxProperties", true),
    ("min", "minimum", false),
    ("exclusive-min", "exclusiveMinimum", false),
    ("min-length", "minLength", false),
    ("min-items", "minItems", false),
    ("min-properties", "minProperties", false),
];

/// The id of the rule for a change of a schema. `muted` marks properties that are read-only in a
/// request or write-only in a response.
pub(in crate::drift) fn schema_rule_id(role: SchemaRole, aspect: &str, muted: bool) -> String {
    // Muted properties have an id of their own only where the change would otherwise break someone.
    let muted = muted.then(|| format!("{}-{aspect}", muted_prefix(role))).filter(|id| super::find(id).is_some());
    muted.unwrap_or_else(|| format!("{}-{aspect}", role.prefix(aspect)))
}

fn muted_prefix(role: SchemaRole) -> &'static str {
    match role.direction() {
        Response => "response-write-only-property",
        _ => "request-read-only-property",
    }
}

/// All rules about schemas.
pub(super) fn rules() -> Vec<Rule> {
    let mut rules = Vec::new();
    for role in SchemaRole::ALL {
        for aspect in ASPECTS.iter().filter(|aspect| role.has(aspect.suffix)) {
            add(&mut rules, role, aspect, aspect.summary);
        }
        for (name, keyword, upper) in BOUNDS {
            for (suffix, aspect, summary) in bound(name, keyword, upper) {
                add(&mut rules, role, &Aspect { suffix: &suffix, ..aspect }, &summary);
            }
        }
    }
    rules
}

/// The four changes of a bound.
fn bound(name: &str, keyword: &str, upper: bool) -> [(String, Aspect<'static>, String); 4] {
    let (up, down) = if upper { (Widen, Narrow) } else { (Narrow, Widen) };
    let row = |action: &str, effect, summary: String| {
        let aspect = aspect("", effect, Same, "").muted();
        let aspect = if action == "set" { aspect.request(Warning) } else { aspect };
        (format!("{name}-{action}"), aspect, summary)
    };
    [
        row("increased", up, format!("`{keyword}` of % increased")),
        row("decreased", down, format!("`{keyword}` of % decreased")),
        row("set", Narrow, format!("`{keyword}` was set for %")),
        row("unset", Widen, format!("`{keyword}` was removed from %")),
    ]
}

fn add(rules: &mut Vec<Rule>, role: SchemaRole, aspect: &Aspect<'_>, summary: &str) {
    let direction = role.direction();
    let wire = aspect.effect.wire(direction);
    let mut push = |id: String, level, wire, summary: &str| {
        let explanation = explain(summary, direction, wire, aspect.rust);
        rules.push(Rule { id, summary: summary.to_owned(), explanation, direction, level, wire, rust: aspect.rust });
    };
    let full = summary.replace('%', role.summary());
    push(format!("{}-{}", role.prefix(aspect.suffix), aspect.suffix), aspect.level(role), wire, &full);
    let property = matches!(role, SchemaRole::RequestProperty | SchemaRole::ResponseProperty);
    if property && aspect.muted && wire == Wire::BreaksClients {
        let other = if direction == Request {
            "a read-only property of a request body"
        } else {
            "a write-only property of a response body"
        };
        push(format!("{}-{}", muted_prefix(role), aspect.suffix), Info, Wire::Compatible, &summary.replace('%', other));
    }
}
