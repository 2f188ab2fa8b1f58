"""Whether the hub answers; the one thing that needs no key."""

from retailhub.api.routes import Routes
from retailhub.api.shapes.base import Answer
from retailhub.api.visit import Here

routes = Routes("health")


class Health(Answer):
    """The hub answers, and what time it has."""

    status: str
    at: str


@routes.get("/health", None)
def health(here: Here) -> Health:
    """Hệ thống có trả lời không / Whether the hub answers"""
    return Health(status="ok", at=here.office.clock())
