use super::*;

fn type_name(raw: &str) -> String {
    Naming::new().type_name(raw, &[]).to_string()
}

fn field(raw: &str) -> String {
    Scope::new().field(raw).to_string()
}

fn variant(raw: &str) -> String {
    Scope::new().variant(raw).to_string()
}

fn is_identifier(name: &str) -> bool {
    syn::parse_str::<proc_macro2::Ident>(name).is_ok()
        || plain(name) != name && !["self", "Self", "super", "crate"].contains(&plain(name))
}

#[test]
fn acronyms_are_words() {
    assert_eq!(type_name("AppID"), "AppId");
    assert_eq!(type_name("appIDParam"), "AppIdParam");
    assert_eq!(type_name("HTTPServer"), "HttpServer");
    assert_eq!(type_name("userIDs"), "UserIds");
    assert_eq!(field("userIDs"), "user_ids");
    assert_eq!(field("OAuth2Token"), "oauth2_token");
    assert_eq!(field("IPv4Address"), "ipv4_address");
    assert_eq!(type_name("OAuthToken"), "OauthToken");
    assert_eq!(type_name("already_snake"), "AlreadySnake");
    assert_eq!(type_name("dots.and-dashes/slash"), "DotsAndDashesSlash");
    assert_eq!(field("int32"), "int32");
    assert_eq!(field("URLsList"), "urls_list");
}

#[test]
fn keywords_become_raw_where_rust_has_raw_ones() {
    assert_eq!(field("type"), "r#type");
    assert_eq!(field("gen"), "r#gen");
    assert_eq!(field("self"), "self_");
    assert_eq!(field("Self"), "self_");
    assert_eq!(field("crate"), "crate_");
    assert_eq!(field("super"), "super_");
    assert_eq!(Scope::new().function("match").to_string(), "r#match");
    assert_eq!(Scope::new().module("mod").to_string(), "mod_");
    assert_eq!(variant("self"), "SelfValue");
    assert_eq!(type_name("self"), "SelfType");
    assert_eq!(variant("type"), "Type");
}

#[test]
fn names_without_letters_are_spelled_out() {
    assert_eq!(variant("+1"), "Plus1");
    assert_eq!(variant("-1"), "Minus1");
    assert_eq!(variant("-created_at"), "MinusCreatedAt");
    assert_eq!(variant(""), "Empty");
    assert_eq!(variant(" "), "Space");
    assert_eq!(variant("*"), "Star");
    assert_eq!(variant("_"), "Underscore");
    assert_eq!(variant(">="), "GreaterEqual");
    assert_eq!(field(""), "empty");
    assert_eq!(field("_"), "underscore");
    assert_eq!(field("$"), "dollar");
    assert_eq!(type_name(""), "Type");
    assert_eq!(field("$ref"), "r#ref");
    assert_eq!(field("@type"), "r#type");
}

#[test]
fn a_leading_digit_gets_a_word_before_it() {
    assert_eq!(variant("2fa"), "Value2fa");
    assert_eq!(field("2fa"), "field_2fa");
    assert_eq!(type_name("2FA"), "Type2Fa");
    assert_eq!(Scope::new().function("2fa").to_string(), "call_2fa");
    assert_eq!(Scope::new().constant("2fa").to_string(), "VALUE_2FA");
    assert_ne!(variant("1.15"), variant("11.5"));
    assert_eq!(variant("1.15"), "Value1_15");
}

#[test]
fn letters_of_all_scripts_stay_and_other_characters_are_hex() {
    assert_eq!(type_name("größe"), "Größe");
    assert_eq!(field("名前"), "名前");
    assert_eq!(variant("🎉"), "X1f389");
    assert_eq!(variant("party🎉"), "PartyX1f389");
    assert_eq!(variant("a\u{200b}b"), "AB");
}

