//! A load test. Clients read and write for a while, against the sandbox and against handwritten
//! handlers.
//!
//! `cargo run --release -p sandbox --example load -- 60` runs each server for 60 seconds with 64
//! clients, and prints a table. The servers take turns, so that other load on the machine affects
//! all of them. The program fails if a request fails or an update is lost.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::patch;
use axum::serve::ListenerExt as _;
use axum::{Json, Router};
use sandbox::store::{Database, MemoryStore, Outcome};
use sandbox::{Data, Provider, Sandbox};
use serde_json::{Value, json};

const CLIENTS: usize = 64;
const USERS: usize = 16;

/// The number of turns of each server.
const TURNS: u32 = 6;

/// The measurements of one server.
#[derive(Default)]
struct Measured {
    writes: usize,
    reads: usize,
    took: Duration,
    /// The latencies. They are sorted when all turns are over.
    latencies: Vec<Duration>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let seconds = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(10);
    let time = Duration::from_secs(seconds);
    let folder = tempfile::tempdir()?;
    let memory = Sandbox::builder().seed(seed()).start().await?;
    let file = Data::File(folder.path().join("load.db"));
    let sqlite = Sandbox::builder().data(file).seed(seed()).start().await?;
    let mut servers = [
        ("sandbox, memory", memory.base_url(Provider::Prelude), Measured::default()),
        ("sandbox, SQLite", sqlite.base_url(Provider::Prelude), Measured::default()),
        ("by hand, memory", by_hand().await?, Measured::default()),
    ];
    for _ in 0..TURNS {
        for (_, url, measured) in &mut servers {
            run(url, time / TURNS, measured).await?;
        }
    }
    println!("| server | requests/s | p50 ms | p99 ms | longest ms | requests | errors | lost updates |");
    println!("|---|---|---|---|---|---|---|---|");
    for (name, _, measured) in &mut servers {
        measured.latencies.sort();
        report(name, measured);
    }
    Ok(())
}

/// One application, with the users that the clients change.
fn seed() -> String {
    let users: BTreeMap<String, Value> =
        (0..USERS).map(|number| (format!("usr_{number}"), json!({"identifiers": [], "profile": {}}))).collect();
    json!({
        "prelude/apps": {"app": {}},
        "prelude/keys": {"key": {"apps": ["app"]}},
        "prelude/users/app": users,
    })
    .to_string()
}

fn report(name: &str, measured: &Measured) {
    let requests = measured.reads + measured.writes;
    let at = |share: usize| {
        let index = (measured.latencies.len() * share / 1000).min(measured.latencies.len().saturating_sub(1));
        measured.latencies.get(index).map_or(0.0, |one| one.as_secs_f64() * 1e3)
    };
    let rate = u32::try_from(requests).map_or(0.0, f64::from) / measured.took.as_secs_f64();
    println!("| {name} | {rate:.0} | {:.1} | {:.1} | {:.1} | {requests} | 0 | 0 |", at(500), at(990), at(1000));
}

/// Each client writes its own keys into the profiles of shared users, and reads in between.
async fn run(base: &str, time: Duration, measured: &mut Measured) -> Result<(), Box<dyn Error + Send + Sync>> {
    let http = reqwest::Client::builder().pool_max_idle_per_host(CLIENTS).build()?;
    let begun = Instant::now();
    let clients: Vec<_> =
        (0..CLIENTS).map(|client| tokio::spawn(work(http.clone(), base.to_owned(), client, begun + time))).collect();
    let mut written = BTreeMap::<(usize, String), String>::new();
    for client in clients {
        let (keys, mut times, read) = client.await??;
        measured.writes += keys.len();
        // Only one client writes each key, so the last value that it sent must be stored.
        for (user, key, value) in keys {
            written.insert((user, key), value);
        }
        measured.latencies.append(&mut times);
        measured.reads += read;
    }
    measured.took += begun.elapsed();
    for user in 0..USERS {
        let (_, read) = get(&http, base, user).await?;
        let profile = &read["user"]["profile"];
        let of_user = written.iter().filter(|((of, _), _)| *of == user);
        let lost = of_user.filter(|((_, key), value)| profile[key] != json!(value)).count();
        if lost > 0 {
            return Err(format!("{lost} updates of user {user} are lost").into());
        }
    }
    Ok(())
}

type Work = (Vec<(usize, String, String)>, Vec<Duration>, usize);

async fn work(
    http: reqwest::Client,
    base: String,
    client: usize,
    until: Instant,
) -> Result<Work, Box<dyn Error + Send + Sync>> {
    let (mut keys, mut times, mut reads, mut number) = (Vec::new(), Vec::new(), 0, 0);
    while Instant::now() < until {
        number += 1;
        let user = (client + number) % USERS;
        let sent = Instant::now();
        let status = if number % 2 == 0 {
            // The number of keys is limited, so that profiles do not grow during the run.
            let key = format!("k{client}_{}", number % 16);
            let body = json!({"profile": {key.as_str(): number.to_string()}});
            let url = format!("{base}/v2/session/apps/app/users/usr_{user}/profile");
            let response = http.patch(url).bearer_auth("key").json(&body).send().await?;
            keys.push((user, key, number.to_string()));
            response.status().as_u16()
        } else {
            reads += 1;
            get(&http, &base, user).await?.0
        };
        times.push(sent.elapsed());
        if status >= 300 {
            return Err(format!("the response was {status}").into());
        }
    }
    Ok((keys, times, reads))
}

async fn get(http: &reqwest::Client, base: &str, user: usize) -> Result<(u16, Value), reqwest::Error> {
    let url = format!("{base}/v2/session/apps/app/users/usr_{user}");
    let response = http.get(url).bearer_auth("key").send().await?;
    Ok((response.status().as_u16(), response.json().await.unwrap_or_default()))
}

/// The two operations over the same store, written by hand with axum and without validation.
async fn by_hand() -> Result<String, Box<dyn Error + Send + Sync>> {
    let database = Database::new(Arc::new(MemoryStore::new()));
    let mut attempts = database.attempts("seed").await;
    let mut tx = attempts.next().await?;
    for user in 0..USERS {
        tx.put("users", &format!("usr_{user}"), json!({"identifiers": [], "profile": {}})).await?;
    }
    tx.commit().await?;
    drop(attempts);
    let router = Router::new()
        .route("/v2/session/apps/{app}/users/{user}/profile", patch(write))
        .route("/v2/session/apps/{app}/users/{user}", axum::routing::get(read))
        .with_state(database);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    // Send small responses immediately, as the sandbox does.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(url)
}

fn is_authorized(headers: &HeaderMap) -> bool {
    headers.get("authorization").is_some_and(|value| value == "Bearer key")
}

async fn write(
    State(database): State<Database>,
    Path((_, user)): Path<(String, String)>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Response {
    if !is_authorized(&headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let written = async {
        let mut attempts = database.attempts(&user).await;
        loop {
            let mut tx = attempts.next().await?;
            let mut record = tx.get("users", &user).await?.unwrap_or_default();
            for (key, value) in body["profile"].as_object().into_iter().flatten() {
                record["profile"][key] = value.clone();
            }
            tx.put("users", &user, record).await?;
            if tx.commit().await? == Outcome::Committed {
                return Ok::<_, sandbox::store::StoreError>(());
            }
        }
    };
    match written.await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn read(
    State(database): State<Database>,
    Path((_, user)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    if !is_authorized(&headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    match database.get("users", &user).await {
        Ok(Some(record)) => Json(json!({"user": record})).into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
