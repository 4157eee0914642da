use super::*;

const ROWND: &str = include_str!("../../../../../specs/rownd/openapi.yaml");
const PRELUDE: &str = include_str!("../../../../../specs/prelude/openapi.yaml");

#[test]
fn the_operation_of_rownd_is_built() {
    let (api, _) = build_with(ROWND, &ProviderConfig { module: "rownd".to_owned(), ..ProviderConfig::default() });
    insta::assert_snapshot!(summary(&api, only(&api)));
    let servers: Vec<&str> = api.servers.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(servers, ["production", "development"]);
}

#[test]
fn the_operation_of_prelude_is_built() {
    let (api, _) =
        build_with(PRELUDE, &ProviderConfig { module: "prelude_so".to_owned(), ..ProviderConfig::default() });
    insta::assert_snapshot!(summary(&api, only(&api)));
    assert_eq!(api.type_stem.as_str(), "PreludeSo");
}

#[test]
fn what_the_providers_choose_is_read() {
    for (text, module) in [
        (include_str!("../../../../../specs/rownd/provider.toml"), "rownd"),
        (include_str!("../../../../../specs/prelude/provider.toml"), "prelude_so"),
    ] {
        assert_eq!(ProviderConfig::parse("provider.toml", text).unwrap().module, module);
    }
    for text in [
        include_str!("../../../../../specs/rownd/source.toml"),
        include_str!("../../../../../specs/prelude/source.toml"),
    ] {
        crate::config::Source::parse("source.toml", text).unwrap();
    }
}
