//! Text → HTML that shows it.

use std::fmt;

/// Text in HTML, with everything escaped that HTML could take for markup.
pub(super) struct Text<'t>(pub &'t str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                // What a browser does not show, or shows in another order.
                c if c.is_control() && c != '\n' => write!(f, "\\u{{{:x}}}", u32::from(c))?,
                c @ ('\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {
                    write!(f, "\\u{{{:x}}}", u32::from(c))?
                }
                c => write!(f, "{c}")?,
            }
        }
        Ok(())
    }
}
