"""API keys: made (shown once), listed, revoked."""

from typing import Any

from retailhub.api.routes import Routes
from retailhub.api.shapes.base import Cursor, Limit, ListOf
from retailhub.api.shapes.trouble import ApiKeyAnswer, MadeApiKey, NewApiKey
from retailhub.api.visit import Here
from retailhub.crm import api_keys, audit, lists
from retailhub.crm.api_keys import ApiKey

routes = Routes("api keys")


def _shown(key: ApiKey) -> dict[str, Any]:
    return {name: getattr(key, name) for name in ApiKeyAnswer.model_fields}


@routes.get("/api-keys", "admin")
def list_api_keys(here: Here, limit: Limit = 50, cursor: Cursor = None) -> ListOf[ApiKeyAnswer]:
    """Các khóa API / The API keys"""
    found = lists.cut(api_keys.every(here.office.table), limit, here.opened(cursor))
    return ListOf[ApiKeyAnswer](**here.page(found, [ApiKeyAnswer(**_shown(key)) for key in found.items]))


@routes.post("/api-keys", "admin", status=201, shown_once=("key",))
def create_api_key(here: Here, new: NewApiKey) -> MadeApiKey:
    """Tạo khóa; chỉ hiện một lần / Make a key; it is shown this once"""
    office = here.office
    named = {"name": new.name, "employee": new.employee}
    key_id = office.new_id()[:20]
    act = audit.act(office, "api_key", key_id, "created", None, {**named, "role": new.role})
    key, text = api_keys.create(
        office.table, act, key_id=key_id, role=new.role, by=office.by, at=office.clock(), **named
    )
    return MadeApiKey(**_shown(key), key=text)


@routes.delete("/api-keys/<key_id>", "admin")
def revoke_api_key(here: Here, key_id: str) -> None:
    """Thu hồi khóa / Revoke a key"""
    api_keys.revoke(here.office.table, key_id, audit.act(here.office, "api_key", key_id, "removed"))
