"""What KiotViet's invented shop holds: branches, people, categories, customers and products."""

from typing import Any

from tests.twins.invented import Good, good, person

Record = dict[str, Any]
BASES = {"customers": 90210001, "products": 31000001, "orders": 8800001, "invoices": 5500001, "returns": 6600001}
TYPED = 5_000_000
BRANCHES = ("Chi nhánh trung tâm", "Chi nhánh Quận 1", "Chi nhánh Đà Nẵng")
CATEGORIES = ("Áo", "Quần", "Váy", "Phụ kiện", "Giày")


def fixed_records(retailer_id: int, stamp: str) -> dict[str, list[Record]]:
    """What every shop has from its first day: three branches, two users, five categories."""
    dates = {"retailerId": retailer_id, "createdDate": stamp, "modifiedDate": stamp}
    return {
        "branches": [
            {"id": 41001 + at, "branchName": name, "address": "", "locationName": "", "contactNumber": "", **dates}
            for at, name in enumerate(BRANCHES)
        ],
        "users": [
            {"id": 12001 + at, "userName": f"thungan{at + 1}", "givenName": f"Thu ngân {at + 1}", **dates}
            for at in range(2)
        ],
        "categories": [
            {"categoryId": 77120 + at, "id": 77120 + at, "categoryName": name, "hasChild": False, **dates}
            for at, name in enumerate(CATEGORIES)
        ],
    }


def invented_customer(number: int) -> Record:
    """Customer `number`; every 13th is a marketplace buyer: masked name, no phone (kiotviet.md §4)."""
    who = person(number)
    if number % 13 == 5:
        masked = f"{who.family[0]}******{who.given[-1]}"
        return {"code": f"KHSPE{number:08d}", "name": masked, "contactNumber": "", "type": 0, "address": "******"}
    company = {"type": 1, "organization": f"Công ty {who.given}", "taxCode": f"0{number:09d}"}
    return {
        "code": f"KH{number:06d}", "name": who.name, "gender": None if number % 7 == 3 else who.male,
        "birthDate": f"{who.birthday}T00:00:00.0000000" if number % 4 else None,
        "contactNumber": who.spelt_phone, "address": who.street, "wardName": who.ward,
        "locationName": f"{who.province} - {who.district}", "email": who.email, "type": 0,
        "comments": "Khách quen" if number % 5 == 0 else None, "groups": "VIP" if number % 10 == 0 else None,
        **(company if number % 19 == 4 else {}),
    }  # fmt: skip


def invented_product(number: int) -> Record:
    """Product `number`: every fifth a variant and every tenth another unit of the one before (kiotviet.md §4)."""
    what = good(number)
    category = CATEGORIES.index(what.category)
    return {
        "code": what.code, "barCode": what.barcode, "name": what.title,
        "fullName": f"{what.title} - {what.colour} - {what.size}", "type": 2, "isActive": True, "allowsSale": True,
        "categoryId": 77120 + category, "categoryName": what.category, "basePrice": float(what.price),
        "weight": float(what.weight), "unit": "", "conversionValue": 1.0, "taxType": "khau_tru",
        "images": [{"Image": f"https://img.example.vn/{what.code}.jpg"}], **_kinship(number, what),
    }  # fmt: skip


def _kinship(number: int, what: Good) -> Record:
    before = BASES["products"] + number - 1
    if number % 10 == 4:
        return {"masterUnitId": before, "unit": "Hộp", "conversionValue": 6.0, "hasVariants": False}
    if number % 5 == 1:
        sizes = [{"attributeName": "SIZE", "attributeValue": what.size}]
        return {"masterProductId": before, "hasVariants": True, "attributes": sizes}
    return {"hasVariants": False, "attributes": []}


def stock_rows(product: Record, branches: list[Record], on_hand: float) -> list[Record]:
    """One inventory row per branch; another unit's rows carry the master unit's id (kiotviet.md §5)."""
    counted = product.get("masterUnitId") or product["id"]
    return [
        {
            "productId": counted, "productCode": product["code"], "productName": product["name"],
            "branchId": branch["id"], "branchName": branch["branchName"], "cost": product["basePrice"] / 2,
            "onHand": on_hand, "onOrder": 0.0, "reserved": 0.0, "minQuality": 0.0, "maxQuality": 0.0,
        }
        for branch in branches
    ]  # fmt: skip
