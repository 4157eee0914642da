//! Content negotiation: the media type that the `Accept` headers prefer (RFC 9110, 12.5.1).

use http::HeaderMap;
use http::header::ACCEPT;

use crate::media::Media;

/// The index of the offered media type with the highest quality, or the first among equals; `None`
/// if none is acceptable. Without a readable `Accept` header, every media type is acceptable.
pub(super) fn preferred(headers: &HeaderMap, offered: &[&str]) -> Option<usize> {
    let lines: Vec<&str> = headers.get_all(ACCEPT).iter().filter_map(|line| line.to_str().ok()).collect();
    let ranges: Vec<Media<'_>> = lines
        .iter()
        .flat_map(|line| line.split(','))
        .map(Media::parse)
        .filter(|range| range.essence().contains('/'))
        .collect();
    if ranges.is_empty() {
        return (!offered.is_empty()).then_some(0);
    }
    let qualities = offered.iter().enumerate().map(|(index, media)| (quality(&ranges, media), index));
    let (best, index) = qualities.min_by_key(|(quality, index)| (std::cmp::Reverse(*quality), *index))?;
    (best > 0).then_some(index)
}

/// The quality of a media type in thousandths, from the most specific range; 0 if no range covers
/// it.
fn quality(ranges: &[Media<'_>], media: &str) -> u32 {
    let media = Media::parse(media);
    let covering = ranges.iter().filter(|range| range.covers(&media));
    let most_specific = covering.max_by_key(|range| match (range.is_range(), range.essence()) {
        (false, _) => 2,
        (true, "*/*") => 0,
        (true, _) => 1,
    });
    most_specific.map_or(0, |range| range.parameter("q").map_or(1000, thousandths))
}

/// `0.8` is 800. An invalid quality counts as the highest, because it may be a parameter of the
/// media type.
fn thousandths(text: &str) -> u32 {
    let quality = text.trim().parse::<f32>().ok().filter(|quality| (0.0..=1.0).contains(quality));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1000")]
    quality.map_or(1000, |quality| (quality * 1000.0).round() as u32)
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, header};

    use super::preferred;

    #[test]
    fn the_preferred_media_type_is_chosen() {
        let offered = ["application/json", "text/csv", "text/html; charset=utf-8"];
        for (accept, expected) in [
            (&[][..], Some(0)),
            (&["*/*"], Some(0)),
            (&["text/csv"], Some(1)),
            (&["TEXT/CSV;q=0.5, application/json;q=0.4"], Some(1)),
            (&["text/*, application/json;q=0.9"], Some(1)),
            (&["text/*;q=0.3, text/html;q=0.7, */*;q=0.5"], Some(2)),
            (&["text/*", "text/csv;q=0"], Some(2)),
            (&["image/png"], None),
            (&["application/json;q=0"], None),
            (&["application/json;q=0.0001"], None),
            (&["nonsense"], Some(0)),
            (&["text/csv;q=2"], Some(1)),
            (&["text/html;charset=utf-8;q=0.2, text/csv; q=0.1"], Some(2)),
        ] {
            let lines = accept.iter().map(|line| (header::ACCEPT, HeaderValue::from_static(line)));
            let mut headers = HeaderMap::new();
            lines.for_each(|(name, line)| {
                headers.append(name, line);
            });
            assert_eq!(preferred(&headers, &offered), expected, "{accept:?}");
        }
        assert_eq!(preferred(&HeaderMap::new(), &[]), None);
    }
}
