"""What an operator sets for a Haravan shop: plain settings, and the credentials of its app."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from retailhub.domain.totals import PartialRefundPolicy

Given = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]


class Settings(BaseModel):
    """Settings of a Haravan shop; none is required."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    webhook_kind: Literal["private", "app"] = Field(
        default="private",
        description="Loại webhook: riêng tư (nhập tay trong trang quản trị) hoặc ứng dụng / Kind of webhook: private"
        " (entered by hand in the shop's admin) or of an app (subscribed by API)",
    )
    partial_refund_policy: PartialRefundPolicy = Field(
        default="net_minus_shipping",
        description="Doanh thu của đơn hoàn tiền một phần / Revenue of a partially refunded order (A-HRV-3)",
    )
    shop_name: str | None = Field(
        default=None, description="Tên cửa hàng cho đơn không có kho / Store name of orders without a location"
    )
    locations: dict[str, str] = Field(
        default_factory=dict,
        description="Mã kho → tên, dùng khi không đọc được từ Haravan / Location id → name,"
        " where Haravan does not tell",
    )


class Credentials(BaseModel):
    """Credentials of the private or public app (haravan.md §1, §2)."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    access_token: Given = Field(description="Token của ứng dụng riêng / Access token of the app in this shop")
    org_id: str | None = Field(
        default=None,
        pattern=r"^\d{1,20}$",
        description="Mã cửa hàng (org id) / The shop's number; webhooks must name it",
    )
    webhook_secret: str | None = Field(
        default=None, description="Chuỗi xác thực webhook trong trang quản trị / Webhook authentication string"
    )
    client_secret: str | None = Field(
        default=None, description="Client secret của ứng dụng / Signs the webhooks of an app"
    )
    verify_token: str | None = Field(
        default=None, description="Verify token của ứng dụng / Answered in the handshake of an app's callback"
    )
