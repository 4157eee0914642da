"""Calls a generated server with the client that openapi-python-client makes from the document of `fastapi_app.py`."""

import sys

from shelf import Client, models
from shelf.api.default import (
    create_item_items_post,
    create_pet_pets_post,
    delete_item_items_item_id_delete,
    download_download_get,
    grow_trees_post,
    list_items_items_get,
    patch_item_items_item_id_patch,
    read_item_items_item_id_get,
    text_texts_path_get,
    total_sum_post,
    upload_uploads_post,
)

# Refusals are read as the document describes them.
client = Client(base_url=sys.argv[1])


def call(operation, status, *arguments, **named):
    response = operation.sync_detailed(*arguments, client=client, **named)
    assert response.status_code == status, (operation.__name__, response)
    return response.parsed


item = models.Item.from_dict(
    {"name": "Lamp", "price": 9.5, "color": "dark-blue", "tags": ["a", "b"], "attributes": {"watts": 40, "socket": None},
     "size": [3, 4], "released": "2024-02-29"}
)
made = call(create_item_items_post, 201, body=item)
assert (made.id, made.name, made.price) == (1, "Lamp", "9.5")
assert call(create_item_items_post, 409, body=item).code == 7
listed = call(list_items_items_get, 200, color=[models.Color.DARK_BLUE, models.Color.RED], limit=5, x_trace="t 1", session="s")
assert [one.name for one in listed] == ["Lamp"]
assert call(read_item_items_item_id_get, 200, 1).size == [3, 4]
patched = call(patch_item_items_item_id_patch, 200, 1, body=models.Patch(released=None))
assert patched.to_dict() == {"released": None}
call(delete_item_items_item_id_delete, 204, 1)
assert call(create_pet_pets_post, 200, body=models.Dog(bark=1.5)).bark == 1.5
assert call(create_pet_pets_post, 200, body=models.Cat(kind="cat", lives=9)).lives == 9
# It sends a file of OpenAPI 3.1 as text without a name, and the word None for null.
uploaded = call(upload_uploads_post, 200, body=models.BodyUploadUploadsPost(file="four", title="T")).to_dict()
assert (uploaded["size"], uploaded["title"], uploaded["rating"]) == (4, "T", None)
call(download_download_get, 200)
assert call(text_texts_path_get, 200, "a b") == "a b"
assert call(total_sum_post, 200, body=[1, 2, 3]) == 6
refused = call(list_items_items_get, 422, limit=1000)
assert (refused.detail[0].loc, refused.detail[0].type_) == (["query", "limit"], "maximum")
# It leaves out the response of this operation, because two schemas have one title.
assert grow_trees_post is not None
print("openapi-python-client: all calls succeeded")
