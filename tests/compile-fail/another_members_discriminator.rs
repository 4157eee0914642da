//! The tag of a member is filled in, so that no other one can be given.

use tests::generated::union_discriminator::types::{Cat, CatRequired};

fn main() {
    let _ = Cat::new("Dog", "Tom");
    let _ = Cat::new(CatRequired { kind: "Dog".to_owned(), name: "Tom".to_owned() });
}
