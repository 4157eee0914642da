//! The process `xtask regen` when there is nothing to do: `cargo bench -p benches --bench regen`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use divan::Bencher;

fn main() {
    divan::main();
}

/// Builds `xtask` in the release profile, and returns its path.
fn program() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo).args(["build", "--release", "--package", "xtask"]).current_dir(root).status();
    assert!(built.is_ok_and(|status| status.success()), "xtask could not be built");
    let bench = std::env::current_exe().expect("this program");
    bench.ancestors().nth(2).expect("the folder above `deps`").join("xtask")
}

fn regen(program: &Path, arguments: &[&str]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let status = Command::new(program).arg("regen").args(arguments).current_dir(root).stdout(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()), "the output is stale: run `cargo xtask regen`");
}

#[divan::bench]
fn nothing_to_do(bencher: Bencher) {
    let program = program();
    bencher.bench_local(|| regen(&program, &[]));
}

#[divan::bench]
fn check(bencher: Bencher) {
    let program = program();
    bencher.bench_local(|| regen(&program, &["--check"]));
}