#[test]
fn names_have_no_character_that_the_compiler_warns_of() {
    assert_eq!(type_name("ｉｄ番号"), "Id番号");
    assert_eq!(field("Ⅷ"), "viii");
    assert_eq!(field("ﬁeld"), "field");
    assert_eq!(field("m²"), "m2");
    assert_eq!(field("e\u{301}"), "é");
    assert_eq!(variant("ǅ"), "Dž");
    assert_eq!(field("𐌰"), "x10330", "a script that nobody writes any more");
    let mut scope = Scope::new();
    assert_eq!(scope.field("field").to_string(), "field");
    assert_eq!(scope.field("ﬁeld").to_string(), "field2");
}

#[test]
fn colliding_names_are_spelled_out_or_numbered() {
    let mut scope = Scope::new();
    assert_eq!(scope.field("type").to_string(), "r#type");
    assert_eq!(scope.field("@type").to_string(), "at_type");
    assert_eq!(scope.field("Type").to_string(), "type2");
    let mut scope = Scope::new();
    assert_eq!(scope.field("foo_bar").to_string(), "foo_bar");
    assert_eq!(scope.field("fooBar").to_string(), "foo_bar_2");
    let mut scope = Scope::new();
    assert_eq!(scope.field("self").to_string(), "self_");
    assert_eq!(scope.field("Self").to_string(), "self_2");
    let mut scope = Scope::new();
    let names = scope.variants(&["x", "X", "a-b", "a_b", "v1", "V1"]);
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    assert_eq!(names, ["X2", "X", "AB", "AUnderscoreB", "V1_2", "V1"]);
}

#[test]
fn a_name_in_rust_spelling_is_kept_in_any_position() {
    let mut naming = Naming::new();
    let names = naming.type_names(&["foo-bar", "FooBar", "foo_bar"]);
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    assert_eq!(names, ["FooBar2", "FooBar", "FooBar3"]);
}

#[test]
fn reserved_types_get_a_suffix() {
    for (raw, name) in
        [("Option", "OptionType"), ("string", "StringType"), ("Error", "ErrorType"), ("Value", "ValueType")]
    {
        assert_eq!(type_name(raw), name);
    }
    let mut scope = Scope::reserving(&["Unknown", "send"]);
    assert_eq!(scope.variant("unknown").to_string(), "UnknownValue");
    assert_eq!(scope.function("send").to_string(), "send_");
}

#[test]
fn a_taken_type_name_takes_the_first_free_suffix() {
    let mut naming = Naming::new();
    assert_eq!(naming.type_name("Foo", &[]).to_string(), "Foo");
    assert_eq!(naming.type_name("Foo", &["Request", "Input"]).to_string(), "FooRequest");
    assert_eq!(naming.type_name("Foo", &["Request", "Input"]).to_string(), "FooInput");
    assert_eq!(naming.type_name("Foo", &["Request", "Input"]).to_string(), "Foo2");
}

#[test]
fn very_long_names_are_cut_and_stay_apart() {
    let long = "Name".repeat(100);
    let (one, two) = (type_name(&format!("{long}One")), type_name(&format!("{long}Two")));
    assert!(one.len() <= 100, "{one}");
    assert_ne!(one, two);
    assert!(field(&"long_name_".repeat(40)).len() <= 100);
    assert!(is_identifier(&type_name(&"ß".repeat(300))));
}

#[test]
fn every_name_is_an_identifier() {
    let raws = [
        "", "_", "__", "self", "Self", "crate", "1", "-", "é", "e\u{301}", "a b", "r#type", "🎉", "ⅷ", "²", "ﬀ", "ª",
        "\u{0}", "٣", "ǅ",
    ];
    for raw in raws {
        for case in [Case::Type, Case::Variant, Case::Field, Case::Function, Case::Constant, Case::Module] {
            let name = Scope::new().claim(case, raw);
            assert!(is_identifier(&name), "{raw:?} became {name:?}");
        }
    }
}
