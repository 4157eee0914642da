//! HTTP digest over sockets: challenges, counts, and servers that never accept.

use specwright_runtime::client::Core;
use specwright_runtime::descriptor::{Alternative, Operation, Piece, Requirement, Scheme, SchemeKind};
use specwright_runtime::{Basic, Body, ByteStream, Bytes};

use crate::api::{Act, Server, builder, json, response, send};

static DIGEST: Scheme = Scheme { name: "digest", kind: SchemeKind::Http("digest") };
static READ: Operation = Operation {
    id: "read",
    path: "/a b",
    segments: &[&[Piece::Literal("a b")]],
    fixed_query: &[("x", Some("1"))],
    security: &[Alternative { requirements: &[Requirement { scheme: &DIGEST, scopes: &[] }] }],
    idempotent: true,
    ..Operation::BASE
};

fn challenge(nonce: &str, rest: &str) -> Act {
    let head = format!(
        "www-authenticate: Basic realm=\"x\"\r\nwww-authenticate: Digest realm=\"r\", nonce=\"{nonce}\", \
         algorithm=SHA-256, qop=\"auth\"{rest}\r\n"
    );
    response("401 Unauthorized", &head, "")
}

fn client(server: &Server, password: &str) -> Core {
    builder(&server.url).digest(&DIGEST, Basic::new("jo", password)).build().unwrap()
}

/// The parts of the digest headers in the requests: nonce and count.
fn proofs(server: &Server) -> Vec<Option<(String, String)>> {
    let part = |line: &str, name: &str| {
        let (_, rest) = line.split_once(name)?;
        Some(rest.trim_start_matches('"').split(['"', ',']).next()?.to_owned())
    };
    let proof = |request: String| {
        let line = request.lines().find(|line| line.to_ascii_lowercase().starts_with("authorization: "))?.to_owned();
        assert!(line.contains("username=\"jo\"") && line.contains("uri=\"/a%20b?x=1\""), "{line}");
        Some((part(&line, " nonce=")?, part(&line, " nc=")?))
    };
    server.requests().into_iter().map(proof).collect()
}

macro_rules! proof {
    ($nonce:literal, $count:literal) => {
        Some(($nonce.to_owned(), $count.to_owned()))
    };
}

#[tokio::test]
async fn a_challenge_is_met_counted_and_replaced_when_it_is_stale() {
    let ok = || json("200 OK", "{\"id\":1}");
    let server = Server::start([challenge("n1", ""), ok(), ok(), challenge("n2", ", stale=true"), ok(), ok()]).await;
    let core = client(&server, "hunter2");
    for _ in 0..4 {
        send(core.call(&READ)).await.unwrap();
    }
    let expected = [
        None,
        proof!("n1", "00000001"),
        proof!("n1", "00000002"),
        proof!("n1", "00000003"),
        proof!("n2", "00000001"),
        proof!("n2", "00000002"),
    ];
    assert_eq!(proofs(&server), expected);
    assert!(!server.requests().concat().contains("hunter2"));
    assert!(!format!("{core:?}").contains("hunter2"));
}

#[tokio::test]
async fn a_wrong_password_ends_after_one_proof() {
    let server = Server::start([challenge("n1", "")]).await;
    let error = send(client(&server, "wrong").call(&READ)).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(proofs(&server), [None, proof!("n1", "00000001")]);
}

#[tokio::test]
async fn a_challenge_that_cannot_be_met_ends_the_call() {
    for head in [
        "www-authenticate: Basic realm=\"r\"\r\n",
        "www-authenticate: Digest realm=\"r\", nonce=\"n\", qop=auth-int\r\n",
        "www-authenticate: Digest realm=\"r\", nonce=\"n\", algorithm=SHA-512-256\r\n",
        "www-authenticate: Digest realm=\"r\r\n",
        "",
    ] {
        let server = Server::start([response("401 Unauthorized", head, "")]).await;
        let error = send(client(&server, "p").call(&READ)).await.unwrap_err();
        assert_eq!((error.status().unwrap().as_u16(), proofs(&server).len()), (401, 1), "{head}");
    }
}

#[tokio::test]
async fn a_body_that_can_be_sent_once_is_not_sent_again() {
    static WRITE: Operation = Operation { id: "write", method: "POST", ..READ_WITH_BODY };
    let server = Server::start([challenge("n1", ""), json("200 OK", "{\"id\":1}")]).await;
    let core = client(&server, "p");
    let stream = || ByteStream::new(futures::stream::iter([Ok(Bytes::from("ab"))]));
    let mut call = core.call(&WRITE);
    call.body(0, Body::from_stream(stream()));
    assert_eq!(send(call).await.unwrap_err().status().unwrap(), 401);
    let mut call = core.call(&WRITE);
    call.body(0, Body::from_source(Some(2), stream));
    send(call).await.unwrap();
    assert_eq!(proofs(&server), [None, proof!("n1", "00000001")], "the challenge of the first call is known");
}

const READ_WITH_BODY: Operation = Operation {
    path: "/a b",
    segments: &[&[Piece::Literal("a b")]],
    fixed_query: &[("x", Some("1"))],
    security: &[Alternative { requirements: &[Requirement { scheme: &DIGEST, scopes: &[] }] }],
    body: Some(specwright_runtime::descriptor::RequestBody { required: true, media: &["application/octet-stream"] }),
    ..Operation::BASE
};
