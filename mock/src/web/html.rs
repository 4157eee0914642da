//! Escapes text for HTML.

use std::fmt;

use specwright_codegen::text;

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
                c if text::is_hidden(c) => write!(f, "\\u{{{:x}}}", u32::from(c)),
                c => write!(f, "{c}"),
            }?;
        }
        Ok(())
    }
}
