"""Words about what happened to a record, line by line."""

WORDS: dict[str, tuple[str, str]] = {
    # what a platform said
    "event.new": ("{who} báo: {kind} mới{how}", "{who} reports a new {kind}{how}"),
    "event.changed": ("{who} báo thay đổi: {changed}{how}", "{who} reports a change: {changed}{how}"),
    "event.joined": ("{who} cũng có {kind} này{how}", "{who} has this {kind} too{how}"),
    "event.removed": ("{who} báo: {kind} đã bị xóa{how}", "{who} reports that the {kind} was removed{how}"),
    "event.stale": (
        "{who} báo điều cũ hơn điều đã biết; bị coi là cũ, không thay đổi gì{how}",
        "{who} reports something older than what is known; nothing changes{how}",
    ),
    "event.echo": ("{who} báo lại điều đã biết{how}", "{who} repeats what is known{how}"),
    "event.ignored": ("{who} báo; bỏ qua: {reason}{how}", "{who} reports; ignored: {reason}{how}"),
    "event.parked": ("{who} báo; còn chờ: {reason}{how}", "{who} reports; waiting: {reason}{how}"),
    "event.failed": ("{who} báo; chưa nhận được: {reason}{how}", "{who} reports; not taken in: {reason}{how}"),
    "event.received": ("{who} báo; đang được thử lại{how}", "{who} reports; being tried again{how}"),
    "event.also": ("{text}; {reason}", "{text}; {reason}"),
    "event.by_rule": ("Quy tắc tự động đổi: {changed}", "An automatic rule changed: {changed}"),
    # how it came
    "how.catch_up": (" (lấy định kỳ)", " (fetched)"),
    "how.backfill": (" (đồng bộ dữ liệu cũ)", " (old data brought in)"),
    "how.reconcile": (" (so khớp hằng đêm)", " (nightly comparison)"),
    # what a person did
    "act.created": ("Người dùng {by} thêm {kind}", "User {by} entered the {kind}"),
    "act.edited": ("Người dùng {by} sửa: {changed}", "User {by} edited: {changed}"),
    "act.removed": ("Người dùng {by} xóa {kind}", "User {by} removed the {kind}"),
    "act.paused": ("Người dùng {by} tạm dừng {kind}", "User {by} paused the {kind}"),
    "act.resumed": ("Người dùng {by} cho {kind} chạy tiếp", "User {by} let the {kind} go on"),
    "act.started": ("Người dùng {by} bắt đầu {kind}", "User {by} started the {kind}"),
    "act.cancelled": ("Người dùng {by} dừng {kind}", "User {by} stopped the {kind}"),
    "act.redriven": ("Người dùng {by} cho chạy lại {kind}", "User {by} let the {kind} run again"),
    "act.pushed": ("Người dùng {by} đẩy {kind} lên Haravan", "User {by} sent the {kind} to Haravan"),
    "act.rotated": ("Người dùng {by} đổi mã bí mật webhook", "User {by} changed the webhook secret"),
    "act.other": ("Người dùng {by}: {topic} ({kind})", "User {by}: {topic} ({kind})"),
    "act.line": ("{kind} «{record}»: {text}", "{kind} “{record}”: {text}"),
    # what was written where
    "delivery.created": (
        "Đã ghi vào {where}: tạo mới (mã {remote_id})",
        "Written to {where}: created (id {remote_id})",
    ),
    "delivery.updated": ("Đã ghi vào {where}: {parts}", "Written to {where}: {parts}"),
    "delivery.found": (
        "Đã có sẵn ở {where} (mã {remote_id}); được nối với nhau",
        "It stood at {where} already (id {remote_id}); they are linked",
    ),
    "delivery.failed": ("Không ghi được vào {where}: {reason}", "Could not be written to {where}: {reason}"),
    "delivery.redriven": ("Người dùng {by} cho ghi lại vào {where}", "User {by} let it be written to {where} again"),
    "delivery.other": ("{where}: {what}", "{where}: {what}"),
    # what a customer's deals count for
    "order.counted": (
        "Đơn hàng {number} từ {who}: doanh thu {revenue} đ, tính 1 đơn",
        "Order {number} from {who}: revenue {revenue} đ, one order",
    ),
    "order.not_counted": (
        "Đơn hàng {number} từ {who}: không tính vào số đơn, doanh thu {revenue} đ",
        "Order {number} from {who}: not counted as an order, revenue {revenue} đ",
    ),
    "contract.counted": (
        "Hợp đồng {number} từ {who}: giá trị {value} đ, tích {earned} điểm, đổi {redeemed} điểm",
        "Contract {number} from {who}: value {value} đ, {earned} points earned, {redeemed} redeemed",
    ),
    "contract.not_counted": (
        "Hợp đồng {number} từ {who}: giá trị {value} đ; không tính là một lần mua",
        "Contract {number} from {who}: value {value} đ; no purchase",
    ),
    # what an order counts for, as it moved
    "note.order_counted": (
        "Tính cho khách {customer}: doanh thu {old} đ → {new} đ, 1 đơn ({policy})",
        "Counted for customer {customer}: revenue {old} đ → {new} đ, one order ({policy})",
    ),
    "note.order_not_counted": (
        "Không tính vào số đơn của khách {customer}: doanh thu {old} đ → {new} đ ({policy})",
        "Not counted as an order of customer {customer}: revenue {old} đ → {new} đ ({policy})",
    ),
    "policy.net_minus_shipping": (
        "doanh thu = tổng tiền − phí giao hàng − hàng đã hoàn",
        "revenue = total − shipping − goods refunded",
    ),
    "policy.gross_minus_shipping": ("doanh thu = tổng tiền − phí giao hàng", "revenue = total − shipping"),
    "policy.zero": ("đơn hoàn một phần không có doanh thu", "a partly refunded order has no revenue"),
    # a decision without words of its own
    "note.other": ("Quyết định «{code}»: {facts}", "Decision “{code}”: {facts}"),
    # people and places
    "who.hub": ("RetailHub", "RetailHub"),
    "who.gone": ("kết nối đã xóa ({id})", "a removed connection ({id})"),
    "none": ("(trống)", "(empty)"),
    # why
    "reason.older": ("cũ hơn", "older"),
    "reason.unchanged": ("không có gì mới", "nothing new"),
    "reason.guest": ("khách lẻ không thành khách hàng riêng", "walk-in buyers are nobody's customers"),
    "reason.gone": ("bản ghi không còn ở đó", "the record is gone there"),
    "reason.phone_taken": (
        "số điện thoại này đã thuộc về khách khác",
        "another customer holds this phone already",
    ),
    "reason.paused": ("kết nối đang tạm dừng", "the connection is paused"),
    "reason.bad_signature": ("chữ ký không đúng", "the signature is wrong"),
    "reason.no_id": ("không có mã bản ghi", "no record id"),
    "reason.judged_again": ("đã được xét lại", "judged again"),
    "reason.already_linked": (
        "bản ghi ở đó đã thuộc về bản ghi khác",
        "that record there belongs to another one",
    ),
    "reason.customer_not_sent": ("khách hàng của đơn không đi đến đó", "the order's customer does not go there"),
}
"""By code: kind of line and what it tells. {placeholders} are filled with facts in the reader's words."""
