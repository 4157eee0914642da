//! The version check of the generated crate, by `regen` and `drift --since`.

use crate::copy::{Copy, GENERATED, Ran};

/// Makes a valid request invalid.
fn break_rownd(copy: &Copy) {
    copy.edit("specs/rownd/overlay.yaml", "maximum: 1000", "maximum: 100");
}

/// Adds an optional parameter.
fn extend_rownd(copy: &Copy, name: &str) {
    let parameter = format!(
        "            - name: {name}\n              in: query\n              schema:\n                type: string\n"
    );
    let last = "            - name: page_size\n";
    copy.edit("specs/rownd/overlay.yaml", last, &format!("{parameter}{last}"));
}

fn set_version(copy: &Copy, from: &str, to: &str) {
    copy.edit("generated-client/Cargo.toml", &format!("version = \"{from}\""), &format!("version = \"{to}\""));
}

/// A copy in its own git repository, with the generated crate at version 0.1.0.
fn committed() -> Copy {
    let copy = Copy::new();
    let manifest = copy.read("generated-client/Cargo.toml");
    let version = manifest.lines().find(|line| line.starts_with("version = ")).expect("a version").to_owned();
    copy.edit("generated-client/Cargo.toml", &version, "version = \"0.1.0\"");
    copy.git(&["init", "--quiet", "--initial-branch=main"]);
    copy.commit("first");
    copy.commit("second");
    copy
}

fn checked(copy: &Copy) -> Ran {
    copy.run(&["drift", "--since", "--fail-on", "bump"])
}

