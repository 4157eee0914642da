//! Implements the generated trait of Looker.

use generated_client::looker::operations as ops;
use generated_client::looker::security::Credentials;
use generated_client::looker::server as api;
use http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use specwright_runtime::server::{AuthError, Context, Failure, Rejection, Response};

use super::error::{HELP, OperationError};
use super::{TOKENS, USERS};
use crate::providers::methods::methods;
use crate::providers::{make, reject};
use crate::store::{Database, Transaction};

/// The service behind the generated trait.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) database: Database,
    /// Lifetime of a token, in seconds.
    pub(crate) token_lifetime: i64,
}

/// The user who is logged in.
#[derive(Debug)]
pub(crate) struct Caller {
    pub(super) user: String,
    pub(super) token: String,
}

impl Service {
    /// The next number that is not yet an ID in a collection.
    pub(super) async fn next_id(
        tx: &mut Transaction<'_>,
        kind: &str,
        collection: &str,
    ) -> Result<String, OperationError> {
        let last = tx.get("looker/next", kind).await?;
        let mut number = last.as_ref().and_then(Value::as_i64).unwrap_or_default();
        loop {
            number += 1;
            let id = number.to_string();
            if tx.get(collection, &id).await?.is_none() {
                tx.put("looker/next", kind, json!(number)).await?;
                return Ok(id);
            }
        }
    }
}

/// Reduces a response to the requested members and the required ones.
pub(super) fn fields<T: DeserializeOwned>(
    mut response: Value,
    names: Option<&str>,
    required: &[&str],
) -> Result<T, OperationError> {
    if let (Some(names), Some(members)) = (names, response.as_object_mut()) {
        let names: Vec<&str> = names.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        if !names.is_empty() {
            members.retain(|name, _| names.contains(&name.as_str()) || required.contains(&name.as_str()));
        }
    }
    Ok(serde_json::from_value(response)?)
}

impl api::Looker for Service {
    type Principal = Caller;

    async fn authenticate(&self, credentials: Credentials, _: &Context) -> Result<Caller, AuthError> {
        let Credentials::AccessToken(token) = credentials;
        let record = self.database.get(TOKENS, token.expose()).await;
        let record = record.map_err(AuthError::internal)?.ok_or(AuthError::Unauthorized)?;
        if record["expires_at"].as_i64().is_some_and(|at| at <= make::seconds()) {
            return Err(AuthError::Unauthorized);
        }
        let user = make::text(&record, "user_id").to_owned();
        match self.database.get(USERS, &user).await.map_err(AuthError::internal)? {
            Some(record) if record["is_disabled"] != json!(true) => {
                Ok(Caller { user, token: token.expose().to_owned() })
            }
            _ => Err(AuthError::Unauthorized),
        }
    }

    fn reject(&self, rejection: Rejection) -> Response {
        let status = rejection.status();
        reject::respond_to(rejection, status, |rejection| {
            let message = match status {
                StatusCode::UNAUTHORIZED => "Requires authentication.",
                StatusCode::UNPROCESSABLE_ENTITY => "Validation Failed",
                _ => rejection.detail(),
            };
            let mut body = json!({"message": message, "documentation_url": HELP});
            if status == StatusCode::UNPROCESSABLE_ENTITY {
                let errors = rejection.violations().iter().map(|at| {
                    json!({"field": at.pointer, "code": "invalid", "message": at.detail, "documentation_url": HELP})
                });
                body["errors"] = errors.collect();
            }
            body
        })
    }

    async fn login(&self, input: api::LoginInput, _: Context) -> Result<ops::LoginSuccess, Failure<ops::LoginError>> {
        Ok(ops::LoginSuccess::Ok(self.log_in(input).await?))
    }

