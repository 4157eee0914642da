//! Escapes text for HTML.

use std::fmt;

/// Displays text with HTML markup and invisible characters escaped.
#[derive(Clone, Copy, Debug)]
pub struct Escaped<'t>(pub &'t str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => f.write_str("&amp;"),
                '<' => f.write_str("&lt;"),
                '>' => f.write_str("&gt;"),
                '"' => f.write_str("&quot;"),
                '\'' => f.write_str("&#39;"),
                '\n' => f.write_str("\n"),
                c if is_hidden(c) => write!(f, "\\u{{{:x}}}", u32::from(c)),
                c => write!(f, "{c}"),
            }?;
        }
        Ok(())
    }
}

/// Whether a browser hides the character, or reorders text because of it.
fn is_hidden(character: char) -> bool {
    character.is_control() || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
