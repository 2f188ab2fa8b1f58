"""What Haravan's invented shop holds: its places, customers with addresses, products with variants."""

from typing import Any

from tests.twins.haravan.texts import full_name
from tests.twins.invented import COLOURS, SIZES, Person, good, person

Record = dict[str, Any]
BASES = {"customers": 1300000001, "products": 1020000011, "orders": 1500000123, "refunds": 1010000061}
ADDRESSES, VARIANTS, TYPED, GUEST = 1080000000, 1060000000, 50_000_000, 1299999999
LOCATIONS = [
    {"id": 990001 + at, "name": name, "location_type": "warehouse", "is_primary": at == 0, "country_code": "VN"}
    for at, name in enumerate(("Kho trung tâm", "Cửa hàng Quận 1"))
]


def address_of(who: Person, split: bool, phone: str | None) -> Record:
    """An address in Haravan's shape; `split` tells whether the name stands in two parts."""
    first, last = (who.given, f"{who.family} {who.middle}") if split else (who.name, None)
    address = {
        "address1": who.street, "address2": None, "city": None, "company": None, "country": "Vietnam",
        "country_code": "vn", "first_name": first, "last_name": last, "phone": phone, "zip": None,
        "province": who.province, "province_code": who.province_code, "district": who.district,
        "district_code": who.district_code, "ward": who.ward, "ward_code": who.ward_code,
    }  # fmt: skip
    return {**address, "name": full_name(address)}


def invented_customer(number: int) -> Record:
    """Customer `number`: half have the whole name in first_name, a quarter a phone in the address only."""
    who, split = person(number), number % 2 == 1
    phone = None if number % 4 == 1 else who.spelt_phone
    place = address_of(who, split, person(number - 1).phone if number % 10 == 9 else who.spelt_phone)
    second = [address_of(person(number + 500_000), False, None)] if number % 5 == 2 else []
    return {
        "email": who.email or None, "phone": phone, "first_name": place["first_name"], "last_name": place["last_name"],
        "addresses": [place, *second] if number % 12 != 7 else [],
        "birthday": f"{who.birthday}T00:00:00Z" if number % 3 else None,
        "gender": None if number % 7 == 3 else int(who.male),
        "tags": "vip,newsletter" if number % 8 == 0 else None,
    }  # fmt: skip


def guest(stamp: str) -> Record:
    """The customer that all orders without a buyer share (haravan.md §0.6)."""
    return {
        "id": GUEST, "email": "guest@haravan.com", "phone": None, "first_name": "---", "last_name": None,
        "created_at": stamp, "updated_at": stamp,
    }  # fmt: skip


def filled_customer(record: Record) -> Record:
    """Give a customer every member that Haravan shows; what is there already stays."""
    defaults = {
        "email": None, "phone": None, "first_name": None, "last_name": None, "accepts_marketing": False,
        "last_order_id": None, "last_order_name": None, "last_order_date": None, "note": None, "orders_count": 0,
        "state": "Disabled", "tags": None, "total_spent": 0.0, "total_paid": 0.0, "verified_email": False,
        "group_name": None, "birthday": None, "gender": None, "multipass_identifier": None,
    }  # fmt: skip
    return {**defaults, **record}


def invented_product(number: int) -> Record:
    """Product `number`: every third has three sizes, the others a single `Default Title`; some SKUs are blank."""
    what = good(number)
    sizes = SIZES[:3] if number % 3 == 0 else ("Default Title",)
    colour = COLOURS[number % len(COLOURS)]
    variants = [
        {"title": size, "option1": size, "price": what.price, "grams": what.weight,
         "sku": "" if number % 20 == 11 else f"{what.code}-{size[:1]}" if len(sizes) > 1 else what.code,
         "barcode": what.barcode if at == 0 else None, "inventory_quantity": 12 + at}
        for at, size in enumerate(sizes)
    ]  # fmt: skip
    return {
        "title": f"{what.title} {colour}", "body_html": f"<p>{what.title}</p>", "handle": f"san-pham-{number}",
        "product_type": what.category, "vendor": "Nhà", "tags": None, "variants": variants,
        "images": [{"src": f"https://img.example.vn/{what.code}.jpg", "position": 1}],
        "options": [{"name": "Size" if len(sizes) > 1 else "Title", "position": 1}],
    }  # fmt: skip


def filled_product(record: Record, stamp: str) -> Record:
    """Give a product and its variants every member that Haravan shows; variant ids follow the product's."""
    defaults: Record = {
        "title": "", "body_html": None, "body_plain": None, "handle": f"p{record['id']}", "product_type": None,
        "vendor": None, "tags": None, "published_at": stamp, "published_scope": "global", "template_suffix": "product",
        "images": [], "options": [], "variants": [{"title": "Default Title", "option1": "Default Title"}],
        "only_hide_from_list": False, "not_allow_promotion": False,
    }  # fmt: skip
    product = {**defaults, **record}
    # the dates of images, and only theirs, come without the Z (haravan.md §4)
    dates = {"created_at": stamp.rstrip("Z"), "updated_at": stamp.rstrip("Z")}
    product["images"] = [
        {"id": record["id"] + 140_000_000 + at, "product_id": record["id"], "variant_ids": [], **dates, **part}
        for at, part in enumerate(product["images"])
    ]
    first = VARIANTS + (record["id"] - BASES["products"]) * 10
    product["variants"] = [
        _variant(part, first + at, at, product["id"], stamp) for at, part in enumerate(product["variants"])
    ]
    return product


def _variant(part: Record, key: int, at: int, product_id: int, stamp: str) -> Record:
    stock = part.get("inventory_quantity", 0)
    defaults = {
        "id": key, "product_id": product_id, "title": "Default Title", "sku": None, "barcode": None, "price": 0,
        "compare_at_price": 0, "grams": 0, "position": at + 1, "option1": "Default Title", "option2": None,
        "option3": None, "image_id": None, "inventory_management": "haravan", "inventory_policy": "deny",
        "inventory_quantity": stock, "requires_shipping": True, "taxable": True, "created_at": stamp,
        "inventory_advance": {"qty_available": stock, "qty_onhand": stock + 1, "qty_commited": 1, "qty_incoming": 0},
    }  # fmt: skip
    return {**defaults, **part, "updated_at": stamp}
