"""An application of FastAPI that a generated client calls: `app.py PORT` serves it, `app.py` prints its document."""

import json
import sys
from datetime import date, datetime, timezone
from decimal import Decimal
from enum import Enum
from typing import Annotated, Literal, Union

from fastapi import Body, Cookie, FastAPI, File, Form, Header, HTTPException, Path, Query, Response, UploadFile
from fastapi.responses import PlainTextResponse, StreamingResponse
from pydantic import BaseModel, Field

app = FastAPI(title="Shelf", version="1.0.0")


class Color(str, Enum):
    RED = "red"
    DARK_BLUE = "dark-blue"


class Item(BaseModel):
    name: Annotated[str, Field(min_length=1, max_length=20)]
    price: Annotated[Decimal, Field(gt=0)]
    color: Color = Color.RED
    tags: set[str] = set()
    attributes: dict[str, int | str | None] = {}
    size: tuple[int, int] = (1, 1)
    released: date | None = None


class Stored(Item):
    id: int
    created: datetime


class Patch(BaseModel):
    name: str | None = None
    released: date | None = None


class Cat(BaseModel):
    kind: Literal["cat"]
    lives: int


class Dog(BaseModel):
    kind: Literal["dog"] = "dog"
    bark: float


Pet = Annotated[Union[Cat, Dog], Field(discriminator="kind")]


class Tree(BaseModel):
    value: int
    children: list["Tree"] = []


class Problem(BaseModel):
    code: int


ITEMS: dict[int, Stored] = {}


@app.get("/items")
def list_items(
    response: Response,
    color: Annotated[list[Color], Query()] = [],
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    since: datetime | None = None,
    x_trace: Annotated[str | None, Header()] = None,
    session: Annotated[str | None, Cookie()] = None,
) -> list[Stored]:
    response.headers["x-echo"] = json.dumps([[one.value for one in color], limit, since and since.isoformat(), x_trace, session])
    return [item for item in ITEMS.values() if not color or item.color in color][:limit]


@app.post("/items", status_code=201, responses={409: {"model": Problem}})
def create_item(item: Item) -> Stored:
    if any(one.name == item.name for one in ITEMS.values()):
        raise Duplicate()
    stored = Stored(id=len(ITEMS) + 1, created=datetime(2024, 1, 2, 3, 4, 5, tzinfo=timezone.utc), **item.model_dump())
    ITEMS[stored.id] = stored
    return stored


class Duplicate(Exception):
    pass


@app.exception_handler(Duplicate)
def duplicate(*_):
    return Response('{"code": 7}', 409, media_type="application/json")


@app.get("/items/{item_id}")
def read_item(item_id: Annotated[int, Path(ge=1)]) -> Stored:
    if item_id not in ITEMS:
        raise HTTPException(404)
    return ITEMS[item_id]


@app.patch("/items/{item_id}")
def patch_item(item_id: int, patch: Patch) -> dict[str, str | None]:
    return {name: value and str(value) for name, value in patch.model_dump(exclude_unset=True).items()}


@app.delete("/items/{item_id}", status_code=204)
def delete_item(item_id: int) -> None:
    ITEMS.pop(item_id, None)


@app.post("/pets")
def create_pet(pet: Pet) -> Pet:
    return pet


@app.post("/trees")
def grow(tree: Tree) -> Tree:
    return Tree(value=tree.value + 1, children=[tree])


@app.post("/uploads")
def upload(file: Annotated[UploadFile, File()], title: Annotated[str, Form()], rating: Annotated[int | None, Form()] = None) -> dict[str, str | int | None]:
    return {"name": file.filename, "size": len(file.file.read()), "title": title, "rating": rating}


@app.get("/download", response_class=StreamingResponse)
def download() -> StreamingResponse:
    return StreamingResponse(iter([b"by", b"tes"]), media_type="application/octet-stream")


@app.get("/texts/{path:path}", response_class=PlainTextResponse)
def text(path: str) -> str:
    return path


@app.post("/sum")
def total(numbers: Annotated[list[int], Body()]) -> int:
    return sum(numbers)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        print(json.dumps(app.openapi(), indent=2))
    else:
        import uvicorn

        uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
