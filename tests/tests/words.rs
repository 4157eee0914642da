//! Words that `docs/glossary.md` replaced do not come back, neither in names nor in prose.

use tests::tree::files;

/// A retired word, its replacement, and the paths where it is right.
struct Retired {
    word: &'static str,
    instead: &'static str,
    except: &'static [&'static str],
}

const fn retired(word: &'static str, instead: &'static str, except: &'static [&'static str]) -> Retired {
    Retired { word, instead, except }
}

/// Single words, in lower case. A name such as `JudgeAll` or `judge_all` consists of several.
const WORDS: &[Retired] = &[
    retired("answer", "response", &[]),
    retired("answers", "responses, responds", &[]),
    retired("answered", "responded", &[]),
    retired("answering", "responding", &[]),
    retired("judge", "validate, check", &[]),
    retired("judges", "validates, checks", &[]),
    retired("judged", "validated, checked", &[]),
    retired("judging", "validation", &[]),
    retired("judgement", "validation", &[]),
    retired("canned", "mock response", &[]),
    retired("misfit", "violation", &[]),
    retired("heirs", "subtypes", &[]),
    retired("refuel", "reset", &[]),
    retired("told", "documented, reported", &[]),
    retired("unneeded", "not applicable", &[]),
    retired("stands", "is", &[]),
];

/// Phrases, as written.
const PHRASES: &[Retired] = &[
    retired("Architecture Invariant", "Invariant", &[]),
    retired("The rule it keeps", "Invariant", &[]),
    retired("The rule kept here", "Invariant", &[]),
    retired("The rules kept here", "Invariant", &[]),
    retired("/// The same", "say it in full: a page of rustdoc has no line above", &[]),
    retired("api_runtime", "specwright_runtime", &[]),
    retired("api-runtime", "specwright-runtime", &[]),
];

/// Files that quote other people's documents, or name the words on purpose.
const OTHERS: &[&str] = &[
    "specs/",
    "tests/tests/words.rs",
    "docs/glossary.md",
    "CHANGELOG.md",
    "tests/clients/",
    "docs/decisions/0015-one-vocabulary.md",
];

fn is_text(path: &str) -> bool {
    let extension = path.rsplit('.').next().unwrap_or_default();
    matches!(extension, "rs" | "md" | "toml" | "yml" | "yaml" | "stderr" | "html")
}

/// The words of a line, in lower case: `JudgeAll` and `judge_all` both give `judge` and `all`.
fn words(line: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut after_lower = false;
    for letter in line.chars() {
        if !letter.is_ascii_alphabetic() || (letter.is_ascii_uppercase() && after_lower) {
            found.push(String::new());
        }
        after_lower = letter.is_ascii_lowercase();
        if letter.is_ascii_alphabetic()
            && let Some(last) = found.last_mut()
        {
            last.push(letter.to_ascii_lowercase());
        }
    }
    found.retain(|word| !word.is_empty());
    found
}

/// Phrases in which a retired word is right: a wildcard *stands for* any text, the members of a
/// union are *told apart*, and `drift.toml` still accepts the former name of a key.
const IDIOMS: &[(&str, &str)] = &[
    ("stands", "stands for"),
    ("stands", "stands out"),
    ("told", "told apart"),
    ("told", "told_apart"),
    ("judge", "judge-version"),
];

fn is_idiom(line: &str, word: &str) -> bool {
    IDIOMS.iter().any(|(idiom, phrase)| *idiom == word && line.contains(phrase))
}

#[test]
fn retired_words_do_not_come_back() {
    let mut found = Vec::new();
    for file in files() {
        if !is_text(&file.path) || OTHERS.iter().any(|path| file.path.starts_with(path)) {
            continue;
        }
        for (index, line) in file.text.lines().enumerate() {
            let place = || format!("{}:{}: {}", file.path, index + 1, line.trim());
            let allowed = |retired: &Retired| retired.except.iter().any(|path| file.path.starts_with(path));
            let words = words(line);
            for retired in WORDS.iter().filter(|retired| !allowed(retired)) {
                if words.iter().any(|word| word == retired.word) && !is_idiom(line, retired.word) {
                    found.push(format!("{}\n    write {}", place(), retired.instead));
                }
            }
            for retired in PHRASES.iter().filter(|retired| !allowed(retired)) {
                if line.contains(retired.word) {
                    found.push(format!("{}\n    write {}", place(), retired.instead));
                }
            }
        }
    }
    assert!(found.is_empty(), "{} lines with retired words:\n{}", found.len(), found.join("\n"));
}

#[test]
fn names_are_split_into_words() {
    assert_eq!(words("fn judgeAll_of(JSONBody) // it's"), ["fn", "judge", "all", "of", "jsonbody", "it", "s"]);
}
