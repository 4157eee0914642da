//! Reads the text form of a surface and lists its items as rustdoc would. A line also implies the
//! items that every item of its kind has.

use crate::rustdoc::Items;

/// The text on the line of a place before the definition that it shares with others.
const ALIAS: &str = " = shared::";
/// The text on the line of a success before the enum of the runtime that it is an alias of.
const OF_RUNTIME: &str = " = success::";
/// A signature that follows from other lines and is not compared.
pub const ANY: &str = "*";
/// Methods that the runtime gives to all items of a kind, independent of the document.
const OF_CLIENTS: [&str; 14] = [
    "attempt_timeout",
    "build",
    "builder",
    "header",
    "http",
    "idle_timeout",
    "ignore_operation_servers",
    "layer",
    "max_body",
    "no_redirects",
    "retry",
    "timeout",
    "token_source",
    "transport",
];

/// The items of a surface, each with its signature.
pub fn items(surface: &str) -> Items {
    // Rustdoc names raw identifiers without their prefix.
    let surface = &surface.replace("r#", "");
    let mut items = Items::new();
    let is_item = |line: &&str| {
        !line.starts_with('#')
            && !line.starts_with("mod ")
            && ![ALIAS, OF_RUNTIME].iter().any(|alias| line.contains(alias))
    };
    for line in surface.lines().filter(is_item) {
        read(line, &mut items);
    }
    require(surface, &mut items);
    add_principals(surface, &mut items);
    // The error type of an operation that documents no errors is an alias.
    let is_error = |path: &&String| path.ends_with("Error") && path.matches("::").count() == 1;
    let errors = items.keys().filter(|path| path.starts_with("operations::")).filter(is_error);
    let never: Vec<String> =
        errors.filter(|path| !items.keys().any(|other| other.starts_with(&format!("{path}::")))).cloned().collect();
    items.extend(never.into_iter().map(|path| (path, "Never".to_owned())));
    items
}

/// The places whose definitions are shared, each with the name of the definition.
pub fn aliases(surface: &str) -> Vec<(String, String)> {
    let aliases = surface.lines().filter_map(|line| line.split_once(ALIAS));
    let with_required = aliases.flat_map(|(place, definition)| {
        let own = (place.to_owned(), definition.to_owned());
        [own, (format!("{place}Required"), format!("{definition}Required"))]
    });
    with_required.collect()
}

/// A path or signature with the names of shared definitions instead of those of places.
pub fn with_definitions(text: &str, aliases: &[(String, String)]) -> String {
    let mut out = String::new();
    for word in text.split_inclusive(|char: char| !char.is_alphanumeric() && char != '_') {
        let name = word.trim_end_matches(|char: char| !char.is_alphanumeric() && char != '_');
        let is_place = |(place, _): &&(String, String)| place.rsplit("::").next() == Some(name);
        match aliases.iter().find(is_place) {
            Some((_, definition)) => out.push_str(&word.replace(name, definition)),
            None => out.push_str(word),
        }
    }
    out
}

