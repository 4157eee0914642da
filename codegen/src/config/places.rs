//! Checks the settings of `specwright.toml` that depend on each other: where the output of each API
//! goes, and where its document comes from.
//!
//! **Invariant:** output stays below the folder of the file, and no API writes, or removes, what
//! another one has written.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Written;
use super::api::{ApiConfig, ApiSettings};
use super::fault::Fault;

/// A folder with generated files.
struct Place<'a> {
    /// The API.
    name: &'a str,
    /// The path as written.
    written: &'a Written,
    /// The names of the folders that lead to it.
    folder: Vec<&'a str>,
    /// Folders in it whose generated files all belong to the API; none if all of it does.
    inside: &'static [&'static str],
}

/// Checks one API.
pub(super) fn check(name: &Written, settings: &ApiSettings) -> Result<(), Fault> {
    let place = place(name, settings)?;
    let (first, last) = (place.written, place.folder.last().copied());
    let module = name.text.replace('-', "_");
    if last == Some("src") || (last.is_none() && settings.module.is_some()) {
        let help = if settings.module.is_some() {
            format!("name a folder in it, such as `{}`", joined(&place.folder, "src", &module))
        } else {
            format!("name a folder beside it, such as `{}`", name.text)
        };
        return Err(at(first, format!("`{}` has the code of a crate of yours", first.text), help));
    }
    if let (Some(written), true) = (&settings.name, settings.module.is_some()) {
        let help = "remove `name`: a module has the name of its folder";
        return Err(at(written, "only a crate has a `name`", help));
    }
    let is_fetched = ["http://", "https://"].iter().any(|start| settings.document.text.starts_with(start));
    if let (Some(written), false) = (&settings.sha256, is_fetched) {
        let help = "remove `sha256`: a file changes with the project";
        return Err(at(written, "only a document that is fetched is locked", help));
    }
    if let Some(sides) = settings.sides.as_ref().filter(|sides| sides.get_ref().is_empty()) {
        let help = "name `client`, `server` or both";
        return Err(Fault::new(sides.span(), "there is nothing to generate without a side").helped(help));
    }
    Ok(())
}

/// Checks that the APIs do not get in each other's way.
pub(super) fn apart(apis: &BTreeMap<Written, ApiConfig>) -> Result<(), Fault> {
    let mut places = Vec::new();
    let mut inputs: Vec<(&Written, &Written)> = Vec::new();
    for (name, api) in apis {
        places.push(place(name, &api.settings)?);
        inputs.extend((api.settings.document.text == "-").then_some((name, &api.settings.document)));
    }
    places.sort_by_key(|place| start(place.written));
    for (index, place) in places.iter().enumerate() {
        let Some(other) = places.iter().take(index).find(|other| meet(other, place)) else { continue };
        let message = if place.folder == other.folder {
            format!("the output of the API `{}` is in this folder", other.name)
        } else {
            format!("the output of the API `{}` is in `{}`: one is inside of the other", other.name, other.written.text)
        };
        let help = "give each API a folder of its own: what is not generated for an API is removed from its folder";
        return Err(at(place.written, message, help));
    }
    inputs.sort_by_key(|(_, document)| start(document));
    if let [(first, _), (_, second), ..] = inputs.as_slice() {
        let message = format!("standard input is read once, for the API `{}`", first.text);
        return Err(at(second, message, "name a file or a URL"));
    }
    Ok(())
}

/// Where the output of an API goes.
fn place<'a>(name: &'a Written, settings: &'a ApiSettings) -> Result<Place<'a>, Fault> {
    let (written, inside): (_, &[&str]) = match (&settings.package, &settings.module) {
        (Some(package), None) => (package, &["src", "examples"]),
        (None, Some(module)) => (module, &[]),
        (Some(_), Some(module)) => return Err(at(module, NEEDED, "remove one of the two")),
        (None, None) => {
            let help = format!("add `module = \"src/{}\"` or `crate = \"{}\"`", name.text.replace('-', "_"), name.text);
            return Err(at(&settings.document, NEEDED, help));
        }
    };
    let folder = below(&written.text).ok_or_else(|| {
        let help = "name a folder below that of specwright.toml, or move that file up";
        at(written, format!("`{}` is outside of this project", written.text), help)
    })?;
    Ok(Place { name: &name.text, written, folder, inside })
}

const NEEDED: &str = "an API needs a place for its output: either `crate` or `module`, the folder of one";

/// The folders on a path; `None` if it leads out of the folder that it starts from.
fn below(path: &str) -> Option<Vec<&str>> {
    if path.starts_with(['/', '\\']) || path.get(1..2) == Some(":") {
        return None;
    }
    let mut folders = Vec::new();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => _ = folders.pop()?,
            name => folders.push(name),
        }
    }
    Some(folders)
}

