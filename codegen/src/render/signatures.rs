//! Joins the lines of a signature that prettyplease splits earlier than rustfmt does.

/// The width up to which rustfmt keeps a signature in one line.
const WIDTH: usize = 100;

/// A text in which every signature and alias is one line if it fits.
pub(super) fn joined(text: &str) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let mut ahead = lines.clone();
        if let Some(whole) = whole(line, &mut ahead) {
            lines = ahead;
            joined.push_str(&whole);
        } else {
            joined.push_str(line);
        }
        joined.push('\n');
    }
    joined
}

/// The signature that begins in this line, in one line; `None` if it does not fit, or if there is
/// nothing to join. `rest` then continues behind it.
fn whole<'t>(line: &str, rest: &mut impl Iterator<Item = &'t str>) -> Option<String> {
    let start = line.trim_start();
    let indent = line.len() - start.len();
    let begins = ["pub fn ", "fn ", "pub type "].iter().any(|word| start.starts_with(word));
    let open = line.chars().next_back().filter(|last| begins && matches!(last, '(' | '<'))?;
    let close = if open == '(' { ')' } else { '>' };
    let mut whole = line.to_owned();
    for line in rest {
        let text = line.trim_start();
        if line.len() - text.len() == indent {
            let end = text.strip_prefix(close)?;
            whole.truncate(whole.trim_end_matches([',', ' ']).len());
            whole.push(close);
            whole.push_str(end);
            return (whole.len() <= WIDTH && end.ends_with(['{', ';'])).then_some(whole);
        }
        // An argument that is split itself does not fit.
        if line.len() - text.len() != indent + 4 || !text.ends_with(',') {
            return None;
        }
        whole.push_str(text);
        whole.push(' ');
    }
    None
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn a_signature_that_fits_is_one_line() {
        let text = "impl Client {\n    pub fn get(\n        &self,\n        id: u8,\n    ) -> Get {\n        call(\n            id,\n        )\n    }\n}\n";
        let expected = "impl Client {\n    pub fn get(&self, id: u8) -> Get {\n        call(\n            id,\n        )\n    }\n}\n";
        assert_eq!(joined(text), expected);
        assert_eq!(joined("pub type A = b::C<\n    d::E,\n>;\n"), "pub type A = b::C<d::E>;\n");
    }

    #[test]
    fn a_signature_that_does_not_fit_stays_as_it_is() {
        let long = "x".repeat(90);
        for text in [
            format!("pub fn get(\n    {long}: u8,\n) -> Get {{\n}}\n"),
            "pub fn get(\n    a: A<\n        B,\n    >,\n) -> Get {\n}\n".to_owned(),
            "pub fn get(\n    a: u8,\n)\nwhere\n    A: B,\n{\n}\n".to_owned(),
        ] {
            assert_eq!(joined(&text), text);
        }
    }
}