fn read(line: &str, items: &mut Items) {
    if line.contains(" principal ") && line.starts_with(['s', 'w']) && !line.contains('"') {
        return;
    }
    if let Some(path) = line.strip_suffix("::Principal and authenticate required") {
        items.insert(format!("{path}::Principal"), String::new());
        items.insert(format!("{path}::authenticate"), "Credentials, &Context".to_owned());
        return;
    }
    if let Some((path, traits)) = line.split_once(" impl ").filter(|(path, _)| !path.contains([' ', '('])) {
        let traits = traits.split(" = ").next().unwrap_or_default();
        let traits =
            if line.contains("SingleBody") { line.split_once(" impl ").map_or("", |(_, name)| name) } else { traits };
        for name in split(traits) {
            items.insert(format!("{path} impl {}", plain(name)), String::new());
        }
        return;
    }
    let end = line.find(['(', ' ', '=']).unwrap_or(line.len());
    let (path, rest) = line.split_at(end);
    let (path, is_head) = path.strip_suffix(':').map_or((path, false), |path| (path, true));
    if is_head && path.contains('.') {
        return field(path, rest.trim_start(), items);
    }
    if is_head {
        return head(path, rest.trim_start(), items);
    }
    if let Some(of) = rest.strip_prefix(" = ").filter(|_| path.matches("::").count() == 1) {
        items.insert(path.to_owned(), plain(of));
        return;
    }
    // The arguments are those of the client's method.
    if path.starts_with("groups::") {
        items.insert(path.to_owned(), ANY.to_owned());
        return;
    }
    let is_method = path.starts_with("client") || path.starts_with("sender") || path.contains("::into_body");
    let signature = match rest.strip_prefix('(') {
        Some(inside) if path.starts_with("server") || path.starts_with("webhooks") => called(path, inside),
        Some(inside) if path.starts_with("client::servers") => {
            vec!["&str"; split(inside.split(") = ").next().unwrap_or_default()).len()].join(", ")
        }
        Some(inside) if is_method => arguments(inside),
        Some(inside) => format!("({})", arguments(inside)),
        None if rest.starts_with(" {") => format!(" {}", plain(rest)),
        None if path.ends_with("::ALL") => ANY.to_owned(),
        None => String::new(),
    };
    if !path.ends_with("::new") {
        items.insert(path.to_owned(), signature);
    }
}

/// Adds the caller that methods of a server receive.
fn add_principals(surface: &str, items: &mut Items) {
    for (path, need) in surface.lines().filter_map(|line| line.split_once(" principal ")) {
        let principal = match need {
            "required" => "Principal, ",
            "optional" => "Option<Principal>, ",
            _ => continue,
        };
        if let Some(signature) = items.get_mut(path) {
            signature.insert_str(0, principal);
        }
    }
}

/// A method of a trait, or a variant of a body.
fn called(path: &str, inside: &str) -> String {
    let text = arguments(inside);
    if path.contains("::endpoints::") {
        return ANY.to_owned();
    }
    if inside.contains(") -> ") {
        format!("{text}, Context")
    } else if path.ends_with("::router") || path.ends_with("::routes") {
        "S".to_owned()
    } else {
        format!("({text})")
    }
}

fn field(path: &str, text: &str, items: &mut Items) {
    let mut parts = split_spaces(text);
    let ty = plain(parts.next().unwrap_or_default());
    let rest = parts.next().unwrap_or_default();
    items.insert(path.to_owned(), ty);
    let Some((owner, name)) = path.rsplit_once('.') else { return };
    if owner.starts_with("types::") && !rest.contains("required") && !rest.contains("constant") {
        let setter = rest.split_once("set by ").map_or(name, |(_, setter)| setter);
        items.insert(format!("{owner}::{setter}"), ANY.to_owned());
    }
}

fn head(path: &str, kind: &str, items: &mut Items) {
    if kind == "mod" {
        return;
    }
    items.insert(path.to_owned(), String::new());
    let mut add = |name: &str| {
        items.insert(format!("{path}::{name}"), ANY.to_owned());
    };
    if kind.contains("enum of") {
        add("ALL");
        add(if kind.contains("integers") { "value" } else { "as_str" });
        if kind.starts_with("open") {
            add("Unknown");
        }
    } else if let Some(inner) = kind.strip_prefix("newtype of ") {
        let checked = inner.ends_with(" checked");
        let is_text = inner.trim_end_matches(" checked") == "String";
        add("into_inner");
        add(if is_text { "as_str" } else { "get" });
        if is_text || checked {
            add("new");
        }
        if checked {
            add("CONSTRAINTS");
        }
    } else if path.ends_with("RequestBuilder") {
        add("send");
        add("with");
    } else if kind == "trait" {
        add("reject");
    }
}

