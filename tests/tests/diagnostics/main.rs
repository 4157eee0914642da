//! Bad and good fixtures of every diagnostic, with its location, message, manual and repair.

mod fixture;
mod fixtures;
mod manual;
mod repairs;
