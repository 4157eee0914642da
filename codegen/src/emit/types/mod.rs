//! Prints `types.rs`: the table of types becomes structs, enums, unions, newtypes and aliases.
