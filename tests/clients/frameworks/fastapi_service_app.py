"""An application of FastAPI with a login, pages, uploads and events: `app.py PORT` serves it, `app.py` prints its document."""

import json
import sys
from collections.abc import Iterable
from typing import Annotated

from fastapi import Depends, FastAPI, File, Form, Header, HTTPException, Query, UploadFile
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel

app = FastAPI(title="Service", version="1.0.0", servers=[{"url": "/"}])
bearer = OAuth2PasswordBearer(tokenUrl="token", scopes={"photos": "Read and write photos"})

# Each token is valid for so many requests.
TOKENS: dict[str, int] = {}
PHOTOS = [{"id": number, "title": f"photo {number}"} for number in range(1, 8)]


class Token(BaseModel):
    access_token: str
    token_type: str = "bearer"
    expires_in: int = 3600


class Photo(BaseModel):
    id: int
    title: str


class Photos(BaseModel):
    items: list[Photo]
    total: int


class Received(BaseModel):
    name: str
    media_type: str
    size: int
    title: str


def user(token: Annotated[str, Depends(bearer)]) -> str:
    if TOKENS.get(token, 0) == 0:
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    TOKENS[token] -= 1
    return "jo"


User = Annotated[str, Depends(user)]


@app.post("/token", operation_id="log_in")
def log_in(form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> Token:
    if (form.username, form.password, form.scopes) != ("jo", "hunter2", ["photos"]):
        raise HTTPException(400)
    token = f"token {len(TOKENS) + 1}"
    TOKENS[token] = 3
    return Token(access_token=token)


@app.get("/photos", operation_id="list_photos")
def list_photos(_: User, limit: Annotated[int, Query(ge=1, le=3)] = 3, offset: Annotated[int, Query(ge=0)] = 0) -> Photos:
    return Photos(items=PHOTOS[offset : offset + limit], total=len(PHOTOS))


@app.post("/photos", operation_id="add_photo")
def add_photo(_: User, file: Annotated[UploadFile, File()], title: Annotated[str, Form()]) -> Received:
    return Received(name=file.filename, media_type=file.content_type, size=len(file.file.read()), title=title)


# Two events for each connection, as behind a proxy that closes it.
@app.get("/events", operation_id="watch", response_class=EventSourceResponse)
def watch(_: User, last_event_id: Annotated[int, Header()] = 0) -> Iterable[Photo]:
    for photo in PHOTOS[last_event_id : last_event_id + 2]:
        yield ServerSentEvent(data=Photo(**photo), id=str(photo["id"]), retry=10)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        print(json.dumps(app.openapi(), indent=2))
    else:
        import uvicorn

        uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
