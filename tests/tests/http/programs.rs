//! The example programs, run against generated servers.

use generated_client::{looker, rownd, stateset};
use serde_json::json;
use specwright_runtime::Secret;
use tests::Served;
use tests::script::{SECRET, Script};
use tests::scripted::{Looker, Rownd, Stateset};

macro_rules! program {
    ($module:ident, $file:literal) => {
        #[path = $file]
        #[expect(dead_code, reason = "the test calls what `main` calls")]
        mod $module;
    };
}

program!(looker_program, "../../../generated-client/examples/looker.rs");
program!(prelude_program, "../../../generated-client/examples/prelude.rs");
program!(rownd_program, "../../../generated-client/examples/rownd.rs");
program!(serve_program, "../../../generated-client/examples/serve.rs");
program!(stateset_program, "../../../generated-client/examples/stateset.rs");

fn arguments<const N: usize>(arguments: [&str; N]) -> Vec<String> {
    arguments.map(str::to_owned).into()
}

/// The base URL, and the secret for every other variable.
fn environment(served: &Served) -> impl Fn(&str) -> Option<String> {
    let url = served.url();
    move |name| Some(if name.ends_with("_URL") { url.clone() } else { SECRET.to_owned() })
}

#[tokio::test]
async fn prelude_writes_to_the_service_of_the_other_example_and_reads_back() {
    let served = Served::start(serve_program::service(SECRET)).await;
    let environment = environment(&served);
    let run = async |words: [&str; 4]| prelude_program::run(&arguments(words), &environment).await;
    let printed = run(["54e9ujn", "usr_1", "first_name", "Jane"]).await.unwrap();
    assert_eq!(printed, r#"usr_1: {"first_name":"Jane"}"#);
    let printed = run(["54e9ujn", "usr_1", "last_name", "Smith"]).await.unwrap();
    assert_eq!(printed, r#"usr_1: {"first_name":"Jane","last_name":"Smith"}"#);
    let error = run(["54e9ujn", "usr_1", "id", "x"]).await.unwrap_err();
    let message = error.to_string();
    assert!(message.starts_with("the API responded with 400 Bad Request (`"), "{message}");
}

#[tokio::test]
async fn rownd_writes_a_field_and_reads_the_profile_back() {
    let script = Script::new();
    let served = Served::start(rownd::server::router(Rownd(script.clone()))).await;
    let data = || rownd::types::AppUserData::new().data([("first_name".to_owned(), json!("Gary"))]);
    script.respond_with::<_, specwright_runtime::Never>(Ok(
        rownd::operations::ApplicationUserDataFieldUpdateSuccess::Ok(data()),
    ));
    script
        .respond_with::<_, specwright_runtime::Never>(Ok(rownd::operations::ApplicationUserDataGetSuccess::Ok(data())));
    let printed = rownd_program::run(&arguments(["a", "u", "first_name", "Gary"]), environment(&served)).await.unwrap();
    assert_eq!(printed, r#"{"first_name":"Gary"}"#);
    assert!(script.inputs()[0].contains(r#"value: String("Gary")"#), "{:?}", script.inputs());
}

#[tokio::test]
async fn looker_logs_in_sets_a_value_and_reads_it_back() {
    let script = Script::new();
    let served = Served::start(looker::server::router(Looker(script.clone()))).await;
    let token = looker::types::AccessToken::new().access_token(Secret::from(SECRET)).expires_in(3600);
    let value = || looker::types::UserAttributeWithValue::new().value("emea".to_owned());
    script.respond_with::<_, looker::operations::LoginError>(Ok(looker::operations::LoginSuccess::Ok(token)));
    script.respond_with::<_, looker::operations::SetUserAttributeUserValueError>(Ok(
        looker::operations::SetUserAttributeUserValueSuccess::Ok(value()),
    ));
    script.respond_with::<_, looker::operations::UserAttributeUserValuesError>(Ok(
        looker::operations::UserAttributeUserValuesSuccess::Ok(vec![value()]),
    ));
    let printed = looker_program::run(&arguments(["7", "23", "emea"]), environment(&served)).await.unwrap();
    assert_eq!(printed, "emea (from unknown)");
    assert_eq!(script.inputs().len(), 3);
}

#[tokio::test]
async fn stateset_writes_names_and_reads_the_user_back() {
    let script = Script::new();
    let served = Served::start(stateset::server::router(Stateset(script.clone()))).await;
    let user = || stateset::types::User::new().id("7").first_name("Jane");
    script.respond_with::<_, stateset::operations::UpdateUserError>(Ok(stateset::operations::UpdateUserSuccess::Ok(
        user(),
    )));
    script.respond_with::<_, stateset::operations::GetUserError>(Ok(stateset::operations::GetUserSuccess::Ok(user())));
    let printed = stateset_program::run(&arguments(["7", "Jane", "Doe"]), environment(&served)).await.unwrap();
    assert_eq!(printed, r#"{"id":"7","firstName":"Jane"}"#);
    assert!(script.inputs()[0].contains(r#"last_name: Some("Doe")"#), "{:?}", script.inputs());
}

#[tokio::test]
async fn every_program_has_help_and_names_missing_arguments() {
    let nothing = |_: &str| None;
    let help = arguments(["--help"]);
    for help in [
        looker_program::run(&help, nothing).await,
        prelude_program::run(&help, nothing).await,
        rownd_program::run(&help, nothing).await,
        stateset_program::run(&help, nothing).await,
    ] {
        assert!(help.unwrap().contains("Usage: cargo run --example"));
    }
    let (three, four) = (arguments(["a", "b", "c"]), arguments(["a", "b", "c", "d"]));
    for missing in [
        looker_program::run(&three, nothing).await,
        prelude_program::run(&four, nothing).await,
        rownd_program::run(&four, nothing).await,
        stateset_program::run(&three, nothing).await,
    ] {
        assert!(missing.unwrap_err().to_string().ends_with(" set"));
    }
}
