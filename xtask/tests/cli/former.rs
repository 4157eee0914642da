//! `regen --keep-names`: what upstream renamed keeps its former names.

use crate::copy::{Copy, GENERATED};

const DOCUMENT: &str = "specs/looker/openapi.yaml";
const CHOICES: &str = "specs/looker/provider.toml";

/// A copy in its own git repository, with the generated crate at version 0.1.0.
fn committed() -> Copy {
    let copy = Copy::new();
    let manifest = copy.read("generated-client/Cargo.toml");
    let version = manifest.lines().find(|line| line.starts_with("version = ")).expect("a version").to_owned();
    copy.edit("generated-client/Cargo.toml", &version, "version = \"0.1.0\"");
    copy.git(&["init", "--quiet", "--initial-branch=main"]);
    copy.commit("first");
    copy
}

fn set_version(copy: &Copy, from: &str, to: &str) {
    copy.edit("generated-client/Cargo.toml", &format!("version = \"{from}\""), &format!("version = \"{to}\""));
}

/// Replaces a name everywhere in the document.
fn rename(copy: &Copy, from: &str, to: &str) {
    let text = copy.read(DOCUMENT);
    assert!(text.contains(from), "{from}");
    copy.write(DOCUMENT, &text.replace(from, to));
}

#[test]
fn what_was_renamed_is_recorded_and_kept() {
    let copy = committed();
    rename(&copy, "UserAttributeGroupValue", "GroupValue");
    rename(&copy, "operationId: all_user_attributes", "operationId: list_user_attributes");
    let ran = copy.run(&["regen"]);
    assert_eq!(ran.status, 5, "a renamed type is a break: {ran:?}");
    set_version(&copy, "0.1.0", "0.1.1");
    let ran = copy.run(&["regen", "--keep-names"]);
    assert_eq!(ran.status, 0, "with the former names, it is an addition: {ran:?}");
    let line = format!("update {CHOICES}: `UserAttributeGroupValue` stays as an alias of `GroupValue`");
    assert!(ran.stdout.contains(&line), "{ran:?}");
    let choices = copy.read(CHOICES);
    assert!(choices.contains("[former.types]\nUserAttributeGroupValue = \"GroupValue\"\n"), "{choices}");
    assert!(choices.contains("[former.operations]\nall_user_attributes = \"list_user_attributes\"\n"), "{choices}");
    let types = copy.read(&format!("{GENERATED}/looker/types.rs"));
    assert!(types.contains("pub type UserAttributeGroupValue = GroupValue;"), "{types}");

    let before = copy.files();
    for arguments in [["regen", "--check"], ["regen", "--keep-names"]] {
        let ran = copy.run(&arguments);
        assert_eq!(ran.status, 0, "{arguments:?}: {ran:?}");
    }
    let after = copy.files();
    assert_eq!(after.get(&copy.path(CHOICES)), before.get(&copy.path(CHOICES)), "nothing is left to record");
}

#[test]
fn a_second_name_leads_on_to_the_latest() {
    let copy = committed();
    rename(&copy, "UserAttributeGroupValue", "GroupValue");
    set_version(&copy, "0.1.0", "0.1.1");
    assert_eq!(copy.run(&["regen", "--keep-names"]).status, 0);
    copy.commit("second");
    rename(&copy, "GroupValue", "ValueOfGroup");
    rename(&copy, "name: ids", "name: user_ids");
    set_version(&copy, "0.1.1", "0.2.0");
    let ran = copy.run(&["regen", "--keep-names"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let choices = copy.read(CHOICES);
    for entry in [
        "UserAttributeGroupValue = \"GroupValue\"",
        "GroupValue = \"ValueOfGroup\"",
        "\"all_users.ids\" = \"user_ids\"",
    ] {
        assert!(choices.contains(entry), "{entry}: {choices}");
    }
    let types = copy.read(&format!("{GENERATED}/looker/types.rs"));
    for former in ["UserAttributeGroupValue", "GroupValue"] {
        assert!(types.contains(&format!("pub type {former} = ValueOfGroup;")), "{former}: {types}");
    }
    assert!(copy.read(&format!("{GENERATED}/looker/client.rs")).contains("pub fn ids"));
}
