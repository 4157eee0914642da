//! Records which places share a definition.

use super::{Shared, Surface, key};
use crate::ir::model::Api;

/// Adds the aliases of types in `shared.rs`. A place always has the items of its own content, so it
/// keeps them when another place becomes equal to it.
pub(super) fn add(surface: &mut Surface, api: &Api) {
    for (_, definition) in api.types.iter() {
        let Some(shared) = definition.shared else { continue };
        let place = format!("types::{}", definition.name);
        let key = key(&["type", definition.name.as_str()]);
        surface.shared.insert(place, Shared { key, definition: format!("shared::{}", api.types.get(shared).name) });
    }
}

/// Adds the alias of a group of headers whose struct has this key.
pub(super) fn add_headers(surface: &mut Surface, api: &Api, group: usize, key: String) {
    let Some(group) = api.header_groups.get(group) else { return };
    if let Some(shared) = group.shared.and_then(|index| api.shared_headers.get(index)) {
        let place = format!("operations::{}", group.name);
        let shared = Shared { key, definition: format!("shared::{}", shared.name) };
        surface.shared.entry(place).or_insert(shared);
    }
}
