//! Finds the word that a misspelt one was probably meant to be.

/// The candidate nearest to a word, if it is near enough for a typing error.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let length = word.chars().count();
    let limit = (length / 3).min(3);
    let near = candidates.into_iter().take(5_000).filter(|candidate| {
        let other = candidate.len();
        other <= 64 && other.abs_diff(word.len()) <= 8 && *candidate != word
    });
    near.map(|candidate| (distance(word, candidate, limit), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// The Levenshtein distance, except that case is ignored if nothing else differs and two swapped
/// letters count once. Above the limit it is `limit + 1`.
fn distance(left: &str, right: &str, limit: usize) -> usize {
    if left.eq_ignore_ascii_case(right) {
        return 0;
    }
    let right: Vec<char> = right.chars().collect();
    if left.chars().count().abs_diff(right.len()) > limit {
        return limit + 1;
    }
    let mut row: Vec<usize> = (0..=right.len()).collect();
    let mut earlier: Option<(char, Vec<usize>)> = None;
    for (line, char) in left.chars().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(line + 1);
        let mut before = None;
        for (column, ((other, above), corner)) in right.iter().zip(row.iter().skip(1)).zip(&row).enumerate() {
            let replaced = corner + usize::from(char != *other);
            let beside = next.last().copied().unwrap_or(line) + 1;
            let swapped = earlier.as_ref().filter(|(last, _)| last == other && before == Some(char));
            let swapped =
                swapped.and_then(|(_, row)| row.get(column.checked_sub(1)?)).map_or(usize::MAX, |cost| cost + 1);
            next.push(replaced.min(above + 1).min(beside).min(swapped));
            before = Some(*other);
        }
        earlier = Some((char, std::mem::replace(&mut row, next)));
    }
    row.last().copied().unwrap_or(limit + 1)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_typing_error_is_near_and_another_word_is_not() {
        assert_eq!(nearest("requried", ["required", "title"]), Some("required"));
        assert_eq!(nearest("operationID", ["operationId", "tags"]), Some("operationId"));
        assert_eq!(nearest("uesrs", ["tags", "users"]), Some("users"));
        assert_eq!(nearest("colour", ["tags", "summary"]), None);
    }
}
