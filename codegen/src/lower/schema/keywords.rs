//! Which keywords a schema has, as a set of bits: decides in a few nanoseconds which passes have anything to do.

use crate::document::Object;

/// A set of keywords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keywords(u32);

impl Keywords {
    /// `type`
    pub const TYPE: Self = Self(1);
    /// `enum`
    pub const ENUM: Self = Self(1 << 1);
    /// `const`
    pub const CONST: Self = Self(1 << 2);
    /// `$ref`
    pub const REF: Self = Self(1 << 3);
    /// `anyOf`, `oneOf`
    pub const UNION: Self = Self(1 << 4);
    /// `allOf`
    pub const ALL_OF: Self = Self(1 << 5);
    /// `example`, `examples`
    pub const EXAMPLE: Self = Self(1 << 6);
    /// `nullable`, `x-nullable`
    pub const NULLABLE: Self = Self(1 << 7);
    /// `minimum` and the other bounds of numbers
    pub const BOUND: Self = Self(1 << 8);
    /// `items`, `prefixItems`, `additionalItems`
    pub const ITEMS: Self = Self(1 << 9);
    /// `contentEncoding`, `contentMediaType`, `contentSchema`
    pub const CONTENT: Self = Self(1 << 10);
    /// Keywords of objects
    pub const OBJECT: Self = Self(1 << 11);
    /// Other keywords of lists
    pub const LIST: Self = Self(1 << 12);
    /// Keywords of strings
    pub const STRING: Self = Self(1 << 13);
    /// Keywords that no type can say
    pub const INEXPRESSIBLE: Self = Self(1 << 14);
    /// `$defs`, `$id` and other keywords that only say where schemas are
    pub const BOOKKEEPING: Self = Self(1 << 15);
    /// `pattern`, `patternProperties`
    pub const PATTERN: Self = Self(1 << 16);
    /// `required`
    pub const REQUIRED: Self = Self(1 << 17);

    /// `format`
    pub const FORMAT: Self = Self(1 << 18);

    /// No keyword.
    pub const NONE: Self = Self(0);

    /// Every keyword.
    pub const ANY: Self = Self(u32::MAX);

    /// The keywords of a schema.
    #[must_use]
    pub fn of(schema: &Object) -> Self {
        schema.keys().fold(Self::NONE, |set, key| set.and(Self::named(key)))
    }

    /// Both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the sets have a keyword in common.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn named(key: &str) -> Self {
        match key {
            "type" => Self::TYPE,
            "enum" => Self::ENUM,
            "const" => Self::CONST,
            "$ref" => Self::REF,
            "anyOf" | "oneOf" => Self::UNION,
            "allOf" => Self::ALL_OF,
            "example" | "examples" => Self::EXAMPLE,
            "nullable" | "x-nullable" => Self::NULLABLE,
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => Self::BOUND,
            "items" | "prefixItems" | "additionalItems" => Self::ITEMS,
            "contentEncoding" | "contentMediaType" | "contentSchema" => Self::CONTENT,
            "required" => Self::REQUIRED.and(Self::OBJECT),
            "properties" | "additionalProperties" | "minProperties" | "maxProperties" => Self::OBJECT,
            "patternProperties" => Self::OBJECT.and(Self::PATTERN),
            "minItems" | "maxItems" | "uniqueItems" => Self::LIST,
            "minLength" | "maxLength" => Self::STRING,
            "pattern" => Self::STRING.and(Self::PATTERN),
            "unevaluatedProperties" => Self::INEXPRESSIBLE.and(Self::OBJECT),
            "not" | "if" | "then" | "else" | "dependentRequired" | "dependentSchemas" | "dependencies"
            | "propertyNames" | "unevaluatedItems" | "contains" | "minContains" | "maxContains" => Self::INEXPRESSIBLE,
            "$defs" | "definitions" | "$id" | "id" | "$schema" | "$anchor" | "$dynamicAnchor" | "$dynamicRef"
            | "$recursiveRef" | "$recursiveAnchor" | "$comment" | "$vocabulary" => Self::BOOKKEEPING,
            "format" => Self::FORMAT,
            _ => Self::NONE,
        }
    }
}
