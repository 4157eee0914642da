//! Calls that block the thread.

use specwright_runtime::client::{Blocking as _, BlockingStream as _};
use specwright_runtime::{Body, ByteStream, Bytes};

use crate::api::{Act, Server, Success, User, builder, get_user, json, send};

fn server(acts: Vec<Act>) -> (tokio::runtime::Runtime, Server) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let server = runtime.block_on(Server::start(acts));
    (runtime, server)
}

#[test]
fn a_call_blocks_the_thread_with_retries_and_timers() {
    let (_runtime, server) = server(vec![Act::HangUp, json("200 OK", "{\"id\":7}")]);
    let core = builder(&server.url).build().unwrap();
    for _ in 0..3 {
        let got = send(get_user(&core, "7")).wait().unwrap().into_inner();
        assert!(matches!(got, Success::Ok(User { id: 7 })));
    }
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn a_stream_is_an_iterator() {
    let chunks = || ByteStream::new(futures::stream::iter(["a", "b"].map(|text| Ok(Bytes::from(text)))));
    let all: Vec<Bytes> = chunks().wait_each().map(Result::unwrap).collect();
    assert_eq!(all, ["a", "b"]);
    assert_eq!(Body::from_stream(chunks()).collect(9).wait().unwrap(), "ab");
}

#[tokio::test]
async fn it_also_works_within_a_runtime_and_passes_panics_on() {
    assert_eq!(async { 7 }.wait(), 7);
    let caught = std::panic::catch_unwind(|| async { panic!("inside") }.wait());
    assert_eq!(*caught.unwrap_err().downcast::<&str>().unwrap(), "inside");
}
