"""Reward points as the admin API shows them and takes them."""

from typing import Annotated

from pydantic import Field

from retailhub.api.messages import Language, said
from retailhub.api.shapes.base import Answer, Asking, NotNull, RecordMarks, content_of
from retailhub.domain.money import Money
from retailhub.domain.points import Kind, Offer
from retailhub.domain.records import Record
from retailhub.domain.rules import PointSettings
from retailhub.store.points import Entry

MOST_MONEY, MOST_POINTS = 10**12, 10**9

Dong = Annotated[int, Field(strict=True, ge=0, le=MOST_MONEY)]
Whole = Annotated[int, Field(strict=True, ge=0, le=MOST_POINTS)]


class PointSettingsAnswer(RecordMarks, PointSettings):
    """A, B, N and M (Tham số điểm thưởng); version 0: nobody has set them yet."""


class PointSettingsEdit(Asking):
    """What an admin sets; what is not sent stays."""

    amount_per_point: Annotated[int, Field(strict=True, ge=1, le=MOST_MONEY)] | None = Field(
        default=None,
        description="A: số tiền được 1 điểm; null: không tích điểm / A: đồng that earn 1 point; null: nothing earns",
    )
    point_value: Annotated[Dong | None, NotNull] = Field(
        default=None,
        description="B: 1 điểm giảm bao nhiêu đồng; 0: không đổi điểm / B: đồng that 1 point pays; 0: no redeeming",
    )
    min_purchases: Annotated[Whole | None, NotNull] = Field(
        default=None,
        description="N: số lần mua phải lớn hơn N, tính cả hợp đồng đang thanh toán / N: purchases, the present one"
        " included, must be more than this",
    )
    min_points_left: Annotated[Whole | None, NotNull] = Field(
        default=None,
        description="M: số điểm phải còn lại sau khi đổi / M: points that must be left after redeeming",
    )
    net_of_points: Annotated[bool | None, NotNull] = Field(
        default=None,
        description="Tích điểm trên giá trị đã trừ tiền điểm / Earn on the value less the points' discount",
    )


class LedgerReason(Answer):
    """Why points moved: a code, in words, who did it (employee or connection), and the numbers behind it, in đồng."""

    code: str
    message: str
    by: str
    value: Money | None = None
    rate: Money | None = None
    discount: Money | None = None


class LedgerLine(Answer):
    """One entry of a ledger: points with their sign, and the balance after it."""

    at: str
    kind: Kind
    points: int
    contract: str
    reason: LedgerReason
    balance: int


class PointsAnswer(Answer):
    """A customer's points. redeemable: at most, if there is enough to pay. ledger: newest first."""

    balance: int
    redeemable: int
    purchases: int
    ledger: list[LedgerLine]
    next_cursor: str | None = None


class Redemption(Asking):
    """Points to be redeemed for a contract: whole ones."""

    points: Annotated[int, Field(strict=True, ge=1, le=MOST_POINTS)]


class OfferAnswer(Answer):
    """What may be redeemed for a contract now. refused: why nothing may be, else null."""

    maximum: int
    discount: Money
    balance: int
    purchases: int
    payable: Money
    refused: str | None
    message: str | None


def settings(record: Record) -> PointSettingsAnswer:
    """The settings as shown."""
    return PointSettingsAnswer(**content_of(record))


def line(entry: Entry, language: Language) -> LedgerLine:
    """An entry as shown."""
    reason = LedgerReason(**entry.reason, message=said(f"points.{entry.reason['code']}", language))
    return LedgerLine(
        at=entry.at,
        kind=entry.kind,
        points=entry.points,
        contract=entry.contract,
        reason=reason,
        balance=entry.balance,
    )


def offer(made: Offer, terms: PointSettings, language: Language) -> OfferAnswer:
    """An offer as shown."""
    return OfferAnswer(
        maximum=made.maximum,
        discount=made.maximum * terms.point_value,
        balance=made.balance,
        purchases=made.purchases,
        payable=made.payable,
        refused=made.refused or None,
        message=said(made.refused, language) if made.refused else None,
    )
