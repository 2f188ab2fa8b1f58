"""What an operator sets for a KiotViet store (A-KV-1): plain settings, and the credentials of its API."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from retailhub.domain.kinds import RecordType
from retailhub.platforms.entered import HubId

Given = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class Settings(BaseModel):
    """Settings of a KiotViet store; none is required."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    NAMES: ClassVar[dict[str, RecordType]] = {
        "default_contract_type": "contract_type",
        "default_owner": "employee",
        "sellers": "employee",
    }
    """The settings that name records of the hub."""

    branches: tuple[int, ...] = Field(
        default=(),
        description="Mã các chi nhánh lấy hóa đơn; để trống là tất cả / Ids of the branches whose invoices are taken;"
        " empty: all",
    )
    overlap_hours: int = Field(
        default=0,
        ge=0,
        le=168,
        description="Số giờ lùi thêm khi lấy dữ liệu bị lỡ / Further hours that a catch-up looks back: KiotViet does"
        " not say in which time zone it reads `lastModifiedFrom`; Vietnamese time is assumed, 7 covers UTC too",
    )
    default_contract_type: HubId | None = Field(
        default=None, description="Loại hợp đồng mặc định / Contract type of contracts made from invoices"
    )
    default_owner: HubId | None = Field(
        default=None,
        description="Nhân viên phụ trách mặc định / Owner of a contract whose seller and customer have none",
    )
    sellers: dict[str, HubId] = Field(
        default_factory=dict,
        description="Mã người bán KiotViet → nhân viên / KiotViet's seller id (soldById) → employee",
    )


class Credentials(BaseModel):
    """Credentials of "Thiết lập kết nối API" in the store's settings (kiotviet.md §1)."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    retailer: Given = Field(description="Tên kết nối (mã gian hàng) / Shop code, sent as header Retailer")
    client_id: Given = Field(description="Client ID")
    client_secret: Given = Field(description="Mã bảo mật / Client secret")
