//! Replaces files on disk. Every new file is written and synced beside its target, then all are
//! renamed.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Writes and removes files below `root`.
pub(super) fn replace(root: &Path, written: &[(&str, &str)], removed: &[&str]) -> io::Result<()> {
    if written.is_empty() && removed.is_empty() {
        return Ok(());
    }
    let mut staged = Vec::with_capacity(written.len());
    for (path, text) in written {
        staged.push(stage(root, path, text)?);
    }
    for (file, target) in staged {
        file.persist(&target).map_err(|error| error.error)?;
    }
    for path in removed {
        fs::remove_file(root.join(path))?;
        remove_empty_parents(root, path);
    }
    sync(root);
    Ok(())
}

/// A synced file in the folder of its target. It is removed when it is dropped.
fn stage(root: &Path, path: &str, text: &str) -> io::Result<(NamedTempFile, PathBuf)> {
    let target = root.join(path);
    let folder = target.parent().unwrap_or(root);
    create_folders(root, folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".").suffix(".tmp");
    readable_by_all(&mut builder);
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    Ok((file, target))
}

/// Temporary files are private by default; source files aren't.
#[cfg(unix)]
fn readable_by_all(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(0o644));
}

#[cfg(not(unix))]
fn readable_by_all(_: &mut tempfile::Builder<'_, '_>) {}

/// Creates the folders from `root` down to `folder`. None of them may be a link.
fn create_folders(root: &Path, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(root)?;
    let below = folder.strip_prefix(root).unwrap_or(Path::new(""));
    let mut at = root.to_path_buf();
    for name in below {
        at.push(name);
        match fs::create_dir(&at) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if !fs::symlink_metadata(&at)?.is_dir() {
                    let message = format!("{} is not a folder", below.display());
                    return Err(io::Error::new(io::ErrorKind::NotADirectory, message));
                }
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Removes the folders that are empty after a file was removed.
fn remove_empty_parents(root: &Path, path: &str) {
    let mut folder = Path::new(path).parent();
    while let Some(relative) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
        if fs::remove_dir(root.join(relative)).is_err() {
            return;
        }
        folder = relative.parent();
    }
}

/// Syncs the folder, so that renames are durable. Some systems cannot do this; the files themselves
/// are safe then.
fn sync(root: &Path) {
    if let Ok(folder) = File::open(root) {
        let _ = folder.sync_all();
    }
}
