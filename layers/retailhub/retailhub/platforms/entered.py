"""What an operator entered for a connection, in the platform's own shape."""

from typing import Annotated, Any

from pydantic import BaseModel, StringConstraints, ValidationError

from retailhub.domain.errors import Permanent

HubId = Annotated[str, StringConstraints(max_length=500)]
"""The id of a record of the hub; a key of the table has room for 2,048 bytes."""


def entered[M: BaseModel](model: type[M], given: dict[str, Any], whole: str | None = None) -> M:
    """Settings or credentials as they are stored. Raises Permanent `bad_settings` with the field's name and none of its
    content; `whole`: the field to name where it is their combination that cannot work."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or whole
        raise Permanent("bad_settings", first["msg"], field=field) from None