/// Adds the constructors, and the structs that name required properties.
fn require(surface: &str, items: &mut Items) {
    for line in surface.lines() {
        let Some((path, inside)) = line.strip_suffix(')').and_then(|line| line.split_once("::new(")) else { continue };
        items.insert(format!("{path}::new"), ANY.to_owned());
        let Some(required) = inside.strip_prefix("types::") else { continue };
        items.insert(format!("types::{required}"), String::new());
        for line in surface.lines() {
            let Some(rest) = line.strip_prefix(path).and_then(|rest| rest.strip_prefix('.')) else { continue };
            let Some((name, ty)) = rest.strip_suffix(" required").and_then(|rest| rest.split_once(": ")) else {
                continue;
            };
            // The constructor makes the box.
            let ty = ty.strip_prefix("Box<").and_then(|ty| ty.strip_suffix('>')).unwrap_or(ty);
            items.insert(format!("types::{required}.{name}"), plain(ty));
        }
    }
}

/// Whether an item, or its parent, is in all generated crates: methods of the runtime's macros, and
/// traits that every type of its kind implements.
pub fn is_shared(path: &str, expected: &Items) -> bool {
    if let Some((owner, name)) = path.split_once(" impl ") {
        let is_listed =
            matches!(name, "Default" | "Copy" | "Eq" | "Hash" | "Ord" | "PartialOrd" | "Clone" | "PartialEq");
        let kind = owner.split("::").next().unwrap_or_default();
        return match kind {
            "operations" => !matches!(name, "Clone" | "PartialEq") || owner.ends_with("Headers"),
            "types" => {
                let is_newtype = expected.contains_key(&format!("{owner}::into_inner"));
                let is_enum = !is_newtype && expected.contains_key(&format!("{owner}::ALL"));
                let is_union_text =
                    name == "From<&str>" && expected.contains_key(&format!("{owner} impl From<String>"));
                let is_union_number = name == "From<i32>" && expected.contains_key(&format!("{owner} impl From<f64>"));
                let derived = matches!(name, "Clone" | "PartialEq");
                derived
                    || is_union_text
                    || is_union_number
                    || (is_enum && name != "Default")
                    || (is_newtype && !is_listed)
                    || !is_listed && !name.starts_with("From<")
            }
            _ => true,
        };
    }
    let name = path.rsplit("::").next().unwrap_or_default();
    let of_clients = path.starts_with("client::") || path.starts_with("sender::");
    (of_clients && (OF_CLIENTS.contains(&name) || path.contains("::missing") || path.ends_with("::servers")))
        || path == "DOCUMENT"
        || (path.starts_with("operations::") && name == "status")
}

fn arguments(inside: &str) -> String {
    let mut depth = 0;
    let mut end = inside.len();
    for (index, char) in inside.char_indices() {
        match char {
            '(' | '[' => depth += 1,
            ')' if depth == 0 => {
                end = index;
                break;
            }
            ')' | ']' => depth -= 1,
            _ => {}
        }
    }
    let types = split(&inside[..end]).into_iter().map(|argument| {
        let named = argument
            .split_once(": ")
            .filter(|(name, _)| name.chars().all(|char| char.is_alphanumeric() || matches!(char, '_' | '#')));
        plain(named.map_or(argument, |(_, ty)| ty))
    });
    types.collect::<Vec<_>>().join(", ")
}

/// Splits a list at its commas, except those inside brackets.
fn split(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (index, char) in text.char_indices() {
        match char {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(text[start..index].trim());
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// Splits a type from the text after it.
fn split_spaces(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    let end = text.char_indices().find_map(|(index, char)| {
        match char {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth -= 1,
            ' ' | ',' if depth == 0 => return Some(index),
            _ => {}
        }
        None
    });
    let (ty, rest) = text.split_at(end.unwrap_or(text.len()));
    [ty, rest].into_iter()
}

/// A type without paths.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut word = String::new();
    let mut rest = text.trim().chars().peekable();
    while let Some(char) = rest.next() {
        if char.is_alphanumeric() || matches!(char, '_' | '#') {
            word.push(char);
        } else if char == ':' && rest.peek() == Some(&':') {
            rest.next();
            word.clear();
        } else {
            out.push_str(&word);
            word.clear();
            out.push(char);
        }
    }
    out.push_str(&word);
    out
}
