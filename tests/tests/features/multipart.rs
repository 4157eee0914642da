//! Multipart forms.

use specwright_runtime::server::{Context, Failure};
use specwright_runtime::{Body, ByteStream, Bytes, File, StreamError};
use tests::generated::multipart::types::{AddAlbumRequest, AddAlbumRequestRequired, Artist};
use tests::generated::multipart::{Client, operations as o, server as s};
use tests::{Listener, Served};

use crate::raw_request;
use crate::received::Inputs;

/// A field of the form: its name in the request, and its content.
type Part = (Option<String>, Option<String>, Vec<u8>);

#[derive(Clone, Default)]
struct Service {
    files: Inputs<Part>,
    forms: Inputs<(String, Option<i64>, Option<Vec<String>>)>,
    headers: Inputs<o::AddAlbumRequestCoverHeaders>,
}

impl s::Multipart for Service {
    async fn add_album(
        &self,
        input: s::AddAlbumInput,
        _: Context,
    ) -> Result<o::AddAlbumSuccess, Failure<o::AddAlbumError>> {
        let form = input.body;
        self.headers.record(form.cover.typed_headers());
        for file in std::iter::once(form.cover).chain(form.pages.unwrap_or_default()) {
            let (name, media, body) = file.into_parts();
            let bytes = body.collect(1 << 20).await.map_err(Failure::internal)?;
            self.files.record((name, media, bytes.to_vec()));
        }
        self.forms.record((form.title, form.year, form.tags));
        Ok(o::AddAlbumSuccess::Ok(form.artist.unwrap_or_else(|| Artist::new("Nobody"))))
    }
}

fn stream(chunks: [&'static [u8]; 2]) -> ByteStream {
    let chunks = chunks.map(|chunk| Ok::<_, StreamError>(Bytes::from_static(chunk)));
    ByteStream::new(futures::stream::iter(chunks))
}

#[tokio::test]
async fn fields_and_files_are_sent_over_a_socket() {
    let service = Service::default();
    let served = Served::start(s::router(service.clone())).await;
    let client = Client::builder(served.url()).build().unwrap();
    let streamed = File::new("1.txt", Body::from_stream(stream([b"one ", b"page"]))).with_content_type("text/plain");
    let body = AddAlbumRequest::new(AddAlbumRequestRequired {
        title: "Tïtle".to_owned(),
        cover: File::new("cover \".png", Body::from("png")),
    })
    .year(1970)
    .tags(["a", "b\r\n--"])
    .artist(Artist::new("Jane"))
    .pages([streamed, File::new("2", Body::from(vec![0, 255]))]);
    let response = client.add_album(body).await.unwrap().into_body();
    assert_eq!(response, Artist::new("Jane"));
    let tags = Some(vec!["a".to_owned(), "b\r\n--".to_owned()]);
    assert_eq!(service.forms.only(), ("Tïtle".to_owned(), Some(1970), tags));
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        service.files.all(),
        [
            (some("cover \".png"), some("image/png"), b"png".to_vec()),
            (some("1.txt"), some("text/plain"), b"one page".to_vec()),
            (some("2"), some("application/octet-stream"), vec![0, 255]),
        ]
    );
}

fn cover_headers() -> o::AddAlbumRequestCoverHeaders {
    o::AddAlbumRequestCoverHeaders { x_size: Some(vec![640, 480]), x_source: Some(Artist::new("Jane")) }
}

#[tokio::test]
async fn headers_of_a_file_survive_the_round_trip() {
    let service = Service::default();
    let (client, _) = connect!(multipart, service.clone());
    let cover = File::new("c", Body::from("p"));
    for cover in [cover.clone().with_headers(&cover_headers()), cover] {
        let body = AddAlbumRequest::new(AddAlbumRequestRequired { title: "T".to_owned(), cover });
        client.add_album(body).await.unwrap();
    }
    assert_eq!(service.headers.all(), [cover_headers(), o::AddAlbumRequestCoverHeaders::default()]);
}

#[tokio::test]
async fn a_header_of_a_file_that_cannot_be_read_is_missing() {
    let service = Service::default();
    let part = "--b\r\nContent-Disposition: form-data; name=";
    let body = format!(
        "{part}\"title\"\r\n\r\nt\r\n{part}\"cover\"\r\nX-Size: big\r\nX-Source: {{\"name\":\"Jane\"}}\r\n\r\np\r\n--b--\r\n"
    );
    let response =
        raw_request::body(s::router(service.clone()), "POST", "/albums", "multipart/form-data; boundary=b", body).await;
    assert_eq!(response.status, 200);
    assert_eq!(service.headers.only(), o::AddAlbumRequestCoverHeaders { x_size: None, ..cover_headers() });
}

#[tokio::test]
async fn each_part_has_its_own_content_type() {
    let listener = Listener::start(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 12\r\n\r\n{\"name\":\"n\"}",
    )
    .await;
    let client = Client::builder(listener.url()).build().unwrap();
    let body = AddAlbumRequest::new(AddAlbumRequestRequired {
        title: "T".to_owned(),
        cover: File::new("c", Body::from("p")).with_headers(&cover_headers()),
    })
    .artist(Artist::new("J"));
    client.add_album(body).await.unwrap();
    let received = listener.only();
    let boundary = received.header("content-type").and_then(|media| media.split_once("boundary=")).unwrap().1;
    let parts = [
        "Content-Disposition: form-data; name=\"title\"\r\n\r\nT",
        "Content-Disposition: form-data; name=\"artist\"\r\nContent-Type: application/json\r\n\r\n{\"name\":\"J\"}",
        "Content-Disposition: form-data; name=\"cover\"; filename=\"c\"\r\nContent-Type: image/png\r\n\
         x-size: 640,480\r\nx-source: {\"name\":\"Jane\"}\r\n\r\np",
    ];
    let parts: String = parts.iter().map(|part| format!("--{boundary}\r\n{part}\r\n")).collect();
    assert_eq!(String::from_utf8_lossy(&received.body), format!("{parts}--{boundary}--\r\n"));
}

#[tokio::test]
async fn a_form_with_missing_or_invalid_fields_is_refused() {
    let part =
        |name: &str, value: &str| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let cover = "--b\r\nContent-Disposition: form-data; name=\"cover\"; filename=\"c\"\r\n\r\np\r\n";
    let media = "multipart/form-data; boundary=b";
    let with = |name, value| format!("{}{cover}{}", part("title", "t"), part(name, value));
    for (parts, pointer) in [
        (part("title", "t"), "/body/cover"),
        (cover.to_string(), "/body/title"),
        (with("year", "old"), "/body/year"),
        (with("years", "1") + &part("years", "old"), "/body/years/1"),
        (with("artist", "{}"), "/body/artist/name"),
        (with("artist", "{\"name\":7}"), "/body/artist/name"),
        (with("artist", "{\"name\":\"nobody\"}"), "/body/artist/name"),
    ] {
        let router = s::router(Service::default());
        let response = raw_request::body(router, "POST", "/albums", media, format!("{parts}--b--\r\n")).await;
        assert_eq!(response.violations(), (422, vec![pointer.to_owned()]), "{parts}");
    }
    let response = raw_request::body(s::router(Service::default()), "POST", "/albums", "multipart/form-data", "").await;
    assert!([400, 415].contains(&response.status), "no boundary: {}", response.status);
}
