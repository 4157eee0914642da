//! Checks of formats. They are written by hand where the alternative is a whole crate for one
//! check.

use std::net::{Ipv4Addr, Ipv6Addr};

use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};

/// Padding is optional. The alphabet (standard or URL-safe) is recognized by its special
/// characters.
const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const LENIENT_STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, LENIENT);
const LENIENT_URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, LENIENT);

pub(in crate::value) fn encode_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

pub(super) fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let engine = if text.contains(['-', '_']) { LENIENT_URL_SAFE } else { LENIENT_STANDARD };
    engine.decode(text).ok()
}

pub(super) fn base64(text: &str) -> bool {
    decode_base64(text).is_some()
}

pub(super) fn ipv4(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok()
}

pub(super) fn ipv6(text: &str) -> bool {
    text.parse::<Ipv6Addr>().is_ok()
}

/// RFC 3339 `date-time`. `T` and `Z` may be in either case, and a space may replace `T`, as the RFC
/// allows. The offset may be absent, because many producers document local times this way.
pub(super) fn date_time(text: &str) -> bool {
    text.split_once(['T', 't', ' ']).is_some_and(|(day, rest)| date(day) && time(rest))
}

/// RFC 3339 `full-date`. The day must exist in its month.
pub(super) fn date(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return false;
    }
    let (Some(year), Some(month), Some(day)) = (digits(&bytes[..4]), digits(&bytes[5..7]), digits(&bytes[8..])) else {
        return false;
    };
    (1..=days(year, month)).contains(&day)
}

fn days(year: u32, month: u32) -> u32 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

/// RFC 3339 `full-time`: seconds up to 60 (leap seconds), any fraction, an offset or none. A local
/// time may lack its seconds, because pages send it like this.
pub(super) fn time(text: &str) -> bool {
    if let [hour @ .., b':', _, _] = text.as_bytes()
        && hour.len() == 2
    {
        return time(&format!("{text}:00"));
    }
    let Some((clock, rest)) = text.as_bytes().split_at_checked(8) else { return false };
    if clock[2] != b':' || clock[5] != b':' {
        return false;
    }
    let (Some(hour), Some(minute), Some(second)) = (digits(&clock[..2]), digits(&clock[3..5]), digits(&clock[6..]))
    else {
        return false;
    };
    hour < 24 && minute < 60 && second <= 60 && offset(fraction(rest))
}

/// The text after the fraction. An empty fraction keeps its dot, with which no offset begins.
fn fraction(rest: &[u8]) -> &[u8] {
    let Some(after) = rest.strip_prefix(b".") else { return rest };
    let end = after.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(after.len());
    if end == 0 { rest } else { &after[end..] }
}

fn offset(text: &[u8]) -> bool {
    match text {
        [] | [b'Z' | b'z'] => true,
        [b'+' | b'-', rest @ ..] if rest.len() == 5 && rest[2] == b':' => {
            digits(&rest[..2]).is_some_and(|hour| hour < 24) && digits(&rest[3..]).is_some_and(|minute| minute < 60)
        }
        _ => false,
    }
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0u32, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u32::from(byte - b'0')))
}

/// ISO 8601 duration as in RFC 3339, appendix A. The last element may have a fraction.
pub(super) fn duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['-', '+']).unwrap_or(text).strip_prefix('P') else {
        return false;
    };
    let (day, clock) = match rest.split_once('T') {
        Some((day, clock)) => (day, Some(clock)),
        None => (rest, None),
    };
    match clock {
        None => elements(day, "YMWD").is_some_and(|count| count > 0),
        Some(clock) => elements(day, "YMWD").is_some() && elements(clock, "HMS").is_some_and(|count| count > 0),
    }
}

/// The number of `<number><unit>` elements, with units in order; `None` for anything else.
fn elements(text: &str, units: &str) -> Option<usize> {
    let (mut rest, mut left, mut count) = (text, units, 0);
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')?;
        let (number, tail) = rest.split_at(end);
        let whole = number.split(['.', ',']).count() <= 2 && !number.ends_with(['.', ',']);
        if !whole || !number.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let unit = tail.chars().next()?;
        left = &left[left.find(unit)? + 1..];
        rest = &tail[unit.len_utf8()..];
        count += 1;
    }
    Some(count)
}

pub(super) fn uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// A scheme, a colon, and only characters that RFC 3986 allows.
pub(super) fn uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let scheme_holds = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    scheme_holds && !rest.is_empty() && rest.bytes().all(uri_byte) && triplets_hold(rest.as_bytes())
}

