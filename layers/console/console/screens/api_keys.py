"""Khóa API: who may sign in and call the API, with which role; made (shown once) and revoked."""

from typing import Any

from aws_lambda_powertools.event_handler import Response

from console.hub_api import Refused
from console.routing import Screens
from console.visit import Visit

screens = Screens()
PATH = "/settings/api-keys"


@screens.get(PATH)
@screens.get(f"{PATH}/<key_id>/revoke")
def api_keys(visit: Visit, key_id: str = "") -> Response[Any]:  # noqa: ARG001 the list, also where one was not revoked
    """The keys, with what each role may do."""
    found = visit.hub.page("/api-keys", **visit.asked())
    visit.call_up(key[name] for key in found.items for name in ("employee", "created_by"))
    return visit.page("api_keys/list.html", found=found)


@screens.get(f"{PATH}/new")
def new_api_key(visit: Visit) -> Response[Any]:
    """The form for a new one; nobody gets more rights than they need unless somebody chooses so."""
    visit.form.values["role"] = "viewer"
    return visit.page("api_keys/form.html", employees=_staff(visit))


@screens.post(f"{PATH}/new")
def create_api_key(visit: Visit) -> Response[Any]:
    """Make a key and show it, this once: the answer itself is the page."""
    told = visit.form.texts("name", "employee", "role")
    try:
        made = visit.hub.post("/api-keys", {name: value for name, value in told.items() if value}, once=visit.form.once)
    except Refused as refusal:
        visit.form.refused(refusal)
        return visit.again("api_keys/form.html", employees=_staff(visit))
    visit.call_up([made["employee"]])
    return visit.page("api_keys/made.html", made=made)


@screens.post(f"{PATH}/<key_id>/revoke")
def revoke_api_key(visit: Visit, key_id: str) -> Response[Any]:
    """Revoke a key: from now on it opens nothing."""
    try:
        visit.hub.delete(f"/api-keys/{key_id}")
    except Refused as refusal:
        visit.form.refused(refusal)
        return api_keys(visit)
    return visit.go(PATH, "revoked")


def _staff(visit: Visit) -> list[tuple[str, str]]:
    return visit.choices("/employees", active=True)
