//! The preferences of a request (RFC 7240): `Prefer: code=404, example=missing`.

use http::HeaderMap;

/// The preferences of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefer {
    /// The status of the response.
    pub code: Option<u16>,
    /// The name of a documented example.
    pub example: Option<String>,
    /// Whether values are made even if there is an example.
    pub dynamic: bool,
    /// A preference that cannot be read.
    pub unreadable: Option<String>,
}

impl Prefer {
    /// Reads the `Prefer` headers. Unknown preferences are ignored.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        let mut prefer = Self::default();
        let lines = headers.get_all("prefer").iter().filter_map(|line| line.to_str().ok());
        for one in lines.flat_map(|line| line.split([',', ';'])) {
            let (name, value) = one.split_once('=').unwrap_or((one, ""));
            let value = value.trim().trim_matches('"');
            match name.trim().to_ascii_lowercase().as_str() {
                "code" => match value.parse().ok().filter(|code| (200..1000).contains(code)) {
                    Some(code) => prefer.code = Some(code),
                    None => prefer.unreadable = Some("`code` must be a status from 200 on".to_owned()),
                },
                "example" => prefer.example = Some(value.to_owned()),
                "dynamic" => prefer.dynamic = value != "false",
                _ => {}
            }
        }
        prefer
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::Prefer;

    #[test]
    fn preferences_are_read_from_all_lines() {
        let mut headers = HeaderMap::new();
        headers.append("prefer", "code=404, example=\"none left\"".parse().unwrap());
        headers.append("prefer", "dynamic; respond-async".parse().unwrap());
        let expected =
            Prefer { code: Some(404), example: Some("none left".to_owned()), dynamic: true, unreadable: None };
        assert_eq!(Prefer::of(&headers), expected);
        let mut headers = HeaderMap::new();
        headers.append("prefer", "code=99".parse().unwrap());
        assert!(Prefer::of(&headers).unreadable.is_some());
    }
}
