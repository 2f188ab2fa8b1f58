"""Words about reward points."""

WORDS: dict[str, tuple[str, str]] = {
    # why nothing is redeemed
    "redeeming_off": (
        "Chưa thiết lập đổi điểm (tham số B)",
        "Redeeming is switched off (parameter B)",
    ),
    "contract_not_valid": (
        "Hợp đồng đã hủy, không giao được hoặc đã xóa",
        "The contract is cancelled, undeliverable or removed",
    ),
    "no_points_account": (
        "Hợp đồng không có khách hàng để đổi điểm, hoặc khách đã xóa",
        "The contract has no customer with points, or the customer is removed",
    ),
    "nothing_to_pay": (
        "Số tiền còn phải trả không đủ cho một điểm",
        "What is left to pay is less than one point pays",
    ),
    "too_few_purchases": (
        "Khách chưa đủ số lần mua để đổi điểm",
        "The customer has not bought often enough to redeem points",
    ),
    "too_few_points": (
        "Khách không đủ điểm để đổi sau khi giữ lại số điểm tối thiểu",
        "After the points that must be left there are none to redeem",
    ),
    "too_many_points": (
        "Nhiều điểm hơn mức được đổi cho hợp đồng này",
        "More points than may be redeemed for this contract",
    ),
    # why points moved
    "points.paid": ("Hợp đồng đã thanh toán đủ", "The contract was fully paid"),
    "points.not_paid": ("Hợp đồng không còn được thanh toán đủ", "The contract is not fully paid any more"),
    "points.value_changed": ("Giá trị hợp đồng thay đổi", "The contract's value changed"),
    "points.redeemed": ("Đổi điểm cho hợp đồng", "Redeemed for the contract"),
    "points.cancelled": ("Hợp đồng bị hủy", "The contract was cancelled"),
    "points.undeliverable": ("Hợp đồng không giao được", "The contract could not be delivered"),
    "points.deleted": ("Hợp đồng bị xóa", "The contract was removed"),
    "points.moved": ("Hợp đồng chuyển sang khách hàng khác", "The contract went to another customer"),
    "points.no_account": (
        "Hợp đồng không còn khách hàng có điểm",
        "The contract has no customer with points any more",
    ),
    # on the timeline
    "note.points_earn": (
        "Tích {points} điểm thưởng, số dư {balance}",
        "{points} points earned, balance {balance}",
    ),
    "note.points_redeem": (
        "Đổi {points} điểm thưởng, số dư {balance}",
        "{points} points redeemed, balance {balance}",
    ),
    "note.points_reverse": (
        "Thu hồi {points} điểm thưởng, số dư {balance}",
        "{points} points taken back, balance {balance}",
    ),
    "note.points_restore": (
        "Hoàn lại {points} điểm đã đổi, số dư {balance}",
        "{points} redeemed points restored, balance {balance}",
    ),
}
