//! One folder of fixtures for each diagnostic code: the bad document gets the code, at a location
//! and with a manual; the good one does not.

mod case;
mod fixtures;
mod manual;
mod repairs;
