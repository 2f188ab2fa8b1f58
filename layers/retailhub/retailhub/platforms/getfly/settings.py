"""What an operator enters to connect a Getfly tenant (R-CNV-20: Getfly CRM 4.0, that is API v3)."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from retailhub.domain.records import OrderStatus, ShippingStatus

ONLY_V3 = "Only Getfly CRM 4.0 (API v3) can be linked; switch allow_other_versions on to try another version"


class Settings(BaseModel):
    """The settings of a Getfly connection; nothing in them is secret."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    tenant: str = Field(
        pattern=r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$",
        description="Tên miền con, ví dụ cuahangmau trong cuahangmau.getflycrm.com / Host part of the tenant's address",
    )
    api_version: Literal["v3", "v6", "v6.1"] = Field("v3", description="Phiên bản API / API version (getfly.md §0.1)")
    allow_other_versions: bool = Field(
        False, description="Cho phép bản khác 4.0 / Allow versions other than 4.0 (A-CNV-8)"
    )
    open_order_days: int = Field(
        60,
        ge=1,
        le=730,
        description="Số ngày xem lại đơn hàng đang xử lý / Days back in which orders are listed again for their status",
    )
    order_statuses: dict[str, OrderStatus] = Field(
        default_factory=dict,
        description="Nhãn trạng thái đơn → trạng thái / Order status label → status, beside the usual ones (§6.4)",
    )
    shipping_statuses: dict[str, ShippingStatus] = Field(
        default_factory=dict,
        description="Mã vận chuyển của hãng → trạng thái / Carrier's word → shipping status, beside the usual ones",
    )
    code_of_lines_without_one: str = Field(
        "KHAC",
        min_length=1,
        max_length=50,
        description="Mã sản phẩm cho dòng hàng không có mã / Product code for order lines without one",
    )

    @model_validator(mode="after")
    def _version_is_allowed(self) -> Self:
        if self.api_version != "v3" and not self.allow_other_versions:
            raise PydanticCustomError("only_getfly_4", ONLY_V3)
        return self


class Credentials(BaseModel):
    """The key of Settings → Integration → Other software integration; it opens the whole tenant."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    api_key: str = Field(min_length=8, max_length=200, description="Getfly API Key (X-API-KEY)")
