//! What the calls of a generated client trace: operation, status and attempt, and no value.
//!
//! A program of its own, for what is enabled is remembered for all threads of one.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use api_runtime::client::{CallOptions, Canned, Recorder, Retry};
use tests::generated::calls::Client;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Writes down all that is traced, as `name=value `.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<String>>);

impl Visit for Notes {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0.lock().unwrap(), "{}={value:?} ", field.name());
    }
}

impl Subscriber for Notes {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("api_runtime")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn spans_tell_operation_status_and_attempts_but_no_values() {
    let notes = Notes::default();
    let guard = tracing::subscriber::set_default(notes.clone());
    let recorder = Recorder::new();
    recorder.answer(Canned::empty(503));
    recorder.answer(Canned::empty(204));
    let pause = Duration::from_millis(1);
    let retry = Retry::standard().pauses(pause, pause);
    let client = Client::builder("http://recorded").transport(recorder).retry(retry).build().unwrap();
    client.add_thing().body("what is sent").with(CallOptions::new().repeatable()).send().await.unwrap();
    drop(guard);
    let notes = notes.0.lock().unwrap().clone();
    for part in [
        "otel.name=\"add_thing\"",
        "http.request.method=\"POST\"",
        "url.template=\"/things\"",
        "http.response.status_code=204",
        "attempts=2",
    ] {
        assert!(notes.contains(part), "`{part}` is missing in {notes}");
    }
    assert!(!notes.contains("what is sent"), "{notes}");
}
