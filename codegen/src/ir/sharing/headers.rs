//! Defines the groups of headers that several places share.

use std::collections::BTreeMap;

use super::classes::Classes;
use super::{Class, docs, name, sorted, uses};
use crate::ir::model::{HeaderGroup, TypeTable};
use crate::ir::naming::{Naming, fnv64};

/// The classes of equal groups.
pub(super) fn classes(table: &TypeTable, groups: &[HeaderGroup], classes: &Classes) -> Vec<Class<usize>> {
    let mut members: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, group) in groups.iter().enumerate() {
        members.entry(classes.keys(table).of_headers(group)).or_default().push(index);
    }
    let shared = members.into_values().filter(|members| members.len() > 1);
    let found = shared.filter_map(|members| {
        let group = groups.get(*members.first()?)?;
        let digest = fnv64(&classes.contents(table).of_headers(group));
        Some(Class { stem: name::of_headers(group), digest, members })
    });
    sorted(found.collect())
}

/// The definitions of classes. The members of each class become aliases of its definition.
pub(super) fn define(
    table: &TypeTable,
    groups: &mut [HeaderGroup],
    classes: &[Class<usize>],
    naming: &mut Naming,
) -> Vec<HeaderGroup> {
    let mut shared = Vec::with_capacity(classes.len());
    for class in classes {
        let members: Vec<&HeaderGroup> = class.members.iter().filter_map(|member| groups.get(*member)).collect();
        let Some(mut group) = docs::common_headers(&members) else { continue };
        group.name = class.name(naming);
        group.headers.iter_mut().for_each(|header| header.ty = uses::shared(table, &header.ty));
        for member in &class.members {
            if let Some(place) = groups.get_mut(*member) {
                place.shared = Some(shared.len());
            }
        }
        shared.push(group);
    }
    shared
}
