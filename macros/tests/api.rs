//! The macro as applications use it: what the compiler expands is more than what a unit test sees.

specwright_macros::api!("../tests/outside/petstore.yaml");
specwright_macros::api!(pub mod served = "../tests/outside/petstore.yaml", client, server);

use served::types::Pet;

#[test]
fn a_document_becomes_a_module_with_the_client() {
    let pet = petstore::types::Pet::new("Rex").id(7);
    assert_eq!(serde_json::to_string(&pet).expect("JSON"), r#"{"id":7,"name":"Rex"}"#);
    let client = petstore::Client::builder(petstore::client::servers::PRODUCTION).build();
    assert!(client.is_ok());
}

#[test]
fn a_module_has_the_sides_that_the_call_names() {
    struct Store;
    impl served::server::Served for Store {}
    let _ = served::server::router(Store);
    assert!(served::Client::builder("http://localhost").build().is_ok());
    assert_eq!(Pet::new("Rex").name, "Rex");
}
