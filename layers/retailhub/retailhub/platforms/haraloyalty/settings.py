"""What an operator enters to connect Haraloyalty: whose members they are, a token (mini_crm_haraloyalty.md §2.1)."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Given = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class Settings(BaseModel):
    """Settings of a Haraloyalty connection; nothing in them is secret."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    haravan: str | None = Field(
        default=None,
        max_length=100,
        description="Mã kết nối Haravan có các khách hàng này / Id of the Haravan connection whose customers the"
        " profiles belong to; without it they are found by phone only",
    )


class Credentials(BaseModel):
    """The token of an app in the shop with the scope `loy.read_profiles`."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    access_token: Given = Field(description="Token ứng dụng Haravan, quyền loy.read_profiles / Access token of the app")
