//! Makes names of packages.

/// A text as the name of a package: lower-case letters, digits and `_` are kept; `-` replaces the
/// rest.
#[must_use]
pub fn of_package(text: &str) -> String {
    let mut name: String = text
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '_' { c.to_ascii_lowercase() } else { '-' })
        .collect();
    while name.contains("--") {
        name = name.replace("--", "-");
    }
    let name = name.trim_matches('-');
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => name.to_owned(),
        _ => format!("api-{name}").trim_end_matches('-').to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::of_package;

    #[test]
    fn any_text_becomes_a_name() {
        assert_eq!(of_package("Pet Store (v2)"), "pet-store-v2");
        assert_eq!(of_package("3scale"), "api-3scale");
        assert_eq!(of_package("名前"), "api");
    }
}
