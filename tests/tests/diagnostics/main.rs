//! Bad documents and good ones, one folder per diagnostic code: what the bad one gets, where, and
//! what people read about it.

mod case;
mod fixtures;
mod manual;
mod repairs;
