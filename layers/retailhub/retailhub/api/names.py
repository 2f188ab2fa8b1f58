"""Names: what people call the records behind ids, many in one call."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from retailhub.api.routes import Routes
from retailhub.api.shapes.base import Answer
from retailhub.api.visit import Here
from retailhub.crm import names

routes = Routes("names")
MOST = 100


class NamesAnswer(Answer):
    """Id → name. What has none, or is known no more, is missing."""

    names: dict[str, str]


@routes.get("/names", "viewer")
def get_names(
    here: Here, ids: Annotated[str, Query(max_length=4000, description="Separated by commas")]
) -> NamesAnswer:
    """Tên của các bản ghi theo id / What records are called, by their ids"""
    wanted = list(dict.fromkeys(one.strip() for one in ids.split(",") if one.strip()))[:MOST]
    found = names.read(here.office, (one for one in wanted if names.kind_of(one) is None), wanted)
    called = found.records | {one: name for one, (_, name) in found.connections.items()}
    return NamesAnswer(names={one: called[one] for one in wanted if one in called})
