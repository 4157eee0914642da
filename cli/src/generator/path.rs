//! Paths in the form that generated files and messages use, and the packages and workspaces around
//! them.

use std::path::{Component, Path, PathBuf};
use std::{env, fs, io};

use super::Error;

/// A path with `/` on all systems.
pub fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// A path below a folder, in the form that messages show.
pub fn join(folder: &str, path: &str) -> String {
    match folder.trim_end_matches('/') {
        "" | "." => path.to_owned(),
        folder => format!("{folder}/{path}"),
    }
}

/// An absolute path without `.` and `..`. It need not exist.
pub fn absolute(path: &Path) -> io::Result<PathBuf> {
    let mut clean = PathBuf::new();
    for component in env::current_dir()?.join(path).components() {
        match component {
            Component::ParentDir => {
                clean.pop();
            }
            Component::CurDir => {}
            other => clean.push(other),
        }
    }
    Ok(clean)
}

/// The relative path from one absolute folder to another, with `/`.
pub fn relative(from: &Path, to: &Path) -> String {
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from.iter().skip(shared).map(|_| "..".to_owned());
    let down = to.iter().skip(shared).map(|component| component.as_os_str().to_string_lossy().into_owned());
    let steps: Vec<String> = up.chain(down).collect();
    if steps.is_empty() { ".".to_owned() } else { steps.join("/") }
}

/// The path of a folder below another, with `/`.
pub fn below(root: &Path, folder: &Path) -> Result<String, Error> {
    Ok(relative(&clean(root)?, &clean(folder)?))
}

/// The nearest folder above with a manifest.
pub fn package_above(folder: &Path) -> Result<Option<PathBuf>, Error> {
    above(folder, Path::is_file)
}

/// The nearest folder above whose manifest has a `[workspace]`.
pub fn workspace_above(folder: &Path) -> Result<Option<PathBuf>, Error> {
    let is_root = |text: String| text.lines().any(|line| line.trim_start().starts_with("[workspace"));
    above(folder, |manifest| fs::read_to_string(manifest).is_ok_and(is_root))
}

fn above(folder: &Path, is_wanted: impl Fn(&Path) -> bool) -> Result<Option<PathBuf>, Error> {
    let folder = clean(folder)?;
    let here = clean(Path::new("."))?;
    let found = folder.ancestors().skip(1).find(|above| is_wanted(&above.join("Cargo.toml")));
    // Messages name it relative to the current folder.
    Ok(found.map(|found| if found == here { PathBuf::from(".") } else { PathBuf::from(relative(&here, found)) }))
}

/// The path of the module in this folder, such as `crate::apis::petstore`; `None` if it is not in
/// the package's `src`.
pub fn module_path(package: &Path, folder: &Path) -> Option<String> {
    let inside = clean(folder).ok()?;
    let inside = inside.strip_prefix(clean(package).ok()?.join("src")).ok()?;
    let names = inside.components().map(|component| component.as_os_str().to_string_lossy().into_owned());
    Some(["crate".to_owned()].into_iter().chain(names).collect::<Vec<_>>().join("::"))
}

fn clean(path: &Path) -> Result<PathBuf, Error> {
    absolute(path).map_err(|error| Error::Folder(path.to_path_buf(), error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_path_goes_up_and_down() {
        assert_eq!(relative(Path::new("/a/b/c"), Path::new("/a/d")), "../../d");
        assert_eq!(relative(Path::new("/a"), Path::new("/a")), ".");
    }

    #[test]
    fn a_module_is_named_from_the_root_of_its_crate() {
        let path = |package: &str, folder: &str| module_path(Path::new(package), Path::new(folder));
        assert_eq!(path("/app", "/app/src/apis/petstore").as_deref(), Some("crate::apis::petstore"));
        assert_eq!(path("/app", "/app/petstore"), None);
    }
}
