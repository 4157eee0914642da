//! Prints the figures as Markdown, each with its ratio to our figure.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::generators::Generator;
use crate::{Document, Figures, Measured};

type ByGenerator = BTreeMap<Generator, Figures>;

/// The table of one document, with a row for each generator.
pub fn document(document: &Document, figures: &ByGenerator) -> String {
    type Column = (&'static str, fn(&Figures) -> Option<Measured>);
    let columns: [Column; 7] = [
        ("client, s", |figures| figures.client.map(|cost| Ok(cost.wall))),
        ("client and server, s", |figures| figures.both.map(|cost| Ok(cost.wall))),
        ("lines per operation", |figures| figures.lines.map(Ok)),
        ("check, CPU s", |figures| figures.check.clone()),
        ("check, memory in MiB", |figures| figures.memory.map(Ok)),
        ("check after a comment, CPU s", |figures| figures.recheck.map(Ok)),
        ("release build, CPU s", |figures| figures.release.clone()),
    ];
    let heads: Vec<String> = columns.iter().map(|(head, _)| format!(" {head} | ratio |")).collect();
    let mut text = format!(
        "\n{} ({} operations)\n\n| |{}\n|---|{}\n",
        document.name,
        document.operations.len(),
        heads.concat(),
        "---|---|".repeat(columns.len())
    );
    for generator in Generator::ALL {
        let cells = columns.map(|(_, column)| cell(figures, generator, column));
        let (name, version) = (generator.name(), generator.version());
        // Writing to a string can't fail.
        let _ = writeln!(text, "| {name} {version} | {} |", cells.join(" | "));
    }
    text
}

/// A figure and its ratio to ours, or the reason why it could not be measured.
fn cell(figures: &ByGenerator, generator: Generator, column: fn(&Figures) -> Option<Measured>) -> String {
    match (figures.get(&generator).and_then(column), figures.get(&Generator::Ours).and_then(column)) {
        (Some(Ok(value)), Some(Ok(ours))) => format!("{value:.2} | {:.1}", value / ours),
        (Some(Ok(value)), _) => format!("{value:.2} | -"),
        (Some(Err(failure)), _) => format!("{failure} | -"),
        (None, _) => "- | -".to_owned(),
    }
}

/// The table over all documents: the cost of checking per thousand operations. Each generator is
/// compared over the documents for which both its output and ours compile.
pub fn summary(all: &BTreeMap<String, (usize, ByGenerator)>) -> String {
    let mut text = "\n| | documents | operations | check, CPU s per 1,000 operations | ours on the same | ratio |\n\
                    |---|---|---|---|---|---|\n"
        .to_owned();
    for generator in Generator::ALL {
        let (mut documents, mut operations, mut seconds, mut ours) = (0, 0, 0.0, 0.0);
        for (count, figures) in all.values() {
            let check = |generator| figures.get(&generator)?.check.as_ref()?.as_ref().ok();
            if let (Some(theirs), Some(own)) = (check(generator), check(Generator::Ours)) {
                documents += 1;
                operations += count;
                seconds += theirs;
                ours += own;
            }
        }
        let thousands = f64::from(u32::try_from(operations).unwrap_or(u32::MAX)) / 1000.0;
        if documents > 0 {
            let _ = writeln!(
                text,
                "| {} | {documents} | {operations} | {:.1} | {:.1} | {:.1} |",
                generator.name(),
                seconds / thousands,
                ours / thousands,
                seconds / ours
            );
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::Failure;

    #[test]
    fn a_cell_says_why_there_is_no_figure() {
        let checked = |check| Figures { check: Some(check), ..Figures::default() };
        let figures = BTreeMap::from([
            (Generator::Ours, checked(Ok(2.0))),
            (Generator::Oas3Gen, checked(Ok(5.0))),
            (Generator::Ploidy, checked(Err(Failure::Manifest(String::new())))),
            (Generator::OpenapiToRust, checked(Err(Failure::Code(String::new())))),
        ]);
        let cell = |generator| cell(&figures, generator, |figures| figures.check.clone());
        assert_eq!(cell(Generator::Oas3Gen), "5.00 | 2.5");
        assert_eq!(cell(Generator::Ploidy), "manifest refused | -");
        assert_eq!(cell(Generator::OpenapiToRust), "does not compile | -");
    }
}
