"""What an operator sets for the sync of leads from the CRMVIET cloud (R-SYN-04 … R-SYN-11)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from retailhub.domain.lead_filter import LeadFilter


class LeadSyncSettings(LeadFilter):
    """Settings of the lead sync; nothing in them is secret.

    The address has no default: nobody's password goes to a host that we guessed (crmviet.md §4).
    """

    base_url: str | None = Field(
        default=None,
        max_length=300,
        pattern=r"^https://[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(:\d{1,5})?(/[A-Za-z0-9._-]+)*/?$",
        description="Địa chỉ bản cloud, ví dụ https://congty.crmviet.vn/crm / Address of the cloud edition",
    )
    email: str | None = Field(
        default=None,
        max_length=320,
        pattern=r"^[^@\s]+@[^@\s]+$",
        description="Email đăng nhập bản cloud / E-mail of the cloud account (R-SYN-04)",
    )
    every_minutes: Literal[5, 10, 15] | None = Field(
        default=None,
        description="Tự động sau 5, 10 hoặc 15 phút; trống = tắt / Period in minutes; none: off (R-SYN-06, A-SYN-1)",
    )


class CloudCredentials(BaseModel):
    """The password of the cloud account; kept in the parameter store, never shown again (A-SYN-5)."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    password: str = Field(min_length=1, max_length=500, description="Mật khẩu bản cloud / Password of the account")
