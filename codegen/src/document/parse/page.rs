//! Finds the OpenAPI document in a page of documentation: Markdown with a fenced block of YAML or
//! JSON.

/// The endings of pages. Their blocks can be indented, because they can be in lists or tabs.
const ENDINGS: [&str; 4] = [".md", ".mdx", ".markdown", ".txt"];

/// Whether a file is named like a page.
fn is_page(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| path.ends_with(ending))
}

/// Whether a file is a page in which no document begins.
pub(super) fn lacks_document(path: &str, text: &str) -> bool {
    is_page(path) && !text.lines().any(|line| begins_document(line.trim_start()))
}

/// The document in a page, at its lines and columns in the page. All other lines are empty.
///
/// `None` if the text itself is a document, or contains none.
pub(super) fn document_in(path: &str, text: &str) -> Option<String> {
    let indented = is_page(path);
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
            Some(open) => open.is_document |= begins_document(open.inner(line)),
            None if begins_document(line) => return None,
            None => block = Block::begin(line, number + 1).filter(|block| indented || block.indent == 0),
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
    /// What the fence consists of.
    mark: char,
    /// The length of the fence. One that is as long ends it.
    fence: usize,
    /// The white space before the fence.
    indent: usize,
    /// The index of its first line.
    first: usize,
    is_document: bool,
}

impl Block {
    fn begin(line: &str, first: usize) -> Option<Self> {
        let start = line.trim_start();
        let mark = start.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
        let fence = marks(start, mark);
        (fence >= 3).then(|| Self { mark, fence, indent: line.len() - start.len(), first, is_document: false })
    }

    fn ends(&self, line: &str) -> bool {
        let line = line.trim();
        marks(line, self.mark) >= self.fence && line.chars().all(|char| char == self.mark)
    }

    /// A line without the white space that all lines of the block have.
    fn inner<'l>(&self, line: &'l str) -> &'l str {
        match line.get(..self.indent) {
            Some(start) if start.trim().is_empty() => line.get(self.indent..).unwrap_or_default(),
            _ => line,
        }
    }
}

/// The number of marks at the start of a line.
fn marks(line: &str, mark: char) -> usize {
    line.chars().take_while(|char| *char == mark).count()
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
        assert_eq!(
            document_in("api.yaml", page).as_deref(),
            Some("\n\n\nopenapi: 3.1.0\ninfo: {}\n```\npaths: {}\n\n\n\n")
        );
        let json = "Text\r\n```json\r\n{ \"openapi\": \"3.1.0\" }\r\n```\r\n";
        assert_eq!(document_in("api.yaml", json).as_deref(), Some("\r\n\r\n{ \"openapi\": \"3.1.0\" }\r\n\r\n"));
    }

    #[test]
    fn the_first_document_counts() {
        let page = "```yaml\nkey: 1\n```\n```yaml\nopenapi: 3.1.0\n```\n```yaml\nopenapi: 3.0.0\n```\n";
        assert_eq!(document_in("api.yaml", page).as_deref(), Some("\n\n\n\nopenapi: 3.1.0\n\n\n\n\n"));
    }

    #[test]
    fn a_document_with_blocks_is_no_page() {
        let text = "info:\n  description: |\n    ```yaml\n    openapi: 3.0.0\n    ```\nopenapi: 3.1.0\n";
        assert_eq!(document_in("api.yaml", text), None);
        assert_eq!(document_in("api.json", "{\n  \"openapi\": \"3.1.0\"\n}\n"), None);
        assert_eq!(document_in("page.md", "# Page\n```yaml\nkey: 1\n```\n"), None);
        assert_eq!(document_in("page.md", "```yaml\nopenapi: 3.1.0\n"), None);
    }
    #[test]
    fn blocks_of_pages_may_be_indented() {
        let page = "<Tab>\n  ~~~yaml\n  openapi: 3.1.0\n  info:\n    title: T\n  ~~~\n</Tab>\n";
        let found = document_in("page.mdx", page);
        assert_eq!(found.as_deref(), Some("\n\n  openapi: 3.1.0\n  info:\n    title: T\n\n\n"));
        // In a part of a document, it is a text.
        assert_eq!(document_in("paths.yaml", page), None);
    }
}
