//! Finds the OpenAPI document in a page of documentation: Markdown with a fenced block of YAML or
//! JSON.

/// The document in a page, at its lines and columns in the page. All other lines are empty.
///
/// `None` if the text itself is a document, or contains none.
pub(super) fn document_in(text: &str) -> Option<String> {
    let mut block: Option<Block> = None;
    let mut found: Option<(usize, usize)> = None;
    for (number, line) in text.lines().enumerate() {
        match &mut block {
            Some(open) if open.ends(line) => {
                if open.is_document && found.is_none() {
                    found = Some((open.first, number));
                }
                block = None;
            }
            Some(open) => open.is_document |= begins_document(line),
            None if begins_document(line) => return None,
            None => block = Block::begin(line, number + 1),
        }
    }
    let (first, end) = found?;
    let lines = text.split_inclusive('\n').enumerate().map(|(number, line)| {
        let ending = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
        if (first..end).contains(&number) { line } else { ending }
    });
    Some(lines.collect())
}

/// A fenced block that has not ended.
struct Block {
    /// The number of backticks. The same number ends it.
    fence: usize,
    /// The index of its first line.
    first: usize,
    is_document: bool,
}

impl Block {
    fn begin(line: &str, first: usize) -> Option<Self> {
        let fence = backticks(line);
        (fence >= 3).then_some(Self { fence, first, is_document: false })
    }

    fn ends(&self, line: &str) -> bool {
        backticks(line) >= self.fence && line.trim().bytes().all(|byte| byte == b'`')
    }
}

/// The number of backticks at the start of a line.
fn backticks(line: &str) -> usize {
    line.bytes().take_while(|byte| *byte == b'`').count()
}

/// Whether a line declares the version of a document, at the margin or in a JSON object.
fn begins_document(line: &str) -> bool {
    let key = line.trim_start_matches(['{', ' ', '\t', '"', '\'']);
    let margin = line.starts_with(['o', 's', '"', '\'', '{']) || line.trim_start().starts_with(['"', '{']);
    let named = ["openapi", "swagger"].iter().filter_map(|name| key.strip_prefix(name));
    margin && named.map(|rest| rest.trim_start_matches(['"', '\'']).trim_start()).any(|rest| rest.starts_with(':'))
}

#[cfg(test)]
mod tests {
    use super::document_in;

    #[test]
    fn the_block_keeps_its_lines() {
        let page = "# Page\n\n````yaml PUT /a\nopenapi: 3.1.0\ninfo: {}\n```\npaths: {}\n````\n\nmore\n";
        assert_eq!(document_in(page).as_deref(), Some("\n\n\nopenapi: 3.1.0\ninfo: {}\n```\npaths: {}\n\n\n\n"));
        let json = "Text\r\n```json\r\n{ \"openapi\": \"3.1.0\" }\r\n```\r\n";
        assert_eq!(document_in(json).as_deref(), Some("\r\n\r\n{ \"openapi\": \"3.1.0\" }\r\n\r\n"));
    }

    #[test]
    fn the_first_document_counts() {
        let page = "```yaml\nkey: 1\n```\n```yaml\nopenapi: 3.1.0\n```\n```yaml\nopenapi: 3.0.0\n```\n";
        assert_eq!(document_in(page).as_deref(), Some("\n\n\n\nopenapi: 3.1.0\n\n\n\n\n"));
    }

    #[test]
    fn a_document_with_blocks_is_no_page() {
        let text = "info:\n  description: |\n    ```yaml\n    openapi: 3.0.0\n    ```\nopenapi: 3.1.0\n";
        assert_eq!(document_in(text), None);
        assert_eq!(document_in("{\n  \"openapi\": \"3.1.0\"\n}\n"), None);
        assert_eq!(document_in("# Page\n```yaml\nkey: 1\n```\n"), None);
        assert_eq!(document_in("```yaml\nopenapi: 3.1.0\n"), None);
    }
}
