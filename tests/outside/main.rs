//! Serves an API and calls it.

mod petstore;

use std::sync::{Mutex, PoisonError};

use petstore::Client;
use petstore::operations::{AddPetError, AddPetSuccess, GetPetError, GetPetSuccess};
use petstore::server::{AddPetInput, GetPetInput, Petstore, router};
use petstore::types::Pet;
use specwright_runtime::server::{Context, Failure};

#[derive(Default)]
struct Store(Mutex<Vec<Pet>>);

impl Petstore for Store {
    async fn add_pet(&self, input: AddPetInput, _: Context) -> Result<AddPetSuccess, Failure<AddPetError>> {
        let mut pets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let pet = input.body.id(i64::try_from(pets.len()).unwrap_or(i64::MAX));
        pets.push(pet.clone());
        Ok(AddPetSuccess::Created(pet))
    }

    async fn get_pet(&self, input: GetPetInput, _: Context) -> Result<GetPetSuccess, Failure<GetPetError>> {
        let pets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = usize::try_from(input.pet_id).ok().and_then(|index| pets.get(index).cloned());
        Ok(GetPetSuccess::Ok(found.ok_or(GetPetError::NotFound)?))
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, router(Store::default())).await });

    let client = Client::builder(&url).build()?;
    let added = client.add_pet(&Pet::new("Rex")).await?.into_body();
    let found = client.get_pet(added.id.ok_or("no id")?).await?.into_body();
    println!("{} has the id {:?}", found.name, found.id);
    let error = client.get_pet(7).await.err();
    let missing = error.as_ref().and_then(|error| error.api());
    println!("7 is missing: {}", matches!(missing, Some(GetPetError::NotFound)));
    Ok(())
}
