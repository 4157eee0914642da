//! Checks that run times grow with the input, not with its square. Valgrind counts the instructions
//! for inputs of one, two and four times some size. The counts are reliable even on a busy machine.
//!
//! Each test runs this program again, with one subject and one size. All counts include the cost of
//! starting, so only their differences are compared.

mod documents;
mod requests;

use std::process::Command;
use std::sync::Mutex;
use std::{env, thread};

/// The subject and the size of a run.
const SUBJECT: &str = "GROWTH";

/// The second difference divided by the first: 2 for linear growth, 2.2 for sorting, 4 for a
/// square. Tables that double their capacity make it less even.
const MOST: f64 = 2.7;

/// A subject: something that takes time.
type Subject = (&'static str, fn(usize), usize);

/// All subjects, each with its smallest size. The slow ones are tried only if the environment asks for
/// them, which the nightly workflow does.
fn subjects() -> impl Iterator<Item = Subject> + Send {
    let slow = if env::var_os("GROWTH_SLOW").is_some() { documents::SLOW } else { &[] };
    documents::SUBJECTS.iter().chain(slow).chain(requests::SUBJECTS).copied()
}

/// Runs the subject that the environment names, if any.
#[test]
fn one_subject() {
    let Ok(named) = env::var(SUBJECT) else { return };
    let (name, size) = named.rsplit_once(' ').expect("a name and a size");
    let (_, run, _) = subjects().find(|(other, ..)| *other == name).expect("a subject");
    run(size.parse().expect("a size"));
}

#[test]
fn nothing_grows_with_the_square_of_its_input() {
    if Command::new("valgrind").arg("--version").output().is_err() {
        assert!(env::var_os("CI").is_none_or(|value| value != "true"), "CI needs valgrind");
        println!("skipped: valgrind is missing; `tests/clients/install --system` installs it");
        return;
    }
    let next = Mutex::new(subjects());
    let take = || next.lock().expect("no panic").next();
    let run = || std::iter::from_fn(take).filter_map(|subject| too_steep(&subject)).collect::<Vec<String>>();
    let found: Vec<String> = thread::scope(|scope| {
        let count = thread::available_parallelism().map_or(1, usize::from);
        let running: Vec<_> = (0..count).map(|_| scope.spawn(run)).collect();
        running.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
    });
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Reports how a subject grows, if the growth is too steep.
fn too_steep(&(name, _, size): &Subject) -> Option<String> {
    let [one, two, four] = [1, 2, 4].map(|times| instructions(name, size * times));
    let growth = four.saturating_sub(two) as f64 / two.saturating_sub(one).max(1) as f64;
    println!("{name}: {one}, {two}, {four}: {growth:.2}");
    (growth > MOST || two <= one).then(|| format!("{name} of {size}: {one}, {two}, {four}: {growth:.2}"))
}

/// The instructions of a run.
fn instructions(name: &str, size: usize) -> u64 {
    let output = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", "--error-exitcode=0"])
        .arg(env::current_exe().expect("this program"))
        .args(["--exact", "one_subject", "--test-threads=1"])
        .env(SUBJECT, format!("{name} {size}"))
        .output()
        .expect("valgrind");
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name} of {size}: {}{text}", String::from_utf8_lossy(&output.stdout));
    // `==7== I refs:        12,345` or `==7== I   refs:      12,345`
    let line = text.lines().find(|line| line.contains("refs:") && line.contains(" I ")).expect("a count");
    let digits: String = line.rsplit(':').next().unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    digits.parse().expect("a number")
}
