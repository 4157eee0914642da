//! Types that can be shared between tasks and threads, checked at compile time.

use std::collections::BTreeMap;

use specwright_runtime::client::{
    Builder, Core, Error, Http, Recorder, RequestBuilder, RequestOptions, ResponseValue, Retry, SendFuture, Token,
    TokenError, TransportError, UnexpectedResponse,
};
use specwright_runtime::security::Presented;
use specwright_runtime::{Body, ByteStream, Events, File, Lines, Secret};

use crate::api::{Failed, Success};

const fn shared<T: Send + Sync + 'static>() {}
const fn sent<T: Send>() {}

const _: () = {
    shared::<(Builder, Core, RequestOptions, Retry, Http, Recorder)>();
    shared::<(Error<Failed>, TransportError, TokenError, UnexpectedResponse, ResponseValue<BTreeMap<String, String>>)>(
    );
    shared::<(Presented, Secret, Token, Body, File)>();
    sent::<(RequestBuilder, SendFuture<Success, Failed>, ByteStream, Events<String>, Lines<String>)>();
};

#[test]
fn a_clone_of_a_client_is_the_same_client() {
    let core = crate::api::builder("https://a.example").build().unwrap();
    assert!(std::ptr::eq(core.base_url(), core.clone().base_url()));
}
