"""What an operator enters to connect CNV Loyalty; CNV's staff issues most of it (R-CNV-03, R-CNV-21)."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SendOrdersOn = Literal["created", "approved", "paid"]


class Settings(BaseModel):
    """The settings of a CNV connection; nothing in them is secret."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    partner_url: str | None = Field(
        None,
        pattern=r"^https://[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$",
        description="Địa chỉ API đối tác do CNV cấp / Address of the partner API, issued by CNV (cnv_loyalty.md §1)",
    )
    path_prefix: Literal["", "/loyalty", "/api"] = Field(
        "", description="Tiền tố đường dẫn của API mở / Prefix before customers.json and orders.json (§B.2)"
    )
    send_orders_on: SendOrdersOn = Field(
        "created", description="Gửi đơn hàng khi nào / When an order is sent (A-CNV-5)"
    )
    words: dict[str, str] = Field(
        default_factory=dict,
        description=(
            "Trạng thái chung → từ của CNV / Neutral status (new, approved, packing, delivering, delivered, returned, "
            "cancelled, and payment statuses) → CNV's word (§5)"
        ),
    )
    channels: dict[str, str] = Field(
        default_factory=dict,
        description="Thẻ hoặc nguồn → tên kênh / Tag or source → name of the channel, beside the usual four (R-CNV-12)",
    )


class Credentials(BaseModel):
    """Family A's id and secret, family B's token (about 30 days); either family may be missing."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    client_id: str | None = Field(None, max_length=200, description="X-Client-Id do CNV cấp / issued by CNV")
    client_secret: str | None = Field(None, max_length=500, description="X-Client-Secret do CNV cấp / issued by CNV")
    access_token: str | None = Field(
        None,
        max_length=2000,
        description="Mã truy cập API mở / Token of the open platform (read_customers, read_orders)",
    )
