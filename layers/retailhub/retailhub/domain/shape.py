"""The base of everything that is stored."""

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """Unknown fields are a mistake of ours, NaN and infinities are refused, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
