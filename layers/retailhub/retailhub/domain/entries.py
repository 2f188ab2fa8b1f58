"""The entries of the seven catalogues: what each of them holds (R-LOST, R-TKT, R-CTR, R-PT, R-SUP, R-POS, R-SRC)."""

from typing import Literal

from retailhub.domain.shape import Shape


class LossReason(Shape):
    """Why an opportunity was lost (R-LOST-10, A-LOST-1)."""

    name: str | None = None
    description: str | None = None


class TicketPriority(Shape):
    """How soon a ticket must be settled: `resolve_time` in `resolve_unit` of calendar time (R-TKT-05, A-TKT-1)."""

    name: str | None = None
    resolve_time: int = 1
    resolve_unit: Literal["minutes", "hours", "days"] = "hours"
    description: str | None = None


class ContractType(Shape):
    """A class of contracts (R-CTR-04, R-CTR-05)."""

    name: str | None = None
    description: str | None = None


class ProductType(Shape):
    """A node of the tree of goods; no parent: on the outermost level (R-PT-05, R-PT-06)."""

    name: str | None = None
    code: str | None = None
    parent: str | None = None


class SupplierType(Shape):
    """A class of suppliers (R-SUP-10, A-SUP-1)."""

    code: str | None = None
    name: str | None = None
    description: str | None = None


class ContactPosition(Shape):
    """A job position of a contact (R-POS-04, R-POS-05)."""

    name: str | None = None
    description: str | None = None


class Source(Shape):
    """Where customers come from; records refer to the entry's id, not to its key (R-SRC-05, R-SRC-06, A-SRC-2)."""

    key: str | None = None
    name: str | None = None
