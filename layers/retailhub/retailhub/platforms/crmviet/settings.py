"""What an operator sets for a CRMVIET: who its users are here. It has no API that we would call (crmviet.md §0)."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from retailhub.domain.records import ContractStatus, RecordType
from retailhub.platforms.entered import HubId


class Settings(BaseModel):
    """Settings of a CRMVIET connection; none is required."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    NAMES: ClassVar[dict[str, RecordType]] = {"owners": "employee"}
    """The settings that name records of the hub."""

    owners: dict[str, HubId] = Field(
        default_factory=dict,
        description="Mã người dùng CRMVIET → nhân viên / CRMVIET's user id (USER_OWNER) → employee",
    )
    statuses: dict[str, ContractStatus] = Field(
        default_factory=dict,
        description="Mã trạng thái hợp đồng → processing, completed, cancelled, undeliverable / Contract status id →"
        " one of these; CRMVIET's table is the customer's own",
    )


class Credentials(BaseModel):
    """None: the webhook is proven by the connection's own secret."""

    model_config = ConfigDict(extra="forbid", frozen=True)
