//! Figures as Markdown, each with its ratio to ours.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::tools::Tool;
use super::{Document, Figures};

type OfTools = BTreeMap<Tool, Figures>;

/// One document: a row for each program.
pub fn document(document: &Document, figures: &OfTools) -> String {
    let mut text = format!(
        "\n{} ({} operations)\n\n| | client, s | ratio | client and server, s | ratio | check, CPU s | ratio | release build, CPU s | ratio |\n|---|---|---|---|---|---|---|---|---|\n",
        document.name,
        document.operations.len()
    );
    let columns: [fn(&Figures) -> Option<f64>; 4] = [
        |figures| figures.client.map(|cost| cost.wall),
        |figures| figures.both.map(|cost| cost.wall),
        |figures| figures.check,
        |figures| figures.release,
    ];
    for tool in Tool::ALL {
        let cells = columns.map(|column| cell(figures, tool, column));
        // Writing to a string can't fail.
        let _ = writeln!(text, "| {} {} | {} |", tool.name().0, tool.name().1, cells.join(" | "));
    }
    text
}

fn cell(figures: &OfTools, tool: Tool, column: fn(&Figures) -> Option<f64>) -> String {
    match (figures.get(&tool).and_then(column), figures.get(&Tool::Ours).and_then(column)) {
        (Some(value), Some(ours)) => format!("{value:.2} | {:.1}", value / ours),
        (Some(value), None) => format!("{value:.2} | -"),
        (None, _) => "- | -".to_owned(),
    }
}

/// All documents together: what checking costs for a thousand operations, over the documents that a
/// program's output compiles for.
pub fn summary(all: &BTreeMap<String, (usize, OfTools)>) -> String {
    let mut text = "\n| | documents | operations | check, CPU s per 1,000 operations | ours on the same | ratio |\n|---|---|---|---|---|---|\n".to_owned();
    for tool in Tool::ALL {
        let (mut documents, mut operations, mut seconds, mut ours) = (0, 0, 0.0, 0.0);
        for (count, figures) in all.values() {
            let check = |tool| figures.get(&tool).and_then(|figures: &Figures| figures.check);
            if let (Some(theirs), Some(own)) = (check(tool), check(Tool::Ours)) {
                documents += 1;
                operations += count;
                seconds += theirs;
                ours += own;
            }
        }
        let thousands = f64::from(u32::try_from(operations).unwrap_or(u32::MAX)) / 1000.0;
        if documents > 0 {
            // Writing to a string can't fail.
            let _ = writeln!(
                text,
                "| {} | {documents} | {operations} | {:.1} | {:.1} | {:.1} |",
                tool.name().0,
                seconds / thousands,
                ours / thousands,
                seconds / ours
            );
        }
    }
    text
}
