"""From REST records to webhook items: PascalCase, the documented members only, nulls left out (kiotviet.md §2.6)."""

from typing import Any

Record = dict[str, Any]

LINE = "ProductId ProductCode ProductName Quantity Price Discount DiscountRatio"
SALE = (
    "Id RetailerId Code PurchaseDate BranchId SoldById SoldByName CustomerId CustomerCode CustomerName Total"
    " TotalPayment Discount DiscountRatio Status StatusValue Description UsingCod SaleChannelId ModifiedDate"
)
STOCK = "ProductId ProductCode ProductName BranchId BranchName Cost OnHand Reserved"
MEMBERS = {
    "customers": "Id RetailerId Code Name Gender BirthDate ContactNumber Address LocationName Email ModifiedDate Type"
    " Organization TaxCode Comments",
    "products": "Id RetailerId Code Name FullName CategoryId CategoryName masterProductId AllowsSale HasVariants"
    " isActive BasePrice Weight Unit MasterUnitId ConversionValue ModifiedDate Attributes Units Inventories"
    " PriceBooks Images Type Description MinQuantity MaxQuantity",
    "orders": f"{SALE} OrderDetails",
    "invoices": f"{SALE} BranchName InvoiceDelivery InvoiceDetails Payments",
    "branches": "Id RetailerId BranchName Address LocationName ContactNumber ModifiedDate",
    "categories": "CategoryId RetailerId CategoryName ParentId ModifiedDate",
    "stock": STOCK,
    "Attributes": "ProductId AttributeName AttributeValue",
    "Units": "Id Code Name FullName Unit ConversionValue BasePrice",
    "Inventories": STOCK,
    "PriceBooks": "ProductId PriceBookId PriceBookName Price IsActive StartDate EndDate",
    "Images": "Image",
    "OrderDetails": LINE,
    "InvoiceDetails": LINE,
    "Payments": "Id Code Amount AccountId BankAccount Description Method Status StatusValue TransDate",
    "InvoiceDelivery": "DeliveryCode Status StatusValue Type Price Receiver ContactNumber Address LocationId"
    " LocationName Weight Length Width Height PartnerDeliveryId PartnerDelivery",
    "PartnerDelivery": "Code Name ContactNumber Address Email",
}
ENTITIES = {
    "customers": "customer", "products": "product", "orders": "order", "invoices": "invoice",
    "branches": "branch", "categories": "category", "stock": "stock",
}  # fmt: skip


def webhook_item(kind: str, record: Record, type_member: bool) -> Record:
    """One item of a notification's Data; `type_member`: begin it with the .NET `__type`."""
    item = _members(kind, record)
    if not type_member:
        return item
    name = f"Webhook{ENTITIES[kind].capitalize()}UpdateRes"
    space = "KiotViet.OmniChannelCore.Api.Shared"
    return {"__type": f"{space}.Model.{name}, {space}", **item}


def _members(kind: str, record: Record) -> Record:
    found = {}
    for member in MEMBERS[kind].split():
        value = record.get(member, record.get(member[0].lower() + member[1:]))
        if value is not None:
            found[member] = _value(member, value)
    return found


def _value(member: str, value: Any) -> Any:
    if isinstance(value, list) and member in MEMBERS:
        return [_members(member, part) for part in value]
    if isinstance(value, dict) and member in MEMBERS:
        return _members(member, value)
    return f"{value}+07:00" if member.endswith("Date") else value
