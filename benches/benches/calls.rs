//! A call and a request, in generated code and by hand: `cargo bench -p benches --bench calls`.

use benches::{APP, BODY, TOKEN, by_hand, generated, request, response, runtime};
use divan::Bencher;

fn main() {
    divan::main();
}

/// A call over loopback, to a server on another thread.
mod client {
    use super::{APP, Bencher, by_hand, generated, runtime};

    /// The base URL of a server that runs until the process ends.
    fn server() -> String {
        let (sender, receiver) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            runtime().block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a loopback port");
                sender.send(format!("http://{}", listener.local_addr().expect("an address"))).expect("a receiver");
                axum::serve(listener, by_hand::router()).await
            })
        });
        receiver.recv().expect("a server")
    }

    #[divan::bench]
    fn generated(bencher: Bencher) {
        let (runtime, client) = (runtime(), generated::client(&server()));
        bencher.bench_local(|| runtime.block_on(generated::create_user(&client)));
    }

    #[divan::bench]
    fn by_hand(bencher: Bencher) {
        let (runtime, client) = (runtime(), by_hand::Client::new(&server()));
        bencher.bench_local(|| runtime.block_on(client.create_user(APP, &by_hand::body())).expect("a user"));
    }
}

/// A request to a router in this process.
mod server {
    use super::{BODY, Bencher, TOKEN, by_hand, generated, request, response, runtime};

    #[divan::bench]
    fn generated(bencher: Bencher) {
        let (runtime, router) = (runtime(), generated::router());
        bencher
            .with_inputs(|| request(TOKEN, BODY))
            .bench_local_values(|request| runtime.block_on(response(&router, request)));
    }

    #[divan::bench]
    fn by_hand(bencher: Bencher) {
        let (runtime, router) = (runtime(), by_hand::router());
        bencher
            .with_inputs(|| request(TOKEN, BODY))
            .bench_local_values(|request| runtime.block_on(response(&router, request)));
    }
}
