//! Plans against folders in memory and on disk.

use std::fs;

use super::{Change, Conflict, Directory, Memory, Plan, PlanError, Tree};
use crate::render::{RenderedFile, header};

fn text(body: &str) -> String {
    format!("// {}\n\n{body}\n", header("specs/a/openapi.yaml"))
}

fn file(path: &str, body: &str) -> RenderedFile {
    RenderedFile { path: path.into(), text: text(body) }
}

fn memory(files: &[(&str, String)]) -> Memory {
    Memory { files: files.iter().map(|(path, text)| ((*path).to_owned(), text.clone().into_bytes())).collect() }
}

fn verbs(plan: &Plan) -> Vec<String> {
    plan.changes().iter().map(|change| format!("{} {}", change.verb(), change.path())).collect()
}

#[test]
fn differences_are_created_updated_or_deleted_and_a_second_plan_is_empty() {
    let files = [file("mod.rs", "mod types;"), file("same.rs", "same"), file("types.rs", "new")];
    let mut tree = memory(&[("types.rs", text("old")), ("gone.rs", text("gone")), ("same.rs", text("same"))]);
    let plan = Plan::new(&files, &tree).unwrap();
    assert_eq!(verbs(&plan), ["delete gone.rs", "create mod.rs", "update types.rs"]);
    plan.apply(&mut tree).unwrap();
    assert!(Plan::new(&files, &tree).unwrap().is_empty());
    assert!(!tree.files.contains_key("gone.rs"));
}

#[test]
fn hand_written_files_are_left_alone_and_are_conflicts_if_they_are_in_the_way() {
    let tree = memory(&[("types.rs", "// by hand\n".into()), ("notes.md", "mine".into()), ("server", "x".into())]);
    let files = [file("types.rs", "a"), file("server/mod.rs", "b")];
    let Err(PlanError::Conflicts(conflicts)) = Plan::new(&files, &tree) else { panic!("a plan was made") };
    assert_eq!(conflicts, [Conflict::NotAFile("server".into()), Conflict::NotOurs("types.rs".into())]);
    assert!(Plan::new(&[], &tree).unwrap().is_empty());
}

#[test]
fn paths_that_leave_the_folder_are_refused() {
    for path in ["../a.rs", "/a.rs", "a//b.rs", "c:\\a.rs", ""] {
        assert!(Plan::new(&[file(path, "a")], &Memory::default()).is_err(), "{path}");
    }
}

#[test]
fn the_diff_leads_from_the_old_text_to_the_new_one() {
    let tree = memory(&[("a.rs", text("one\ntwo")), ("b.rs", text("b"))]);
    let plan = Plan::new(&[file("a.rs", "one\nthree")], &tree).unwrap();
    let diff = plan.diff("generated/x/");
    assert!(diff.contains("--- a/generated/x/a.rs\n+++ b/generated/x/a.rs\n"), "{diff}");
    assert!(diff.contains("-two\n+three\n"), "{diff}");
    assert!(diff.contains("--- a/generated/x/b.rs\n+++ /dev/null\n"), "{diff}");
}

#[test]
fn a_folder_on_disk_is_created_and_updated_and_orphans_are_removed_with_their_folder() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("out");
    let mut tree = Directory::new(&out);
    Plan::new(&[file("a.rs", "a"), file("deep/b.rs", "b")], &tree).unwrap().apply(&mut tree).unwrap();
    assert_eq!(fs::read_to_string(out.join("deep/b.rs")).unwrap(), text("b"));

    let plan = Plan::new(&[file("a.rs", "a")], &tree).unwrap();
    assert!(matches!(plan.changes(), [Change::Delete { path, .. }] if path == "deep/b.rs"));
    plan.apply(&mut tree).unwrap();
    let names: Vec<_> = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["a.rs"]);
}

#[cfg(unix)]
#[test]
fn links_are_neither_followed_nor_replaced() {
    let root = tempfile::tempdir().unwrap();
    let outside = root.path().join("outside.rs");
    fs::write(&outside, text("outside")).unwrap();
    let out = root.path().join("out");
    fs::create_dir(&out).unwrap();
    std::os::unix::fs::symlink(&outside, out.join("a.rs")).unwrap();
    std::os::unix::fs::symlink(root.path(), out.join("deep")).unwrap();

    let tree = Directory::new(&out);
    let files = [file("a.rs", "a"), file("deep/b.rs", "b")];
    let Err(PlanError::Conflicts(conflicts)) = Plan::new(&files, &tree) else { panic!("a plan was made") };
    assert_eq!(conflicts, [Conflict::NotAFile("a.rs".into()), Conflict::NotAFile("deep".into())]);
    assert!(Plan::new(&[], &tree).unwrap().is_empty());
}

#[test]
fn a_write_that_fails_leaves_the_other_files_as_they_were() {
    let root = tempfile::tempdir().unwrap();
    let mut tree = Directory::new(root.path());
    Plan::new(&[file("a.rs", "old")], &tree).unwrap().apply(&mut tree).unwrap();
    fs::write(root.path().join("b"), "a file, not a folder").unwrap();
    assert!(tree.replace(&[("a.rs", "new"), ("b/c.rs", "c")], &[]).is_err());
    assert_eq!(fs::read_to_string(root.path().join("a.rs")).unwrap(), text("old"));
    assert_eq!(tree.entries(&|_| true).unwrap().len(), 2);
}

#[test]
fn only_our_paths_are_read_and_only_the_start_of_other_files() {
    let root = tempfile::tempdir().unwrap();
    let mut tree = Directory::new(root.path());
    let huge = |path: &str| fs::File::create(root.path().join(path)).unwrap().set_len(1 << 40).unwrap();
    fs::create_dir_all(root.path().join("src/deep")).unwrap();
    fs::create_dir(root.path().join("other")).unwrap();
    huge("src/deep/data.bin");
    huge("other/data.bin");
    let files = [file("src/a.rs", "a")];
    let ours = |path: &str| path.starts_with("src/");
    let plan = Plan::within(&files, &tree, ours).unwrap();
    assert_eq!(verbs(&plan), ["create src/a.rs"]);
    plan.apply(&mut tree).unwrap();
    assert!(Plan::within(&files, &tree, ours).unwrap().is_empty());
    huge("src/b.rs");
    let Err(PlanError::Conflicts(conflicts)) = Plan::within(&[file("src/b.rs", "b")], &tree, ours) else {
        panic!("a plan was made")
    };
    assert_eq!(conflicts, [Conflict::NotOurs("src/b.rs".into())]);
    let there = tree.entries(&ours).unwrap();
    assert_eq!(there.keys().collect::<Vec<_>>(), ["src/a.rs", "src/b.rs", "src/deep/data.bin"]);
}
