//! Compares generated code with handwritten code, as ratios: `cargo run --release -p benches --bin
//! ratios`.
//!
//! Instructions are counted by Valgrind, so other load on the machine does not affect them. Times
//! are measured in one process, in which both implementations take turns. The instructions are the
//! difference between a long and a short run, so that start-up costs cancel out.

use std::error::Error;
use std::future::Future;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use benches::{APP, BODY, FIVE_FAULTS, ONE_FAULT, TOKEN, by_hand, generated, request, response, runtime};

/// The number of calls in the short and in the long run under Valgrind.
const COUNTED: (u32, u32) = (200, 1_200);
/// The number of turns of each implementation, and the number of calls in a turn.
const TURNS: (usize, u32) = (60, 500);

/// The code that is compared.
#[derive(Clone, Copy)]
enum Workload {
    Client,
    /// The client, compared with a handwritten one that has the same timeouts, retries and limits.
    CarefulClient,
    Server,
    /// The server refuses a body with one fault.
    Refusal,
    /// The server refuses a body with five faults. The handwritten one stops at the first.
    FiveFaults,
}

/// An implementation.
#[derive(Clone, Copy)]
enum Implementation {
    Generated,
    ByHand,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => compare(),
        ["serve"] => serve(),
        [workload, implementation, calls, url] => {
            let workload =
                Workload::ALL.into_iter().find(|known| known.name() == *workload).ok_or("there is no such workload")?;
            let implementation = if *implementation == Implementation::Generated.name() {
                Implementation::Generated
            } else {
                Implementation::ByHand
            };
            Worker::new(workload, implementation, url).run(calls.parse()?);
            Ok(())
        }
        _ => Err("the program takes no arguments".into()),
    }
}

fn compare() -> Result<(), Box<dyn Error>> {
    let (mut server, url) = start_server()?;
    println!("| | instructions, generated | by hand | ratio | µs, generated | by hand | ratio |");
    println!("|---|---|---|---|---|---|---|");
    for workload in Workload::ALL {
        let (ours, theirs) = (
            instructions(workload, Implementation::Generated, &url)?,
            instructions(workload, Implementation::ByHand, &url)?,
        );
        let (time, hand_time) = times(workload, &url);
        println!(
            "| {} | {ours:.0} | {theirs:.0} | {:.3} | {time:.1} | {hand_time:.1} | {:.3} |",
            workload.name(),
            ours / theirs,
            time / hand_time
        );
    }
    server.kill()?;
    server.wait()?;
    Ok(())
}

/// The number of instructions of a call.
fn instructions(workload: Workload, implementation: Implementation, url: &str) -> Result<f64, Box<dyn Error>> {
    let count = |calls: u32| -> Result<f64, Box<dyn Error>> {
        let output = Command::new("valgrind")
            .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
            .arg(std::env::current_exe()?)
            .args([workload.name(), implementation.name(), &calls.to_string(), url])
            .output()?;
        let stderr = String::from_utf8_lossy(&output.stderr);
        let line = stderr.lines().find_map(|line| line.split_once("Collected : "));
        let (_, number) = line.ok_or_else(|| format!("valgrind reported no count: {stderr}"))?;
        Ok(number.trim().parse()?)
    };
    let (few, many) = COUNTED;
    Ok((count(many)? - count(few)?) / f64::from(many - few))
}

/// Microseconds per call, for generated and for handwritten code: medians over alternating turns.
fn times(workload: Workload, url: &str) -> (f64, f64) {
    let (turns, calls) = TURNS;
    let implementations = [Implementation::Generated, Implementation::ByHand]
        .map(|implementation| Worker::new(workload, implementation, url));
    let mut took: [Vec<Duration>; 2] = [Vec::new(), Vec::new()];
    for _ in 0..turns {
        for (implementation, took) in implementations.iter().zip(&mut took) {
            let started = Instant::now();
            implementation.run(calls);
            took.push(started.elapsed());
        }
    }
    let [ours, theirs] = took.map(|mut took| {
        took.sort();
        took[turns / 2].as_secs_f64() * 1e6 / f64::from(calls)
    });
    (ours, theirs)
}

/// An implementation, ready to run.
struct Worker {
    runtime: tokio::runtime::Runtime,
    subject: Subject,
}

enum Subject {
    GeneratedClient(generated_client::prelude_so::Client),
    ClientByHand(by_hand::Client),
    CarefulClient(by_hand::Client),
    Server(axum::Router, &'static str),
}

impl Worker {
    fn new(workload: Workload, implementation: Implementation, url: &str) -> Self {
        let subject = match (workload, implementation) {
            (Workload::Client | Workload::CarefulClient, Implementation::Generated) => {
                Subject::GeneratedClient(generated::client(url))
            }
            (Workload::Client, Implementation::ByHand) => Subject::ClientByHand(by_hand::Client::new(url)),
            (Workload::CarefulClient, Implementation::ByHand) => Subject::CarefulClient(by_hand::Client::new(url)),
            (server, Implementation::Generated) => Subject::Server(generated::router(), server.body()),
            (server, Implementation::ByHand) => Subject::Server(by_hand::router(), server.body()),
        };
        Self { runtime: runtime(), subject }
    }

    fn run(&self, calls: u32) {
        match &self.subject {
            Subject::GeneratedClient(client) => self.repeat(calls, || generated::create_user(client)),
            Subject::ClientByHand(client) => {
                self.repeat(calls, async || client.create_user(APP, &by_hand::body()).await.expect("a user").id);
            }
            Subject::CarefulClient(client) => self
                .repeat(calls, async || client.create_user_carefully(APP, &by_hand::body()).await.expect("a user").id),
            Subject::Server(router, body) => self.repeat(calls, || response(router, request(TOKEN, body))),
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

/// The server for the clients. It runs in its own process, so that its instructions are not counted
/// as theirs.
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

impl Workload {
    const ALL: [Self; 5] = [Self::Client, Self::CarefulClient, Self::Server, Self::Refusal, Self::FiveFaults];

    /// The body that the server gets.
    fn body(self) -> &'static str {
        match self {
            Self::Client | Self::CarefulClient | Self::Server => BODY,
            Self::Refusal => ONE_FAULT,
            Self::FiveFaults => FIVE_FAULTS,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::CarefulClient => "careful client",
            Self::Server => "server",
            Self::Refusal => "refusal",
            Self::FiveFaults => "refusal of five faults",
        }
    }
}

impl Implementation {
    fn name(self) -> &'static str {
        match self {
            Self::Generated => "generated",
            Self::ByHand => "by-hand",
        }
    }
}
