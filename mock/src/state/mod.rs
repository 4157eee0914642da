//! State: the resources that the paths of a document imply. What is created can be read, listed,
//! changed and deleted.
//!
//! **Invariant:** a response from the state is valid for its documented type, like a response from
//! the document. Where the state would violate the type, the document decides.

mod behaviour;
mod fields;
mod identity;
mod in_place;
mod items;
mod list;
mod recognize;
mod record;
mod removed;
mod resource;
mod response;
mod settings;

pub use self::behaviour::Behaviour;
pub(crate) use self::in_place::in_place;
pub use self::items::State;
pub use self::recognize::recognize;
pub use self::resource::{Place, Resource, Role};
pub use self::response::StateResponse;
pub use self::settings::{ResourceSettings, SettingsError, StateSettings};
