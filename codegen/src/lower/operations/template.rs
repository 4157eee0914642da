//! Finds the variables of a path: `/a/{b}.{c}` has `b` and `c`.

/// The distinct names between braces, in order. `None` if a brace is not closed or a pair is empty.
pub(super) fn variables(path: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some(start) = rest.find(['{', '}']) {
        let (_, from) = rest.split_at(start);
        let inside = from.strip_prefix('{')?;
        let (name, after) = inside.split_once('}')?;
        if name.is_empty() || name.contains(['{', '/']) {
            return None;
        }
        if !names.contains(&name) {
            names.push(name);
        }
        rest = after;
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::variables;

    #[test]
    fn variables_are_found_inside_segments_too() {
        assert_eq!(variables("/a/{b}.{c}/{b}"), Some(vec!["b", "c"]));
        assert_eq!(variables("/a"), Some(vec![]));
        assert_eq!(variables("/a/{b"), None);
        assert_eq!(variables("/a/b}"), None);
        assert_eq!(variables("/a/{}"), None);
    }
}
