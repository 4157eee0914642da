//! Documented responses as the prepared responses of a recorder, for tests of applications.

use axum::body::{HttpBody as _, to_bytes};
use futures::{FutureExt as _, StreamExt as _};

use super::response::IntoOperationResponse;
use crate::body::{Body, ByteStream, StreamError};
use crate::client::{IntoMockResponse, MockResponse};

impl<T: IntoOperationResponse> IntoMockResponse for T {
    fn into_mock_response(self) -> Result<MockResponse, String> {
        let response = self.into_operation_response().finish();
        let response = response.map_err(|fault| format!("the response cannot be written: {fault}"))?;
        let (head, body) = response.into_parts();
        Ok(MockResponse::from_parts(head.status, head.headers, content(body)?))
    }
}

/// The body. A body in memory is available at once, and can be sent several times.
fn content(body: axum::body::Body) -> Result<Body, String> {
    if body.size_hint().exact().is_some() {
        let bytes = to_bytes(body, usize::MAX).now_or_never().ok_or("the body of the response is not ready")?;
        return bytes.map(Body::from).map_err(|error| format!("the response cannot be written: {error}"));
    }
    let stream = body.into_data_stream();
    let stream = stream.map(|chunk| chunk.map_err(|error| StreamError::Transport(error.into())));
    Ok(ByteStream::new(stream).into())
}
