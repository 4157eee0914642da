//! The example programs of `generated-client` run against the program `sandbox`, before and after
//! it is killed.

use generated_client::rownd;

use crate::TestResult;
use crate::kill::{file, start};

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
program!(stateset_program, "../../../generated-client/examples/stateset.rs");

const PRELUDE_USER: &str = "usr_01jqebhswje1ka1z7ahr9rfsgt";

/// The environment variables of the programs.
fn variable(origin: &str, name: &str) -> Option<String> {
    Some(match name {
        "ROWND_APP_KEY" => "key_sandbox".to_owned(),
        "ROWND_APP_SECRET" => "ras_sandbox".to_owned(),
        "ROWND_URL" => format!("{origin}/rownd"),
        "PRELUDE_TOKEN" => "sk_prelude_sandbox".to_owned(),
        "PRELUDE_URL" => format!("{origin}/prelude"),
        "LOOKER_CLIENT_ID" => "looker_client_sandbox".to_owned(),
        "LOOKER_CLIENT_SECRET" => "looker_secret_sandbox".to_owned(),
        "LOOKER_URL" => format!("{origin}/looker/api/4.0"),
        "STATESET_TOKEN" => "stateset_token_sandbox".to_owned(),
        "STATESET_URL" => format!("{origin}/stateset/v1"),
        _ => return None,
    })
}

/// Calls every provider, and returns the output of each program, which contains what it has read
/// back.
async fn write_and_read_back(origin: &str) -> Result<[String; 4], String> {
    let environment = |name: &str| variable(origin, name);
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let rownd = words(&["app_sandbox", "user_gary", "first_name", "Garry"]);
    let prelude = words(&["54e9ujn", PRELUDE_USER, "plan", "gold"]);
    let looker = words(&["2", "2", "crete"]);
    let stateset = words(&["user_1", "Kept", "Jackson"]);
    let text = |error: Box<dyn std::error::Error>| error.to_string();
    Ok([
        rownd_program::run(&rownd, environment).await.map_err(text)?,
        prelude_program::run(&prelude, environment).await.map_err(text)?,
        looker_program::run(&looker, environment).await.map_err(text)?,
        stateset_program::run(&stateset, environment).await.map_err(text)?,
    ])
}

#[tokio::test(flavor = "multi_thread")]
async fn writes_of_the_example_programs_survive_kill_9() -> TestResult {
    let folder = tempfile::tempdir()?;
    let program = start(&["--data", &file(folder.path())])?;
    let printed = write_and_read_back(&program.origin).await?;
    for (text, expected) in printed.iter().zip(["Garry", "\"plan\":\"gold\"", "crete (from user)", "Kept"]) {
        assert!(text.contains(expected), "{text}");
    }
    // Dropping the program sends SIGKILL.
    drop(program);
    let program = start(&["--data", &file(folder.path())])?;
    let key = |name| variable(&program.origin, name).unwrap_or_default();
    let credentials = rownd::Credentials::AppKeyAndAppSecret {
        app_key: key("ROWND_APP_KEY").into(),
        app_secret: key("ROWND_APP_SECRET").into(),
    };
    let client = rownd::Client::builder(key("ROWND_URL")).credentials(credentials).build()?;
    let gary = client.application_user_data_get("app_sandbox", "user_gary").await?;
    let data = gary.into_body().data.unwrap_or_default();
    assert_eq!(data.get("first_name"), Some(&serde_json::json!("Garry")));
    let users = reqwest::get(format!("{}/_sandbox/users", program.origin)).await?.text().await?;
    for kept in ["\"plan\":\"gold\"", "crete", "\"firstName\":\"Kept\""] {
        assert!(users.contains(kept), "{kept} is lost: {users}");
    }
    Ok(())
}
