"""Runs looker-sdk against the sandbox: logs in, sets, reads and deletes attribute values, and logs out."""

import os
import sys

import looker_sdk
from looker_sdk import error, models40

os.environ.update(
    LOOKERSDK_BASE_URL=sys.argv[1],
    LOOKERSDK_CLIENT_ID="looker_client_sandbox",
    LOOKERSDK_CLIENT_SECRET="looker_secret_sandbox",
    LOOKERSDK_VERIFY_SSL="false",
)
sdk = looker_sdk.init40()
assert sdk.me().id == "1"


def first(attribute):
    return sdk.user_attribute_user_values("2", user_attribute_ids=models40.DelimSequence([attribute]))[0]


assert first("2").value == "greece", "the group with the lowest rank"
response = sdk.set_user_attribute_user_value("2", "2", models40.WriteUserAttributeWithValue(value="crete"))
assert response.value == "crete"
assert first("2").value == "crete"
sdk.delete_user_attribute_user_value("2", "2")
assert first("2").value == "greece"
assert sdk.set_user_attribute_user_value("2", "3", models40.WriteUserAttributeWithValue(value="secret")).value is None

made = sdk.create_user_attribute(models40.WriteUserAttribute(name="team_py", label="Team py", type="string"))
try:
    sdk.create_user_attribute(models40.WriteUserAttribute(name="team_py", label="Team py", type="string"))
    raise AssertionError("the name is taken")
except error.SDKError as refused:
    assert len(refused.errors) == 2, refused
sdk.delete_user_attribute(made.id)
try:
    sdk.user_attribute(made.id)
    raise AssertionError("it was deleted")
except error.SDKError as refused:
    assert "Not found" in str(refused), refused
user = sdk.create_user(models40.WriteUser(first_name="Py", last_name="Thon"))
assert sdk.user(user.id).first_name == "Py"
assert any(one.id == user.id for one in sdk.all_users())
sdk.delete_user(user.id)
sdk.logout()

os.environ["LOOKERSDK_CLIENT_SECRET"] = "wrong"
try:
    looker_sdk.init40().me()
    raise AssertionError("a wrong secret logs in")
except error.SDKError:
    pass
print("looker-sdk: logged in, set, read, deleted, logged out")
