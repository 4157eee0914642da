//! Each stage of the generator, and all of them together: `cargo bench -p benches --bench
//! generator`.

use benches::documents::{Input, NAMES};
use divan::Bencher;
use specwright_codegen::diagnostics::Diagnostics;
use specwright_codegen::document::Document;
use specwright_codegen::emit::{Content, SourceFile, scaffold};
use specwright_codegen::ir::model::Api;
use specwright_codegen::lower::lower;
use specwright_codegen::pipeline::{self, Packaging};
use specwright_codegen::{ir, render, validate};

/// The allocator that the commands use.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

fn lowered(input: &Input) -> Document {
    let mut document = input.read();
    lower(&mut document, &mut Diagnostics::new());
    document
}

fn api(input: &Input) -> Api {
    ir::build(&lowered(input), &input.config, &mut Diagnostics::new())
}

#[divan::bench(args = NAMES)]
fn a_load(bencher: Bencher, name: &str) {
    let input = Input::named(name);
    bencher.bench_local(|| input.read());
}

#[divan::bench(args = NAMES)]
fn b_validate(bencher: Bencher, name: &str) {
    let document = Input::named(name).read();
    bencher.bench_local(|| {
        let mut diagnostics = Diagnostics::new();
        validate::validate(&document, &mut diagnostics);
        diagnostics
    });
}

#[divan::bench(args = NAMES)]
fn c_lower(bencher: Bencher, name: &str) {
    let document = Input::named(name).read();
    bencher.with_inputs(|| document.clone()).bench_local_refs(|document| lower(document, &mut Diagnostics::new()));
}

#[divan::bench(args = NAMES)]
fn d_build(bencher: Bencher, name: &str) {
    let input = Input::named(name);
    let document = lowered(&input);
    bencher.bench_local(|| ir::build(&document, &input.config, &mut Diagnostics::new()));
}

/// Emits all tokens, on one thread.
#[divan::bench(args = NAMES)]
fn e_emit(bencher: Bencher, name: &str) {
    let input = Input::named(name);
    let api = api(&input);
    bencher.bench_local(|| scaffold::bundled(&api, &input.layout).iter().map(parts).sum::<usize>());
}

fn parts(file: &SourceFile<'_>) -> usize {
    match &file.content {
        Content::Rust(parts) => parts.iter().filter(|part| part().is_ok_and(|tokens| !tokens.is_empty())).count(),
        Content::Markdown(text) | Content::Text(text) => text.len(),
    }
}

/// Emits and renders on all threads, as the pipeline does.
#[divan::bench(args = NAMES)]
fn f_emit_and_render(bencher: Bencher, name: &str) {
    let input = Input::named(name);
    let api = api(&input);
    let files = scaffold::bundled(&api, &input.layout);
    bencher.bench_local(|| render::render(&files, "a document").expect("Rust"));
}

#[divan::bench(args = NAMES)]
fn g_generate(bencher: Bencher, name: &str) {
    let input = Input::named(name);
    bencher.bench_local(|| {
        let overlay = input.overlay.as_deref();
        pipeline::generate(&input.path, &*input.reader, overlay, &input.config, &input.layout, Packaging::Module)
            .expect("Rust")
    });
}
