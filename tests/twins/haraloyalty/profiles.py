"""What a loyalty profile holds, and how one is invented."""

from typing import Any

from tests.twins.haravan.goods import BASES
from tests.twins.invented import person

Record = dict[str, Any]
FIRST, TYPED = 1_203_001, 50_000_000
TIERS = ((0, 1, "Thành viên"), (1_000_000, 2, "Bạc"), (5_000_000, 3, "Vàng"), (20_000_000, 4, "Kim cương"))
"""Four tiers as the product has; thresholds are invented (mini_crm_haraloyalty.md §2.2)."""
BLANK: Record = {
    "first_name": "", "last_name": "", "phone": "", "email": "", "gender": "unknow", "birthday": None,
    "profile_card_number": "", "address": "", "country_code": "VN", "country_name": "Việt Nam", "province_code": "",
    "province_name": "", "district_code": "", "district_name": "", "ward_code": "", "ward_name": "", "point_used": 0,
    "point_available": 0, "point_incoming": 0, "point_ranking": 0, "level_id": 1, "level_name": "Thành viên",
    "total_spent": 0, "total_order": 0, "status": "enabled", "attributes": [], "tags": "", "last_order_at": None,
}  # fmt: skip


def invented(number: int, ref_id: bool, bought_at: str) -> Record:
    """Person `number` as a member who bought `number % 8` times; `ref_id`: whether Haravan's id is told."""
    somebody, orders = person(number), number % 8
    spent = orders * (415_000 + number % 5 * 90_000)
    points = spent // 10_000
    return {
        **BLANK, **_tier(spent), "first_name": somebody.given, "last_name": f"{somebody.family} {somebody.middle}",
        "phone": somebody.spelt_phone.strip(), "email": somebody.email, "gender": "male" if somebody.male else "female",
        "birthday": f"{somebody.birthday}T00:00:00Z", "profile_card_number": f"HL{number:06d}",
        "address": somebody.street, "province_code": somebody.province_code, "province_name": somebody.province,
        "point_used": points // 3, "point_available": points - points // 3, "point_incoming": number % 3 * 10,
        "point_ranking": spent, "total_spent": spent, "total_order": orders,
        "attributes": [_told(number)] if ref_id else [],
        "last_order_at": bought_at if orders else None,
    }  # fmt: skip


def _told(number: int) -> Record:
    return {"id": number + 1, "key": "ref_id", "value": str(BASES["customers"] + number)}


def _tier(spent: int) -> Record:
    _, level, name = max(tier for tier in TIERS if tier[0] <= spent)
    return {"level_id": level, "level_name": name}
