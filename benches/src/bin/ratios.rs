//! Generated code beside the same by hand, as ratios:
//! `cargo run --release -p benches --bin ratios`.
//!
//! Instructions are counted by Valgrind, which need not be alone on the machine; time is that of
//! turns taken in one process. What a run costs before and after the calls drops out: it is the
//! difference between many calls and few.

use std::error::Error;
use std::future::Future;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use benches::{APP, BODY, TOKEN, by_hand, generated, request, response, runtime};

/// Calls of the shorter and of the longer run under Valgrind.
const COUNTED: (u32, u32) = (200, 1_200);
/// Turns that the sides take, and calls of one turn.
const TURNS: (usize, u32) = (60, 500);

/// What is compared.
#[derive(Clone, Copy)]
enum Case {
    Client,
    /// The client, beside one that takes the same care: time-outs, repetition, a limit.
    CarefulClient,
    Server,
}

/// Who does it.
#[derive(Clone, Copy)]
enum Side {
    Generated,
    ByHand,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => compare(),
        ["serve"] => serve(),
        [case, side, calls, url] => {
            let case = Case::ALL.into_iter().find(|known| known.name() == *case).ok_or("no such case")?;
            let side = if *side == Side::Generated.name() { Side::Generated } else { Side::ByHand };
            Worker::new(case, side, url).work(calls.parse()?);
            Ok(())
        }
        _ => Err("start it without arguments".into()),
    }
}

fn compare() -> Result<(), Box<dyn Error>> {
    let (mut server, url) = start_server()?;
    println!("| | instructions, generated | by hand | ratio | µs, generated | by hand | ratio |");
    println!("|---|---|---|---|---|---|---|");
    for case in Case::ALL {
        let (ours, theirs) = (instructions(case, Side::Generated, &url)?, instructions(case, Side::ByHand, &url)?);
        let (time, hand_time) = times(case, &url);
        println!(
            "| {} | {ours:.0} | {theirs:.0} | {:.3} | {time:.1} | {hand_time:.1} | {:.3} |",
            case.name(),
            ours / theirs,
            time / hand_time
        );
    }
    server.kill()?;
    server.wait()?;
    Ok(())
}

/// Instructions of one call.
fn instructions(case: Case, side: Side, url: &str) -> Result<f64, Box<dyn Error>> {
    let count = |calls: u32| -> Result<f64, Box<dyn Error>> {
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(std::env::current_exe()?)
            .args([case.name(), side.name(), &calls.to_string(), url])
            .output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        let line = said.lines().find_map(|line| line.split_once("Collected : "));
        let (_, number) = line.ok_or_else(|| format!("valgrind did not count: {said}"))?;
        Ok(number.trim().parse()?)
    };
    let (few, many) = COUNTED;
    Ok((count(many)? - count(few)?) / f64::from(many - few))
}

/// Microseconds of one call, generated and by hand: the medians of turns taken one after the other.
fn times(case: Case, url: &str) -> (f64, f64) {
    let (turns, calls) = TURNS;
    let sides = [Side::Generated, Side::ByHand].map(|side| Worker::new(case, side, url));
    let mut took: [Vec<Duration>; 2] = [Vec::new(), Vec::new()];
    for _ in 0..turns {
        for (side, took) in sides.iter().zip(&mut took) {
            let started = Instant::now();
            side.work(calls);
            took.push(started.elapsed());
        }
    }
    let [ours, theirs] = took.map(|mut took| {
        took.sort();
        took[turns / 2].as_secs_f64() * 1e6 / f64::from(calls)
    });
    (ours, theirs)
}

/// One side, ready to work.
struct Worker {
    runtime: tokio::runtime::Runtime,
    work: Work,
}

enum Work {
    GeneratedClient(generated_client::prelude_so::Client),
    ClientByHand(by_hand::Client),
    CarefulClient(by_hand::Client),
    Server(axum::Router),
}

impl Worker {
    fn new(case: Case, side: Side, url: &str) -> Self {
        let work = match (case, side) {
            (Case::Client | Case::CarefulClient, Side::Generated) => Work::GeneratedClient(generated::client(url)),
            (Case::Client, Side::ByHand) => Work::ClientByHand(by_hand::Client::new(url)),
            (Case::CarefulClient, Side::ByHand) => Work::CarefulClient(by_hand::Client::new(url)),
            (Case::Server, Side::Generated) => Work::Server(generated::router()),
            (Case::Server, Side::ByHand) => Work::Server(by_hand::router()),
        };
        Self { runtime: runtime(), work }
    }

    fn work(&self, calls: u32) {
        match &self.work {
            Work::GeneratedClient(client) => self.repeat(calls, || generated::create_user(client)),
            Work::ClientByHand(client) => {
                self.repeat(calls, async || client.create_user(APP, &by_hand::body()).await.expect("a user").id);
            }
            Work::CarefulClient(client) => self
                .repeat(calls, async || client.create_user_carefully(APP, &by_hand::body()).await.expect("a user").id),
            Work::Server(router) => self.repeat(calls, || response(router, request(TOKEN, BODY))),
        }
    }

    fn repeat<T, F: Future<Output = T>>(&self, calls: u32, call: impl Fn() -> F) {
        self.runtime.block_on(async {
            for _ in 0..calls {
                std::hint::black_box(call().await);
            }
        });
    }
}

/// The server that clients call, in a process of its own so that its instructions are not theirs.
fn start_server() -> Result<(Child, String), Box<dyn Error>> {
    let mut child = Command::new(std::env::current_exe()?).arg("serve").stdout(Stdio::piped()).spawn()?;
    let mut url = String::new();
    BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut url)?;
    Ok((child, url.trim().to_owned()))
}

fn serve() -> Result<(), Box<dyn Error>> {
    runtime().block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        println!("http://{}", listener.local_addr()?);
        std::io::stdout().flush()?;
        axum::serve(listener, by_hand::router()).await?;
        Ok(())
    })
}

impl Case {
    const ALL: [Self; 3] = [Self::Client, Self::CarefulClient, Self::Server];

    fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::CarefulClient => "careful client",
            Self::Server => "server",
        }
    }
}

impl Side {
    fn name(self) -> &'static str {
        match self {
            Self::Generated => "generated",
            Self::ByHand => "by-hand",
        }
    }
}
