"""Members of the loyalty programme: who they are, found by the partner's id, then by phone."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from tests.twins.cnv_loyalty.switches import CHANNELS
from tests.twins.cnv_loyalty.wording import RefusedError, birth_parts, instant, plain_phone
from tests.twins.invented import person

if TYPE_CHECKING:
    from tests.twins.cnv_loyalty import CnvLoyaltyTwin

Member = dict[str, Any]
FIRST = 7_300_001
TEXTS = ("first_name", "last_name", "phone", "email", "full_address", "address", "gender", "ref_id")
CARD = "physical_card_code"


class Members:
    """Keeps the members of one business."""

    def __init__(self, twin: CnvLoyaltyTwin) -> None:
        self.twin = twin
        self.ids = itertools.count(FIRST)
        self.by_ref: dict[str, int] = {}
        self.by_phone: dict[str, int] = {}

    @property
    def rows(self) -> dict[Any, Member]:
        """All members by id."""
        return self.twin.records["customers"]

    def find(self, ref_id: Any, phone: Any) -> Member | None:
        """The member with this partner's id, else the oldest one with this phone."""
        known = self.by_ref.get(str(ref_id or ""))
        return self.rows.get(known or self.by_phone.get(plain_phone(phone), 0))

    def upsert(self, body: Member) -> Member:
        """A customer pushed by the partner (§A.2): matched by ref_id, then phone, else new."""
        if not plain_phone(body.get("phone")):
            raise RefusedError(422, "phone is required")
        known = self.find(body.get("ref_id"), body["phone"])
        wish = {**body, "gender": body.get("sex", body.get("gender"))}
        return self.write(known, wish) if known else self.register(wish, channel="")

    def register(self, wish: Member, channel: str = "Website") -> Member:
        """A new member; `channel` is one of R-CNV-12, empty when the partner brought him."""
        row = self._blank(channel)
        self.rows[row["id"]] = row
        return self.write(row, wish, "customer.created")

    def write(self, row: Member, wish: Member, event: str = "customer.updated") -> Member:
        """Merge what is known of a member; blanks leave what stands."""
        row.update({name: str(wish[name]) for name in TEXTS if wish.get(name)})
        row.update({name: wish[name] for name in ("tags", CARD) if name in wish})
        if "birthday" in wish:
            row.update(birth_parts(wish["birthday"]))
        row.update({part: wish[part] for part in birth_parts("") if part in wish})
        row["ledger_extra"] = wish.get("extra_points", row["ledger_extra"])
        row["used_points"] = wish.get("used_points", row["used_points"])
        self._index(row)
        self.twin.touch("customers", row)
        self.twin.fire(event, row["id"])
        return row

    def remove(self, row: Member) -> None:
        """Take a member away for good."""
        del self.rows[row["id"]]
        for index in (self.by_ref, self.by_phone):
            for key in [key for key, value in index.items() if value == row["id"]]:
                del index[key]
        self.twin.forget_order("customers")

    def invent(self, count: int) -> Member:
        """Person `count` as a member who came over one of the four channels."""
        somebody = person(count)
        row = self._blank(tuple(CHANNELS)[count % len(CHANNELS)])
        row.update(
            last_name=f"{somebody.family} {somebody.middle}", first_name=somebody.given, phone=somebody.phone,
            email=somebody.email, gender="male" if somebody.male else "female", address=somebody.street,
            **birth_parts(somebody.birthday),
        )  # fmt: skip
        self.rows[row["id"]] = row
        self._index(row)
        row["created_at"] = row["updated_at"] = self.twin.long_ago(count)
        self.twin.forget_order("customers")
        return row

    def shape(self, row: Member) -> Member:
        """A customer as family B shows it (§B.2)."""
        total = self.twin.points.total(row)
        balance = total - row["used_points"]
        return {
            "id": row["id"], **self.name(row), "phone": row["phone"], "email": row["email"] or None,
            "gender": row["gender"] or None, **{part: row[part] for part in birth_parts("")}, "tags": row["tags"],
            CARD: row[CARD], "points": balance if self.twin.switches["reliable_points"] else row["stale_points"],
            "exp_points": total, "total_spending": self.twin.points.spending(row), "total_points": total,
            "created_at": instant(row["created_at"]), "updated_at": self.twin.stamp(row["updated_at"]),
            **({"ref_id": row["ref_id"]} if self.twin.switches["show_ref_id"] else {}),
        }  # fmt: skip

    def name(self, row: Member) -> Member:
        """First and last name, often all of it in last_name (§B.3.4)."""
        if not self.twin.switches["name_in_last_name"]:
            return {"last_name": row["last_name"], "first_name": row["first_name"]}
        parts = [part for part in (row["last_name"], row["first_name"]) if part not in ("", ".")]
        return {"last_name": " ".join(parts), "first_name": "."}

    def _blank(self, channel: str) -> Member:
        if channel and channel not in CHANNELS:
            raise RefusedError(422, f"no channel {channel}; there are {list(CHANNELS)}")
        now = self.twin.clock()
        tags = CHANNELS.get(channel, "")
        return {
            **dict.fromkeys(TEXTS, ""), **birth_parts(""), "id": next(self.ids), "tags": tags, CARD: None,
            "channel": channel, "ledger": {}, "ledger_extra": 0, "used_points": 0, "stale_points": 0,
            "created_at": now, "updated_at": now,
        }  # fmt: skip

    def _index(self, row: Member) -> None:
        if row["ref_id"]:
            self.by_ref[row["ref_id"]] = row["id"]
        if row["phone"]:
            self.by_phone.setdefault(plain_phone(row["phone"]), row["id"])