fn uri_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte)
}

fn triplets_hold(bytes: &[u8]) -> bool {
    let hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    (0..bytes.len()).all(|at| bytes[at] != b'%' || (hex(at + 1) && hex(at + 2)))
}

/// A local part before the last `@` and a domain after it. Only a mail server knows whether the
/// address is deliverable.
pub(super) fn email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let plain = |c: char| !c.is_control() && !c.is_whitespace();
    let quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
    let local_holds = !local.is_empty()
        && local.len() <= 64
        && (quoted || (local.chars().all(|c| plain(c) && c != '@') && dots_hold(local)));
    let bracketed = domain.starts_with('[') && domain.ends_with(']');
    let domain_holds = !domain.is_empty()
        && domain.len() <= 255
        && domain.chars().all(plain)
        && (bracketed || domain.split('.').all(label));
    local_holds && domain_holds
}

fn dots_hold(text: &str) -> bool {
    !text.starts_with('.') && !text.ends_with('.') && !text.contains("..")
}

fn label(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 63
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.chars().all(|c| c.is_alphanumeric() || c == '-')
}

/// An optional sign, digits with at most one dot, an optional exponent.
pub(super) fn decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_holds = exponent.is_none_or(|text| {
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        !digits.is_empty() && all_digits(digits)
    });
    !(whole.is_empty() && fraction.is_empty()) && all_digits(whole) && all_digits(fraction) && exponent_holds
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn assert_format(holds: fn(&str) -> bool, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(holds(text), "{text} is good");
        }
        for text in bad {
            assert!(!holds(text), "{text} is bad");
        }
    }

    #[test]
    fn dates_and_times_follow_rfc_3339() {
        assert_format(
            super::date_time,
            &[
                "2024-02-16T10:00:00Z",
                "2024-02-16t10:00:00.123456789+02:00",
                "1990-12-31T23:59:60Z",
                "2024-02-16T10:00:00",
                "2024-02-16 10:00:00.5",
            ],
            &[
                "",
                "2024-02-16",
                "2024-02-30T10:00:00Z",
                "2024-02-16T10:00:00.Z",
                "2024-02-16T24:00:00Z",
                "2024-02-16T10:00:00+2:00",
                "２024-02-16T10:00:00Z",
            ],
        );
        assert_format(
            super::date,
            &["2000-02-29"],
            &["1900-02-29", "2024-2-1", "2024-13-01", "2024-00-10", "2024-01-00"],
        );
        assert_format(
            super::time,
            &["00:00:00-23:59", "08:30:00", "08:30"],
            &["10:00Z", "24:30", "1:30", "8:300", "10:00:00+24:00", "10:00:00."],
        );
    }

    #[test]
    fn durations_have_at_least_one_element_in_order() {
        assert_format(
            super::duration,
            &["P1D", "PT1H30M", "P1Y2M3DT4H5M6.5S", "P2W", "-PT5S"],
            &["P", "PT", "P1", "1D", "P1DT", "PT1M1H", "P1S", "P.5D", "P1.2.3D", "P1é"],
        );
    }

    #[test]
    fn identifiers_and_addresses_follow_their_standards() {
        assert_format(
            super::uuid,
            &["67e55044-10b1-426f-9247-bb680e5fe0c8"],
            &["67e5504410b1426f9247bb680e5fe0c8", "67e55044-10b1-426f-9247-bb680e5fe0cg"],
        );
        assert_format(
            super::uri,
            &["https://a.b/c?d=e#f", "urn:x:y", "mailto:a@b.c"],
            &["/relative", "https://a b", "1a:b", "https://a/%zz", "x:"],
        );
        assert_format(
            super::email,
            &["a@b.c", "a+b@localhost", "\"a b\"@c.d", "jörg@bücher.de"],
            &["a", "@b", "a@", "a b@c.d", ".a@b.c", "a@-b.c", "a@b..c"],
        );
        assert_format(super::ipv4, &["1.2.3.4"], &["1.2.3", "01.2.3.4", "256.1.1.1"]);
        assert_format(super::ipv6, &["::1", "2001:db8::1"], &[":::1", "1.2.3.4"]);
        assert_format(
            super::decimal,
            &["1", "-1.50", ".5", "1e3", "+2.E-7"],
            &["", "-", ".", "1e", "1,5", "0x1", "NaN"],
        );
        assert_format(super::base64, &["", "aGk=", "aGk", "-_-_"], &["a", "aGk=x", "a b="]);
    }
}