/// Whether generated files of one place are where those of another may be.
fn meet(a: &Place<'_>, b: &Place<'_>) -> bool {
    let within = |outer: &Place<'_>, inner: &Place<'_>| {
        inner.folder.strip_prefix(outer.folder.as_slice()).is_some_and(|rest| match rest.first() {
            None => true,
            Some(first) => outer.inside.is_empty() || outer.inside.contains(first),
        })
    };
    within(a, b) || within(b, a)
}

/// A module below the source of a crate; the folders may end with that of the source.
fn joined(folders: &[&str], source: &str, module: &str) -> String {
    let source = if folders.last() == Some(&source) { None } else { Some(source) };
    folders.iter().copied().chain(source).chain([module]).collect::<Vec<_>>().join("/")
}

fn start(written: &Written) -> usize {
    written.range.as_ref().map_or(0, |range| range.start)
}

fn at(written: &Written, message: impl Into<String>, help: impl Into<String>) -> Fault {
    let range: Range<usize> = written.range.clone().unwrap_or_default();
    Fault::new(range, message).helped(help)
}

#[cfg(test)]
mod tests {
    use crate::config::ProjectConfig;

    /// The line and column, message and help of the error.
    fn refused(text: &str) -> ((usize, usize), String, String) {
        let error = ProjectConfig::parse("specwright.toml", text).unwrap_err();
        (error.line_column(), error.message, error.help.unwrap_or_default())
    }

    fn api(name: &str, place: &str) -> String {
        format!("[api.{name}]\ndocument = \"{name}.yaml\"\n{place}\n")
    }

    #[test]
    fn output_in_the_code_of_a_crate_or_outside_is_refused() {
        for (place, column, message, help) in [
            ("module = \"src\"", 10, "has the code of a crate", "such as `src/my_pets`"),
            ("module = \"app/src/\"", 10, "has the code of a crate", "such as `app/src/my_pets`"),
            ("module = \".\"", 10, "has the code of a crate", "such as `src/my_pets`"),
            ("crate = \"src\"", 9, "has the code of a crate", "such as `my-pets`"),
            ("crate = \"../pets\"", 9, "is outside of this project", "move that file up"),
            ("crate = \"a/../../pets\"", 9, "is outside of this project", "below that of specwright.toml"),
            ("module = \"/tmp/src/pets\"", 10, "is outside of this project", "below that of specwright.toml"),
            ("module = \"C:\\\\src\\\\pets\"", 10, "is outside of this project", "below that of specwright.toml"),
        ] {
            let (place, found, said) = refused(&api("my-pets", place));
            assert_eq!(place, (3, column), "{found}");
            assert!(found.contains(message) && said.contains(help), "{found}: {said}");
        }
    }

    #[test]
    fn a_setting_without_effect_is_refused() {
        let crate_ = "crate = \"pets\"\n";
        for (line, column, message) in [
            ("module = \"src/pets\"\nname = \"p\"", 8, "only a crate has a `name`"),
            (&*format!("{crate_}sha256 = \"00\""), 10, "only a document that is fetched is locked"),
            (&*format!("{crate_}sides = []"), 9, "nothing to generate"),
        ] {
            let (place, found, help) = refused(&api("pets", line));
            assert_eq!((place, help.is_empty()), ((4, column), false), "{found}");
            assert!(found.contains(message), "{found}");
        }
    }

    #[test]
    fn two_outputs_in_one_place_are_refused_at_the_second() {
        for (first, second) in [
            ("crate = \"pets\"", "crate = \"./pets/\""),
            ("module = \"src/pets\"", "module = \"src/pets\""),
            ("module = \"src/apis\"", "module = \"src/apis/pets\""),
            ("module = \"src/apis/pets\"", "module = \"src/apis\""),
            ("crate = \".\"", "module = \"src/pets\""),
            ("module = \"pets/src/inner\"", "crate = \"pets\""),
        ] {
            let (place, message, help) = refused(&(api("z", first) + &api("a", second)));
            assert_eq!(place.0, 6, "{message}");
            assert!(message.contains("the API `z`") && help.contains("of its own"), "{message}: {help}");
        }
        let apart = ["crate = \"apis\"", "crate = \"apis/pets\"", "module = \"src/a\"", "module = \"src/ab\""];
        let text: String = apart.iter().enumerate().map(|(index, place)| api(&format!("a{index}"), place)).collect();
        assert!(ProjectConfig::parse("specwright.toml", &text).is_ok());
    }

    #[test]
    fn standard_input_is_the_document_of_one_api() {
        let of = |name: &str| format!("[api.{name}]\ndocument = \"-\"\ncrate = \"{name}\"\n");
        assert!(ProjectConfig::parse("specwright.toml", &of("a")).is_ok());
        let (place, message, _) = refused(&(of("b") + &of("a")));
        assert_eq!(place, (5, 12));
        assert!(message.contains("for the API `b`"), "{message}");
    }
}
