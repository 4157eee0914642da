//! Shortens the name of an operation to what it adds to its tag: `list_users` with the tag `Users`
//! becomes `list`.
//!
//! **Invariant:** the short name depends only on the operation and the tag. A plural carries more
//! information than a singular, so it is kept unless the verb also implies it: `get_user` becomes
//! `get`, but `get_users` is kept.

use super::case::snake;

/// The verb that implies several items.
const PLURAL_VERB: &str = "list";

/// The name without the words of the tag; `None` if it contains none of them, or nothing else.
#[must_use]
pub fn beside(name: &str, tag: &str) -> Option<String> {
    let (name, tag) = (snake(name), snake(tag));
    let names: Vec<&str> = name.split('_').collect();
    let tags: Vec<&str> = tag.split('_').collect();
    let before = |rest: &[&str]| rest.join("_");
    let short = match (names.split_at_checked(tags.len()), split_last(&names, tags.len())) {
        (Some((start, rest)), _) if is_tag(start, &tags).is_some() => before(rest),
        (_, Some((rest, end))) => match is_tag(end, &tags)? {
            Number::Plural if rest.first() != Some(&PLURAL_VERB) => return None,
            Number::Plural | Number::Singular => before(rest),
        },
        _ => return None,
    };
    // `get_charges_charge` returns one of several charges; `get_charges` would mean several of
    // them.
    let says_less = tags.last().is_some_and(|tag| short.split('_').any(|word| singular(word) == singular(tag)));
    (!short.is_empty() && !says_less).then_some(short)
}

fn split_last<'w>(words: &'w [&'w str], count: usize) -> Option<(&'w [&'w str], &'w [&'w str])> {
    words.split_at_checked(words.len().checked_sub(count)?)
}

enum Number {
    Singular,
    Plural,
}

/// Whether some words are those of a tag. The last one may be singular or plural.
fn is_tag(words: &[&str], tag: &[&str]) -> Option<Number> {
    let ((last, words), (of_tag, tag)) = (words.split_last()?, tag.split_last()?);
    let is_same = words == tag && singular(last) == singular(of_tag);
    is_same.then(|| if singular(last) == *last { Number::Singular } else { Number::Plural })
}

/// A word without the ending of an English plural, as far as its letters show.
fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    let hissing = ["sses", "shes", "ches", "xes", "zes"];
    if hissing.iter().any(|end| word.ends_with(end)) {
        return word.strip_suffix("es").unwrap_or(word).to_owned();
    }
    let ends = ["ss", "us", "is"];
    let stem = word.strip_suffix('s').filter(|stem| stem.len() > 1 && !ends.iter().any(|end| word.ends_with(end)));
    stem.unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::beside;

    #[test]
    fn the_words_of_the_tag_are_left_out_before_and_after() {
        let cases = [
            ("list_users", "Users", Some("list")),
            ("get_user", "Users", Some("get")),
            ("create_user", "user", Some("create")),
            ("users_list_all", "users", Some("list_all")),
            ("userSessionCreate", "User Sessions", Some("create")),
            ("list_categories", "Category", Some("list")),
            ("delete_address", "Addresses", Some("delete")),
            ("get_status", "Status", Some("get")),
        ];
        for (name, tag, short) in cases {
            assert_eq!(beside(name, tag).as_deref(), short, "{name} of {tag}");
        }
    }

    #[test]
    fn a_name_that_would_say_less_is_kept() {
        let cases = [
            ("get_users", "Users"),
            ("users", "Users"),
            ("find_pets_by_status", "pet"),
            ("login", "Users"),
            ("get_charges_charge", "Charges"),
            ("list_users", ""),
            ("us", "s"),
        ];
        for (name, tag) in cases {
            assert_eq!(beside(name, tag), None, "{name} of {tag}");
        }
    }
}
