//! `mock --replay` and `mock --proxy`: violations, reports, and exit statuses.

use serde_json::{Value, json};

use crate::folder::Folder;

const DOCUMENT: &str = "\
openapi: 3.1.0
info: {title: Users, version: '1'}
servers: [{url: 'https://api.example.com/v1'}]
paths:
  /users/{id}:
    get:
      operationId: getUser
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses:
        '200':
          description: a user
          content:
            application/json:
              schema:
                type: object
                required: [plan]
                properties: {plan: {type: string, enum: [free, pro]}}
";

/// A recording of responses to `GET /users/1`.
fn recording(plans: &[&str]) -> String {
    let entries = plans.iter().map(|plan| {
        json!({
            "request": {"method": "GET", "url": "https://api.example.com/v1/users/1", "headers": []},
            "response": {"status": 200, "headers": [], "content": {
                "mimeType": "application/json", "text": json!({"plan": plan}).to_string(),
            }},
        })
    });
    json!({"log": {"entries": entries.collect::<Vec<Value>>()}}).to_string()
}

#[test]
fn a_recording_ends_with_status_6_and_is_reported_in_three_formats() {
    let folder = Folder::new();
    folder.write("users.yaml", DOCUMENT);
    folder.write("traffic.har", &recording(&["pro", "trial", "trial"]));
    let replay = ["mock", "users.yaml", "--replay", "traffic.har"];
    let ran = folder.run(&[&replay[..], &["--report", "report.xml", "--propose", "overlay.yaml"]].concat());
    assert_eq!(ran.status, 6, "{ran:?}");
    for line in [
        "3 exchanges with 1 of 1 operations: 2 violations of 1 kind",
        "GET /users/{id}: response 200: /body/plan must be one of free, pro (enum; found trial), 2 times",
        "the service responds with `plan: trial`, 2 times; the document lacks it",
    ] {
        assert!(ran.stdout.contains(line), "{line}: {ran:?}");
    }
    assert!(folder.read("report.xml").contains("<failure type=\"enum\""));
    let ran = folder.run(&[&["--format", "json"], &replay[..], &["--report", "report.json"]].concat());
    let report: Value = serde_json::from_str(&folder.read("report.json")).expect("JSON");
    assert_eq!(report["violations"][0]["count"], 2);
    assert_eq!(serde_json::from_str::<Value>(&ran.stdout).expect("one object"), report);
    let ran = folder.run(&[&replay[..], &["--report", "report.txt", "--overlay", "overlay.yaml"]].concat());
    assert_eq!(ran.status, 0, "with the overlay, the document allows it: {ran:?}");
    assert!(folder.read("report.txt").contains("0 violations"));
}

#[test]
fn a_recording_of_something_else_is_not_a_success() {
    let folder = Folder::new();
    folder.write("users.yaml", DOCUMENT);
    folder.write("traffic.har", &recording(&["pro"]).replace("api.example.com/v1", "other.example.com"));
    let ran = folder.run(&["mock", "users.yaml", "--replay", "traffic.har"]);
    assert_eq!(ran.status, 0, "another instance of the service: {ran:?}");
    folder.write("traffic.har", &recording(&["pro"]).replace("api.example.com/v1/users", "other.example.com/teams"));
    let ran = folder.run(&["mock", "users.yaml", "--replay", "traffic.har"]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.stderr.contains("no exchange in this recording is with the API"), "{ran:?}");
    folder.write("traffic.har", "{\"log\": 1}");
    let ran = folder.run(&["mock", "users.yaml", "--replay", "traffic.har"]);
    assert!(ran.status == 1 && ran.stderr.contains("traffic.har: this is not a recording"), "{ran:?}");
}

#[test]
fn options_of_a_mock_and_of_traffic_do_not_mix() {
    let folder = Folder::new();
    for arguments in
        [["mock", "petstore.yaml", "--report", "report.xml"], ["mock", "petstore.yaml", "--proxy", "api.example.com"]]
    {
        let ran = folder.run(&arguments);
        let status = if arguments[2] == "--report" { 2 } else { 1 };
        assert_eq!(ran.status, status, "{ran:?}");
    }
    let ran = folder.run(&["mock", "petstore.yaml", "--proxy", "http://127.0.0.1:1", "--stateless"]);
    assert_eq!(ran.status, 2, "{ran:?}");
}

/// A proxy that is ended by a signal still reports.
#[cfg(unix)]
#[test]
fn a_proxy_without_a_service_ends_with_status_1() {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    use std::process::{Command, Stdio};

    let folder = Folder::new();
    let mut proxy = Command::new(env!("CARGO_BIN_EXE_specwright"))
        .args(["mock", "petstore.yaml", "--proxy", "http://127.0.0.1:1"])
        .current_dir(folder.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut stdout = BufReader::new(proxy.stdout.take().expect("its output"));
    let mut line = String::new();
    stdout.read_line(&mut line).expect("a line");
    let address = line.trim().rsplit("http://").next().expect("its address").to_owned();
    let mut stream = std::net::TcpStream::connect(&address).expect("a connection");
    stream.write_all(b"GET /pets/1 HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").expect("a request");
    let mut response = String::new();
    stream.read_to_string(&mut response).expect("a response");
    assert!(response.starts_with("HTTP/1.1 502"), "{response}");
    let killed = Command::new("kill").args(["-TERM", &proxy.id().to_string()]).status().expect("kill");
    assert!(killed.success());
    let status = proxy.wait().expect("its end").code();
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).expect("its output");
    assert_eq!(status, Some(1), "{rest}");
    assert!(rest.contains("1 request without a response"), "{rest}");
}
