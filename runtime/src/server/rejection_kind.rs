//! The kinds of rejections, each with its status.

use http::StatusCode;

/// The kind of a [`Rejection`](super::Rejection), in the order of the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RejectionKind {
    /// 404: no operation has this path.
    NotFound,
    /// 405: the path exists, but not with this method.
    MethodNotAllowed,
    /// 401: the credentials are missing, malformed, ambiguous or refused.
    Unauthorized,
    /// 403: the credentials do not allow the operation.
    Forbidden,
    /// 415: the body has no documented media type.
    UnsupportedMediaType,
    /// 413: the body exceeds the limit.
    BodyTooLarge,
    /// 408: the body did not arrive in time.
    BodyTimeout,
    /// 400: a parameter or the body cannot be read.
    Malformed,
    /// 422: the request is readable but invalid.
    Invalid,
    /// 409: the request conflicts with the state. Only a service reports it.
    Conflict,
    /// 501: the service does not implement the operation.
    NotImplemented,
    /// 500: the service failed.
    Internal,
    /// Any other status from 400 on. Only a service reports it.
    Other(StatusCode),
}

impl RejectionKind {
    /// The kinds that have their own status.
    const ALL: [Self; 12] = [
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Unauthorized,
        Self::Forbidden,
        Self::UnsupportedMediaType,
        Self::BodyTooLarge,
        Self::BodyTimeout,
        Self::Malformed,
        Self::Invalid,
        Self::Conflict,
        Self::NotImplemented,
        Self::Internal,
    ];

    /// The kind with this status.
    pub(super) fn of(status: StatusCode) -> Self {
        Self::ALL.into_iter().find(|kind| kind.status() == status).unwrap_or(Self::Other(status))
    }

    /// The status of the response.
    #[must_use]
    pub fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unauthorized => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BodyTimeout => StatusCode::REQUEST_TIMEOUT,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict => StatusCode::CONFLICT,
            Self::NotImplemented => StatusCode::NOT_IMPLEMENTED,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Other(status) => status,
        }
    }
}
