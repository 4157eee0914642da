//! A scripted service for each provider, with its credentials and operations.

use specwright_runtime::Secret;

use crate::script::SECRET;
use crate::scripted;

fn known(secret: &Secret) -> bool {
    secret.matches(SECRET)
}

scripted! {
    /// A scripted service of Looker.
    Looker for looker::Looker, |credentials| match credentials {
        generated_client::looker::Credentials::AccessToken(token) => known(token),
    };
    login(anyone LoginInput) -> LoginSuccess, LoginError;
    logout(LogoutInput) -> LogoutSuccess, LogoutError;
    me(MeInput) -> MeSuccess, MeError;
    all_users(AllUsersInput) -> AllUsersSuccess, AllUsersError;
    create_user(CreateUserInput) -> CreateUserSuccess, CreateUserError;
    user(UserInput) -> UserSuccess, UserError;
    update_user(UpdateUserInput) -> UpdateUserSuccess, UpdateUserError;
    delete_user(DeleteUserInput) -> DeleteUserSuccess, DeleteUserError;
    user_attribute_user_values(UserAttributeUserValuesInput) -> UserAttributeUserValuesSuccess, UserAttributeUserValuesError;
    set_user_attribute_user_value(SetUserAttributeUserValueInput) -> SetUserAttributeUserValueSuccess, SetUserAttributeUserValueError;
    delete_user_attribute_user_value(DeleteUserAttributeUserValueInput) -> DeleteUserAttributeUserValueSuccess, DeleteUserAttributeUserValueError;
    all_user_attributes(AllUserAttributesInput) -> AllUserAttributesSuccess, AllUserAttributesError;
    create_user_attribute(CreateUserAttributeInput) -> CreateUserAttributeSuccess, CreateUserAttributeError;
    user_attribute(UserAttributeInput) -> UserAttributeSuccess, UserAttributeError;
    update_user_attribute(UpdateUserAttributeInput) -> UpdateUserAttributeSuccess, UpdateUserAttributeError;
    delete_user_attribute(DeleteUserAttributeInput) -> DeleteUserAttributeSuccess, DeleteUserAttributeError;
    all_user_attribute_group_values(AllUserAttributeGroupValuesInput) -> AllUserAttributeGroupValuesSuccess, AllUserAttributeGroupValuesError;
    set_user_attribute_group_values(SetUserAttributeGroupValuesInput) -> SetUserAttributeGroupValuesSuccess, SetUserAttributeGroupValuesError;
    update_user_attribute_group_value(UpdateUserAttributeGroupValueInput) -> UpdateUserAttributeGroupValueSuccess, UpdateUserAttributeGroupValueError;
    delete_user_attribute_group_value(DeleteUserAttributeGroupValueInput) -> DeleteUserAttributeGroupValueSuccess, DeleteUserAttributeGroupValueError;
}

scripted! {
    /// A scripted service of Prelude.
    PreludeSo for prelude_so::PreludeSo, |credentials| match credentials {
        generated_client::prelude_so::Credentials::Authorization(token) => known(token),
    };
    patch_user_profile(PatchUserProfileInput) -> PatchUserProfileSuccess, PatchUserProfileError;
    list_users(ListUsersInput) -> ListUsersSuccess, ListUsersError;
    create_user(CreateUserInput) -> CreateUserSuccess, CreateUserError;
    get_user(GetUserInput) -> GetUserSuccess, GetUserError;
    delete_user(DeleteUserInput) -> DeleteUserSuccess, DeleteUserError;
    set_user_external_id(SetUserExternalIdInput) -> SetUserExternalIdSuccess, SetUserExternalIdError;
}

scripted! {
    /// A scripted service of Rownd.
    Rownd for rownd::Rownd, |credentials| match credentials {
        generated_client::rownd::Credentials::AppKeyAndAppSecret { app_key, app_secret } => known(app_key) && known(app_secret),
        generated_client::rownd::Credentials::HubAccessTokenForRowndApi(token) => known(token),
        generated_client::rownd::Credentials::AppKey(key) => known(key),
    };
    application_user_data_field_update(ApplicationUserDataFieldUpdateInput) -> ApplicationUserDataFieldUpdateSuccess, ApplicationUserDataFieldUpdateError;
    application_user_data_field_get(ApplicationUserDataFieldGetInput) -> ApplicationUserDataFieldGetSuccess, ApplicationUserDataFieldGetError;
    application_user_data_get(ApplicationUserDataGetInput) -> ApplicationUserDataGetSuccess, ApplicationUserDataGetError;
    application_user_data_update(ApplicationUserDataUpdateInput) -> ApplicationUserDataUpdateSuccess, ApplicationUserDataUpdateError;
    application_user_data_patch(ApplicationUserDataPatchInput) -> ApplicationUserDataPatchSuccess, ApplicationUserDataPatchError;
    application_user_data_delete(ApplicationUserDataDeleteInput) -> ApplicationUserDataDeleteSuccess, ApplicationUserDataDeleteError;
    application_users_data_list(ApplicationUsersDataListInput) -> ApplicationUsersDataListSuccess, ApplicationUsersDataListError;
    application_users_data_upsert(ApplicationUsersDataUpsertInput) -> ApplicationUsersDataUpsertSuccess, ApplicationUsersDataUpsertError;
    application_user_state_update(ApplicationUserStateUpdateInput) -> ApplicationUserStateUpdateSuccess, ApplicationUserStateUpdateError;
    hub_app_config_get(HubAppConfigGetInput) -> HubAppConfigGetSuccess, HubAppConfigGetError;
    hub_auth_metadata_get(anyone HubAuthMetadataGetInput) -> HubAuthMetadataGetSuccess, HubAuthMetadataGetError;
    hub_auth_keys_get(anyone HubAuthKeysGetInput) -> HubAuthKeysGetSuccess, HubAuthKeysGetError;
}

scripted! {
    /// A scripted service of `StateSet`.
    Stateset for stateset::Stateset, |credentials| match credentials {
        generated_client::stateset::Credentials::Token(token) | generated_client::stateset::Credentials::Bearer(token) => known(token),
    };
    list_users(ListUsersInput) -> ListUsersSuccess, ListUsersError;
    create_user(CreateUserInput) -> CreateUserSuccess, CreateUserError;
    get_user(GetUserInput) -> GetUserSuccess, GetUserError;
    update_user(UpdateUserInput) -> UpdateUserSuccess, UpdateUserError;
}