    methods! {
        logout(service, caller, _input: LogoutInput) -> LogoutSuccess::NoContent, LogoutError =
            service.log_out(&caller);
        me(service, caller, input: MeInput) -> MeSuccess::Ok, MeError =
            service.read_user(&caller.user, input.fields.as_deref());
        all_users(service, _caller, input: AllUsersInput) -> AllUsersSuccess::Ok, AllUsersError =
            service.list_users(&input);
        create_user(service, _caller, input: CreateUserInput) -> CreateUserSuccess::Ok, CreateUserError =
            service.create_user(&input.body);
        user(service, _caller, input: UserInput) -> UserSuccess::Ok, UserError =
            service.read_user(input.user_id.as_str(), input.fields.as_deref());
        update_user(service, _caller, input: UpdateUserInput) -> UpdateUserSuccess::Ok, UpdateUserError =
            service.update_user(input.user_id.as_str(), &input.body);
        delete_user(service, caller, input: DeleteUserInput) -> DeleteUserSuccess::NoContent, DeleteUserError =
            service.delete_user(&caller, input.user_id.as_str());
        user_attribute_user_values(service, _caller, input: UserAttributeUserValuesInput)
            -> UserAttributeUserValuesSuccess::Ok, UserAttributeUserValuesError =
            service.user_values(&input);
        set_user_attribute_user_value(service, _caller, input: SetUserAttributeUserValueInput)
            -> SetUserAttributeUserValueSuccess::Ok, SetUserAttributeUserValueError =
            service.set_user_value(
                input.user_id.as_str(),
                input.user_attribute_id.as_str(),
                input.body.value.value().map(String::as_str),
            );
        delete_user_attribute_user_value(service, _caller, input: DeleteUserAttributeUserValueInput)
            -> DeleteUserAttributeUserValueSuccess::NoContent, DeleteUserAttributeUserValueError =
            service.delete_user_value(input.user_id.as_str(), input.user_attribute_id.as_str());
        all_user_attributes(service, _caller, input: AllUserAttributesInput)
            -> AllUserAttributesSuccess::Ok, AllUserAttributesError =
            service.list_attributes(input.fields.as_deref(), input.sorts.as_deref());
        create_user_attribute(service, _caller, input: CreateUserAttributeInput)
            -> CreateUserAttributeSuccess::Ok, CreateUserAttributeError =
            service.create_attribute(&input.body, input.fields.as_deref());
        user_attribute(service, _caller, input: UserAttributeInput)
            -> UserAttributeSuccess::Ok, UserAttributeError =
            service.read_attribute(input.user_attribute_id.as_str(), input.fields.as_deref());
        update_user_attribute(service, _caller, input: UpdateUserAttributeInput)
            -> UpdateUserAttributeSuccess::Ok, UpdateUserAttributeError =
            service.update_attribute(input.user_attribute_id.as_str(), &input.body, input.fields.as_deref());
        delete_user_attribute(service, _caller, input: DeleteUserAttributeInput)
            -> DeleteUserAttributeSuccess::NoContent, DeleteUserAttributeError =
            service.delete_attribute(input.user_attribute_id.as_str());
        all_user_attribute_group_values(service, _caller, input: AllUserAttributeGroupValuesInput)
            -> AllUserAttributeGroupValuesSuccess::Ok, AllUserAttributeGroupValuesError =
            service.group_values(input.user_attribute_id.as_str(), input.fields.as_deref());
        set_user_attribute_group_values(service, _caller, input: SetUserAttributeGroupValuesInput)
            -> SetUserAttributeGroupValuesSuccess::Ok, SetUserAttributeGroupValuesError =
            service.set_group_values(input.user_attribute_id.as_str(), &input.body);
        update_user_attribute_group_value(service, _caller, input: UpdateUserAttributeGroupValueInput)
            -> UpdateUserAttributeGroupValueSuccess::Ok, UpdateUserAttributeGroupValueError =
            service.update_group_value(input.group_id.as_str(), input.user_attribute_id.as_str(), &input.body);
        delete_user_attribute_group_value(service, _caller, input: DeleteUserAttributeGroupValueInput)
            -> DeleteUserAttributeGroupValueSuccess::NoContent, DeleteUserAttributeGroupValueError =
            service.delete_group_value(input.group_id.as_str(), input.user_attribute_id.as_str());
    }
}
