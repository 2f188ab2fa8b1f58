"""An invented KiotViet customer and an invoice of theirs, and the snapshots of their variations."""

from typing import Any

from retailhub.domain.records import RecordType, Snapshot
from retailhub.platforms.kiotviet.mapping import Store, snapshot
from retailhub.platforms.kiotviet.settings import Settings

CUSTOMER = {
    "__type": "KiotViet.Somewhere",
    "Id": 90210001,
    "Code": "KH004217",
    "Name": " Phạm  Thu Hà ",
    "Gender": False,
    "BirthDate": "1992-11-03T00:00:00.0000000+07:00",
    "ContactNumber": "0912 000 111",
    "Address": "18 ngõ 5 Đội Cấn",
    "LocationName": "Hà Nội - Quận Ba Đình",
    "Email": "ha.pham@example.vn",
    "ModifiedDate": "2026-05-14T10:22:31.4870000+07:00",
    "Comments": "Khách quen",
}
INVOICE: dict[str, Any] = {
    "Id": 5500777,
    "Code": "HD003310",
    "PurchaseDate": "2026-05-14T23:05:12.0000000+07:00",
    "BranchId": 41001,
    "BranchName": "Chi nhánh trung tâm",
    "SoldById": 12001,
    "SoldByName": "Thu ngân 1",
    "CustomerId": 90210001,
    "CustomerCode": "KH004217",
    "CustomerName": "Phạm Thu Hà",
    "Total": "688000.0",
    "TotalPayment": "88000.0",
    "Status": 3,
    "StatusValue": "Đang xử lý",
    "ModifiedDate": "2026-05-14T16:05:13.2200000+07:00",
    "InvoiceDelivery": {
        "Status": 2,
        "Receiver": "Phạm Văn Nam",
        "ContactNumber": "+84 988 000 222",
        "Address": "Lô B2 KCN Thăng Long",
        "LocationName": "Hà Nội - Huyện Đông Anh",
    },
    "InvoiceDetails": [
        {"ProductId": 31000451, "ProductCode": "AO", "ProductName": "Áo", "Quantity": "2.0", "Price": "359000.0"}
    ],
}


def told(record_type: RecordType, payload: Any, **settings: Any) -> Snapshot:
    """The snapshot of a payload in a store with these settings."""
    return snapshot(record_type, payload, Store("Cửa hàng mẫu", Settings.model_validate(settings)))