#[test]
fn a_breaking_change_without_a_bump_writes_nothing() {
    let copy = committed();
    break_rownd(&copy);
    let before = copy.files();
    let ran = copy.run(&["regen"]);
    assert_eq!(ran.status, 5, "{ran:?}");
    for part in [
        "is 0.1.0",
        "requires at least 0.2.0",
        "request-parameter-max-decreased",
        "overlay.yaml:168",
        "allow-smaller-bump",
    ] {
        assert!(ran.stderr.contains(part), "{part}: {ran:?}");
    }
    assert_eq!(copy.files(), before, "nothing is written");

    set_version(&copy, "0.1.0", "0.1.1");
    assert_eq!(copy.run(&["regen"]).status, 5, "before 1.0, a patch is too small for a breaking change");
    set_version(&copy, "0.1.1", "0.2.0");
    let ran = copy.run(&["regen"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.stdout.contains(&format!("update {GENERATED}/rownd/server.rs")), "{ran:?}");
    assert_eq!(checked(&copy).status, 0);
}

#[test]
fn an_addition_requires_a_patch_before_1_0_and_a_minor_version_after() {
    for (old, small, enough) in [("0.1.0", "0.1.0", "0.1.1"), ("1.4.0", "1.4.7", "1.5.0")] {
        let copy = committed();
        set_version(&copy, "0.1.0", old);
        copy.commit("version");
        extend_rownd(&copy, "shade");
        set_version(&copy, old, small);
        let ran = copy.run(&["regen"]);
        assert_eq!(ran.status, 5, "{small}: {ran:?}");
        assert!(ran.stderr.contains(&format!("requires at least {enough}")), "{ran:?}");
        set_version(&copy, small, enough);
        assert_eq!(copy.run(&["regen"]).status, 0, "{enough}");
    }
}

#[test]
fn a_change_that_no_caller_notices_requires_no_bump() {
    let copy = committed();
    copy.edit("specs/rownd/overlay.yaml", "summary: Read a user profile", "summary: Get a user profile");
    assert_eq!(copy.run(&["regen"]).status, 0);
    assert_eq!(checked(&copy).status, 0);
}

#[test]
fn a_smaller_bump_needs_a_reason_which_also_holds_in_ci() {
    let copy = committed();
    break_rownd(&copy);
    assert_eq!(copy.run(&["regen", "--allow-smaller-bump", " "]).status, 2);
    assert_eq!(checked(&copy).status, 5);
    let ran = copy.run(&["regen", "--allow-smaller-bump", "no server validates it yet"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let record = copy.read("drift.toml");
    assert!(
        record.contains("since = \"0.1.0\"") && record.contains("reason = \"no server validates it yet\""),
        "{record}"
    );
    let ran = checked(&copy);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.stdout.contains("accepted: no server validates it yet"), "{ran:?}");
    extend_rownd(&copy, "shade");
    assert_eq!(copy.run(&["regen"]).status, 0, "the reason holds until the version moves");
}

#[test]
fn one_bump_is_enough_for_a_branch() {
    let copy = committed();
    copy.git(&["switch", "--quiet", "--create", "feature"]);
    extend_rownd(&copy, "shade");
    set_version(&copy, "0.1.0", "0.1.1");
    assert_eq!(copy.run(&["regen"]).status, 0);
    copy.commit("second");
    extend_rownd(&copy, "tint");
    assert_eq!(copy.run(&["regen"]).status, 0, "both changes are one step from main");
    copy.commit("third");
    let ran = checked(&copy);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.stdout.contains("`shade`") && ran.stdout.contains("`tint`"), "{ran:?}");
    assert!(ran.stderr.contains("where this branch left main"), "{ran:?}");
}

#[test]
fn a_clone_of_one_branch_is_compared_with_the_commit_before() {
    let copy = committed();
    copy.git(&["switch", "--quiet", "--create", "feature"]);
    copy.commit("second");
    break_rownd(&copy);
    copy.commit("third");
    let origin = format!("file://{}", copy.path("").display());
    copy.git(&["clone", "--quiet", "--single-branch", "--branch", "feature", &origin, "clone"]);
    let ran = copy.run_in("clone", &["drift", "--since", "--fail-on", "bump"]);
    assert_eq!(ran.status, 5, "{ran:?}");
    assert!(ran.stderr.contains("the commit before the last"), "{ran:?}");

    copy.git(&["clone", "--quiet", "--depth=1", "--branch", "feature", &origin, "shallow"]);
    let ran = copy.run_in("shallow", &["drift", "--since", "--fail-on", "bump"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.stdout.contains("nothing to compare with"), "{ran:?}");
}

#[test]
fn without_a_base_the_version_is_not_checked() {
    let copy = Copy::new();
    break_rownd(&copy);
    let ran = copy.run(&["regen"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.stderr.contains("the version of generated-client is not checked"), "{ran:?}");
    let ran = checked(&copy);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.stdout.contains("nothing to compare with"), "{ran:?}");
}

#[test]
fn a_base_that_git_does_not_know_is_wrong_usage() {
    let copy = committed();
    let ran = copy.run_with(&["drift", "--since"], &[("DRIFT_BASE", "no-such-branch")]);
    assert_eq!(ran.status, 2, "{ran:?}");
    assert!(ran.stderr.contains("no-such-branch"), "{ran:?}");
}

#[test]
fn a_removed_provider_is_breaking_and_a_new_one_additive() {
    let copy = committed();
    std::fs::remove_dir_all(copy.path("specs/stateset")).expect("a removed folder");
    let ran = copy.run(&["regen"]);
    assert_eq!(ran.status, 5, "{ran:?}");
    assert!(
        ran.stderr.contains("`stateset` of the generated crate was removed") && ran.stderr.contains("0.2.0"),
        "{ran:?}"
    );
    copy.commit("without");
    copy.git(&["checkout", "--quiet", "HEAD^", "--", "specs/stateset"]);
    let ran = copy.run(&["drift", "--since", "HEAD", "--fail-on", "bump"]);
    assert_eq!(ran.status, 5, "{ran:?}");
    assert!(
        ran.stdout.contains("`stateset` of the generated crate was added")
            && ran.stdout.contains("requires at least 0.1.1"),
        "{ran:?}"
    );
}

#[test]
fn a_changed_configuration_requires_a_bump() {
    let copy = committed();
    let choices = copy.read("specs/stateset/provider.toml");
    copy.write("specs/stateset/provider.toml", &format!("{choices}\n[types.rename]\nUserId = \"PersonId\"\n"));
    let ran = copy.run(&["regen"]);
    assert_eq!(ran.status, 5, "{ran:?}");
    assert!(ran.stderr.contains("`UserId` was renamed to `PersonId`"), "{ran:?}");
}
