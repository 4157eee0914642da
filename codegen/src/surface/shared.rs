//! Says which places share a definition.

use super::Surface;
use crate::ir::model::Api;

/// Adds the aliases of `shared.rs`. A place has the items of its own content in any case, so it keeps
/// them when another one becomes equal to it.
pub(super) fn add(surface: &mut Surface, api: &Api) {
    for (_, definition) in api.types.iter() {
        let Some(shared) = definition.shared else { continue };
        let place = format!("types::{}", definition.name);
        surface.shared.insert(place, format!("shared::{}", api.types.get(shared).name));
    }
    for group in &api.header_groups {
        let Some(shared) = group.shared.and_then(|index| api.shared_headers.get(index)) else { continue };
        surface.shared.insert(format!("operations::{}", group.name), format!("shared::{}", shared.name));
    }
}
