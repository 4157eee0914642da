use super::{Form, KeywordSet, Kind, Position, Role, ValueType, constrains, is_annotation};
use crate::document::VersionLine;

#[test]
fn extensions_are_never_objects_of_the_format() {
    assert_eq!(Kind::Paths.form("x-internal"), None);
    assert_eq!(Kind::Paths.form("/pets"), Some(Form::One(Kind::PathItem)));
    assert_eq!(Kind::Schema.form("x-properties"), None);
}

#[test]
fn every_keyword_of_schemas_is_found_by_its_name() {
    for field in Kind::Schema.fields() {
        let found = Kind::Schema.field(field.key).map(|found| (found.key, found.form));
        assert_eq!(found, Some((field.key, field.form)));
    }
    assert!(Kind::Schema.field("maxLengths").is_none());
}

#[test]
fn each_version_has_one_row_for_a_key() {
    for version in [VersionLine::V2_0, VersionLine::V3_0, VersionLine::V3_1, VersionLine::V3_2] {
        for kind in Kind::ALL {
            let mut keys: Vec<_> = kind.rows().iter().filter(|row| row.is_in(version)).map(|row| row.key).collect();
            keys.sort_unstable();
            let all = keys.len();
            keys.dedup();
            assert_eq!(keys.len(), all, "{kind:?} in {version:?}");
        }
    }
}

#[test]
fn a_row_knows_its_versions() {
    let versions = |kind: Kind, key: &str| {
        let row = kind.rows().iter().find(|row| row.key == key).unwrap();
        (row.since, row.until)
    };
    assert_eq!(versions(Kind::OpenApi, "basePath"), (VersionLine::V2_0, VersionLine::V2_0));
    assert_eq!(versions(Kind::Schema, "nullable"), (VersionLine::V3_0, VersionLine::V3_0));
    assert_eq!(versions(Kind::Schema, "maxLength"), (VersionLine::V2_0, VersionLine::V3_2));
    assert_eq!(versions(Kind::MediaType, "itemSchema"), (VersionLine::V3_2, VersionLine::V3_2));
    // A key that only 2.0 has is unknown in a document of version 3.
    assert_eq!(Kind::OpenApi.form("basePath"), None);
}

#[test]
fn annotations_and_definitions_constrain_nothing() {
    for keyword in ["description", "x-internal", "example", "$defs", "definitions", "discriminator", "contentEncoding"]
    {
        assert!(!constrains(keyword), "{keyword}");
    }
    for keyword in ["allOf", "$ref", "type", "format", "maxLength"] {
        assert!(constrains(keyword) && !is_annotation(keyword), "{keyword}");
    }
    assert!(!is_annotation("$defs") && !is_annotation("discriminator"));
}

#[test]
fn keywords_imply_the_type_that_they_concern() {
    assert_eq!(KeywordSet::of(&["pattern", "title"]).implied_type(), Some(ValueType::String));
    assert_eq!(KeywordSet::of(&["minimum", "properties"]).implied_type(), Some(ValueType::Object));
    assert_eq!(KeywordSet::of(&["contentEncoding", "format"]).implied_type(), None);
}

#[test]
fn definitions_hold_named_schemas_under_either_name() {
    for keyword in ["$defs", "definitions"] {
        let field = Kind::Schema.field(keyword).unwrap();
        assert_eq!((field.form, field.role), (Form::Named(Kind::Schema), Role::Bookkeeping));
    }
}

#[test]
fn a_position_follows_from_the_keys_that_lead_to_it() {
    let at = |keys: &[&str]| keys.iter().fold(Position::DOCUMENT, |position, key| position.below(key));
    let schema = ["components", "schemas", "A"];
    assert_eq!(at(&schema), Position::Object(Kind::Schema));
    assert_eq!(at(&[&schema[..], &["items", "0"]].concat()), Position::Object(Kind::Schema));
    assert_eq!(at(&[&schema[..], &["items", "properties"]].concat()), Position::Named(Kind::Schema));
    assert_eq!(at(&[&schema[..], &["default", "properties"]].concat()), Position::Data);
    assert_eq!(at(&["paths", "/a", "get", "parameters"]), Position::List(Kind::Parameter));
    assert_eq!(at(&["paths", "x-a", "get"]), Position::Data);
    assert_eq!(at(&["info", "description"]), Position::Scalar);
}
