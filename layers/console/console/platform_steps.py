"""How each platform is connected, in words for the shop: what it brings, the fields of its form, what to click there.

This file is text. To mend a step or a hint, edit it here: every text is (Vietnamese, English), words that stand on the
platform's own screen are in «», and a field's name is the API's own (`GET /api/openapi.json`, each platform's
`settings.py`). Tests compare the fields with what the API takes.
"""

from dataclasses import dataclass
from typing import Literal

Both = tuple[str, str]
Options = tuple[tuple[str, Both], ...]
NOTHING: Both = ("", "")
Kind = Literal["text", "secret", "choice", "number", "numbers", "employee", "contract_type", "haravan", "pairs"]


@dataclass(frozen=True)
class Field:
    """A field of a platform's form. name: `credentials.…` or `settings.…`.

    kind: `secret` is never shown again; `numbers` are several, with commas between; `employee`, `contract_type` and
    `haravan` (a connection) are chosen from those there are; `pairs` are rows that say for each left what is right of
    it: `left` and `right` are their labels, `left_of` and `right_of` say whether they are typed or chosen.
    options, or states (a kind of `words.STATES`): what is chosen from. more: few shops need it, so it is folded away.
    """

    name: str
    label: Both
    hint: Both = NOTHING
    kind: Kind = "text"
    required: bool = False
    more: bool = False
    options: Options = ()
    states: str = ""
    left: Both = NOTHING
    right: Both = NOTHING
    left_of: Literal["text", "choice"] = "text"
    right_of: Literal["text", "choice", "employee"] = "text"

    @property
    def key(self) -> str:
        """The name without the part of the connection that it belongs to."""
        return self.name.partition(".")[2]


@dataclass(frozen=True)
class Step:
    """One thing to do. paste: what is needed at it, shown with a button that copies it."""

    vietnamese: str
    english: str
    paste: Literal["", "address", "secret", "topics"] = ""


@dataclass(frozen=True)
class Guide:
    """A platform. brings: what it is for. types: record types → what they are here; takes: what can be sent there.
    before: steps for the form. after: steps once it is saved. by_itself: its webhooks need no hand, RetailHub registers
    them or does without. old_data: whether there is anything to fetch. topics: what to subscribe to by hand."""

    icon: str
    brings: Both
    types: dict[str, Both]
    before: tuple[Step, ...]
    after: tuple[Step, ...]
    fields: tuple[Field, ...] = ()
    takes: tuple[str, ...] = ()
    by_itself: bool = False
    old_data: bool = True
    topics: tuple[str, ...] = ()


CUSTOMERS: Both = ("Khách hàng", "Customers")
PRODUCTS: Both = ("Sản phẩm", "Products")
ORDERS: Both = ("Đơn hàng", "Orders")

NEUTRAL_WORDS: Options = (
    ("new", ("Đơn mới", "New order")),
    ("approved", ("Đã duyệt", "Approved")),
    ("packing", ("Đang đóng gói", "Packing")),
    ("delivering", ("Đang giao", "On its way")),
    ("delivered", ("Đã giao", "Delivered")),
    ("returned", ("Đã trả về", "Returned")),
    ("cancelled", ("Đã hủy", "Cancelled")),
    ("pending", ("Chờ thanh toán", "Payment pending")),
    ("authorized", ("Đã ủy quyền thanh toán", "Payment authorized")),
    ("partially_paid", ("Trả một phần", "Partially paid")),
    ("paid", ("Đã thanh toán", "Paid")),
    ("partially_refunded", ("Hoàn một phần", "Partially refunded")),
    ("refunded", ("Đã hoàn tiền", "Refunded")),
    ("voided", ("Đã hủy thanh toán", "Voided")),
)

TEST = Step("Bấm «Kiểm tra kết nối» ở trang này.", "Press «Test the connection» on this page.")
OLD_DATA_FIRST = Step(
    "Cửa hàng đã có dữ liệu? Bấm «Đồng bộ dữ liệu cũ» để đưa dữ liệu hiện tại về trước.",
    "Does the shop have data already? Press «Sync old data» to bring the present data in first.",
)
SAVE = Step("Kiểm tra lại rồi bấm «Lưu».", "Look it over, then press «Save».")

KIOTVIET = Guide(
    icon="shop",
    brings=(
        "Khách hàng, sản phẩm và hóa đơn của cửa hàng bán lẻ; hóa đơn trở thành hợp đồng.",
        "Customers, products and invoices of a retail store; invoices become contracts.",
    ),
    types={
        "customer": CUSTOMERS,
        "product": PRODUCTS,
        "contract": ("Hợp đồng (từ hóa đơn KiotViet)", "Contracts (from KiotViet's invoices)"),
    },
    before=(
        Step("Đăng nhập KiotViet bằng tài khoản quản trị.", "Log in to KiotViet as the administrator."),
        Step(
            "Mở «Thiết lập cửa hàng» → «Thiết lập kết nối API».",
            "Open «Thiết lập cửa hàng» (store settings) → «Thiết lập kết nối API» (API connection).",
        ),
        Step(
            "Chép «Tên kết nối», «Client ID» và «Mã bảo mật», dán vào các ô ở đây.",
            "Copy «Tên kết nối», «Client ID» and «Mã bảo mật», and paste them into the fields here.",
        ),
        Step(
            "Để tích cả ba loại dữ liệu: khách hàng, sản phẩm, hợp đồng. Rồi bấm «Lưu».",
            "Leave all three types ticked: customers, products, contracts. Then press «Save».",
        ),
    ),
    after=(
        Step(
            "Không phải dán gì sang KiotViet: RetailHub tự đăng ký webhook, và tự đăng ký lại trong vòng năm phút "
            "nếu webhook bị xóa.",
            "Nothing is to be pasted at KiotViet: RetailHub registers its webhooks by itself, and within five "
            "minutes again if they are deleted.",
        ),
        TEST,
        OLD_DATA_FIRST,
    ),
    fields=(
        Field(
            "credentials.retailer",
            ("Tên kết nối", "Shop code (Tên kết nối)"),
            ("Tên gian hàng, ví dụ cuahangmau", "The shop's name at KiotViet, for example cuahangmau"),
            required=True,
        ),
        Field("credentials.client_id", ("Client ID", "Client ID"), required=True),
        Field("credentials.client_secret", ("Mã bảo mật", "Client secret (Mã bảo mật)"), kind="secret", required=True),
        Field(
            "settings.default_owner",
            ("Nhân viên phụ trách mặc định", "Default owner"),
            (
                "Phụ trách hợp đồng khi cả người bán và khách hàng đều chưa có người phụ trách.",
                "Owns a contract whose seller and customer have nobody.",
            ),
            kind="employee",
        ),
        Field(
            "settings.default_contract_type",
            ("Loại hợp đồng mặc định", "Default contract type"),
            ("Dành cho hợp đồng tạo từ hóa đơn.", "Of contracts that are made from invoices."),
            kind="contract_type",
        ),
        Field(
            "settings.branches",
            ("Chi nhánh lấy hóa đơn", "Branches whose invoices are taken"),
            (
                "Để trống: tất cả. Mã chi nhánh hiện ra khi bấm «Kiểm tra kết nối»; nhiều mã cách nhau bằng dấu phẩy.",
                "Blank: all. «Test the connection» shows the branches' numbers; put commas between several.",
            ),
            kind="numbers",
            more=True,
        ),
        Field(
            "settings.sellers",
            ("Người bán ở KiotViet là ai", "Who KiotViet's sellers are"),
            (
                "Hợp đồng của người bán này thuộc về nhân viên bên phải.",
                "Contracts of this seller belong to the employee on the right.",
            ),
            kind="pairs",
            more=True,
            left=("Mã người bán KiotViet", "KiotViet's seller number"),
            right=("Nhân viên", "Employee"),
            right_of="employee",
        ),
        Field(
            "settings.overlap_hours",
            ("Số giờ lùi thêm khi lấy dữ liệu bị lỡ", "Further hours to look back for what was missed"),
            ("Thường là 0. Đặt 7 nếu thấy dữ liệu về thiếu.", "Usually 0. Put 7 if data seem to be missing."),
            kind="number",
            more=True,
        ),
    ),
    by_itself=True,
)

HARAVAN = Guide(
    icon="bag",
    brings=(
        "Khách hàng và đơn hàng của cửa hàng online; có thể đẩy khách hàng ngược lên Haravan.",
        "Customers and orders of an online shop; customers can be sent to Haravan too.",
    ),
    types={"customer": CUSTOMERS, "order": ORDERS},
    takes=("customer",),
    before=(
        Step("Đăng nhập Haravan bằng tài khoản admin của shop.", "Log in to Haravan with the shop's admin account."),
        Step(
            "Mở «Ứng dụng» → «Ứng dụng riêng» (Private app) và tạo một ứng dụng.",
            "Open «Ứng dụng» (apps) → «Ứng dụng riêng» (private app) and create one.",
        ),
        Step(
            "Cho ứng dụng quyền đọc và ghi khách hàng, quyền đọc đơn hàng, sản phẩm và thông tin shop.",
            "Allow it to read and write customers, and to read orders, products and the shop.",
        ),
        Step(
            "Chép token của ứng dụng. Mã cửa hàng (org id) là dãy số trên thanh địa chỉ của trang quản trị.",
            "Copy the app's token. The shop's number (org id) stands in the address bar of its admin.",
        ),
        SAVE,
    ),
    after=(
        Step(
            "Trong Haravan mở «Cấu hình» → «Thông báo» → «Webhook».",
            "At Haravan open «Cấu hình» (settings) → «Thông báo» (notifications) → «Webhook».",
        ),
        Step("Thêm một webhook cho từng sự kiện sau:", "Add a webhook for each of these events:", "topics"),
        Step("Mỗi webhook dùng cùng một địa chỉ:", "All of them have the same address:", "address"),
        Step(
            "Dán mã bí mật vào ô «Chuỗi xác thực»:",
            "Paste the secret as the authentication string («Chuỗi xác thực»):",
            "secret",
        ),
        Step(
            "Nếu Haravan tự đưa ra một chuỗi khác: chép chuỗi đó, bấm «Sửa» ở trang của kết nối và dán vào ô «Chuỗi "
            "xác thực webhook».",
            "If Haravan shows a string of its own: copy it, press «Edit» on the connection's page and paste it as "
            "«Webhook authentication string».",
        ),
        TEST,
        OLD_DATA_FIRST,
    ),
    fields=(
        Field("credentials.access_token", ("Token ứng dụng", "App token"), kind="secret", required=True),
        Field(
            "credentials.org_id",
            ("Mã cửa hàng (org id)", "Shop's number (org id)"),
            ("Chỉ có chữ số, ví dụ 200000999001", "Digits only, for example 200000999001"),
        ),
        Field(
            "settings.partial_refund_policy",
            ("Doanh thu của đơn hoàn tiền một phần", "Revenue of a partially refunded order"),
            kind="choice",
            options=(
                (
                    "net_minus_shipping",
                    (
                        "Tổng tiền − phí giao hàng − hàng đã hoàn",
                        "Total − shipping − goods refunded",
                    ),
                ),
                ("gross_minus_shipping", ("Tổng tiền − phí giao hàng", "Total − shipping")),
                ("zero", ("Không tính doanh thu", "No revenue")),
            ),
        ),
        Field(
            "credentials.webhook_secret",
            ("Chuỗi xác thực webhook", "Webhook authentication string"),
            (
                "Chỉ khi Haravan tự đưa ra chuỗi này. Để trống: dùng mã bí mật của RetailHub.",
                "Only if Haravan shows one of its own. Blank: RetailHub's secret is used.",
            ),
            kind="secret",
            more=True,
        ),
        Field(
            "settings.webhook_kind",
            ("Loại webhook", "Kind of webhook"),
            kind="choice",
            more=True,
            options=(
                ("private", ("Riêng tư: nhập tay ở trang quản trị", "Private: entered by hand in the shop's admin")),
                ("app", ("Của ứng dụng: đăng ký qua Partners", "Of an app: subscribed through Partners")),
            ),
        ),
        Field(
            "credentials.client_secret",
            ("Client secret của ứng dụng", "The app's client secret"),
            ("Chỉ với webhook của ứng dụng.", "Only for webhooks of an app."),
            kind="secret",
            more=True,
        ),
        Field(
            "credentials.verify_token",
            ("Verify token của ứng dụng", "The app's verify token"),
            ("Chỉ với webhook của ứng dụng.", "Only for webhooks of an app."),
            kind="secret",
            more=True,
        ),
        Field(
            "settings.shop_name",
            ("Tên cửa hàng cho đơn không có kho", "Store name of orders without a location"),
            ("Để trống: tên hiển thị của kết nối.", "Blank: the connection's name."),
            more=True,
        ),
        Field(
            "settings.locations",
            ("Tên các kho", "Names of locations"),
            ("Chỉ cần khi Haravan không cho đọc tên kho.", "Only where Haravan does not tell them."),
            kind="pairs",
            more=True,
            left=("Mã kho", "Location number"),
            right=("Tên kho", "Name"),
        ),
    ),
    topics=(
        "customers/create",
        "customers/update",
        "customers/delete",
        "orders/create",
        "orders/updated",
        "orders/paid",
        "orders/cancelled",
        "orders/fulfilled",
        "refunds/create",
    ),
)

GETFLY = Guide(
    icon="people",
    brings=(
        "Khách hàng, sản phẩm và đơn hàng của Getfly CRM 4.0; nhận khách hàng và đơn hàng từ nơi khác.",
        "Customers, products and orders of Getfly CRM 4.0; takes customers and orders from elsewhere.",
    ),
    types={"customer": CUSTOMERS, "product": PRODUCTS, "order": ORDERS},
    takes=("customer", "order"),
    before=(
        Step(
            "Chỉ kết nối được Getfly CRM 4.0. Đăng nhập Getfly bằng tài khoản quản trị.",
            "Only Getfly CRM 4.0 can be linked. Log in to Getfly as an administrator.",
        ),
        Step(
            "Mở «Cài đặt» → «Tích hợp» → «Tích hợp phần mềm khác» → «Getfly API Key».",
            "Open «Cài đặt» (settings) → «Tích hợp» (integration) → «Tích hợp phần mềm khác» (other software) → "
            "«Getfly API Key».",
        ),
        Step("Chép khóa và dán vào ô ở đây.", "Copy the key and paste it into the field here."),
        SAVE,
    ),
    after=(
        Step(
            "Trong Getfly mở «Cài đặt» → «Tích hợp» → «Getfly Webhook» → «Đăng ký».",
            "At Getfly open «Cài đặt» → «Tích hợp» → «Getfly Webhook» → «Đăng ký» (register).",
        ),
        Step("Ô «Callback URL»:", "Field «Callback URL»:", "address"),
        Step("Ô «Secret Key»:", "Field «Secret Key»:", "secret"),
        Step(
            "Bật từng sự kiện của khách hàng, đơn hàng và sản phẩm: lúc đầu tất cả đều tắt.",
            "Switch the events of customers, orders and products on, one by one: all are off at first.",
        ),
        Step(
            "Dùng automation của RetailHub thì tắt automation cùng loại trong Getfly.",
            "If you use RetailHub's automations, switch Getfly's own ones of the same kind off.",
        ),
        TEST,
        OLD_DATA_FIRST,
    ),
    fields=(
        Field(
            "settings.tenant",
            ("Tên miền con", "Tenant"),
            (
                "Phần đầu của địa chỉ Getfly: cuahangmau trong cuahangmau.getflycrm.com",
                "The beginning of Getfly's address: cuahangmau in cuahangmau.getflycrm.com",
            ),
            required=True,
        ),
        Field("credentials.api_key", ("Getfly API Key", "Getfly API Key"), kind="secret", required=True),
        Field(
            "settings.open_order_days",
            ("Số ngày xem lại đơn đang xử lý", "Days back in which open orders are looked at again"),
            ("Thường là 60.", "Usually 60."),
            kind="number",
            more=True,
        ),
        Field(
            "settings.code_of_lines_without_one",
            ("Mã sản phẩm cho dòng hàng không có mã", "Product code for order lines without one"),
            ("Thường là KHAC.", "Usually KHAC."),
            more=True,
        ),
        Field(
            "settings.order_statuses",
            ("Nhãn trạng thái đơn riêng của bạn", "Order status labels of your own"),
            kind="pairs",
            more=True,
            left=("Nhãn ở Getfly", "Label at Getfly"),
            right=("Nghĩa là", "Means"),
            right_of="choice",
            states="order_status",
        ),
        Field(
            "settings.shipping_statuses",
            ("Từ riêng của hãng vận chuyển", "Words of your carrier"),
            kind="pairs",
            more=True,
            left=("Từ của hãng", "Carrier's word"),
            right=("Nghĩa là", "Means"),
            right_of="choice",
            states="shipping_status",
        ),
    ),
)

CNV_LOYALTY = Guide(
    icon="award",
    brings=(
        "Thành viên và đơn hàng của chương trình thành viên CNV; nhận khách hàng, sản phẩm, đơn hàng để tích điểm.",
        "Members and orders of CNV's loyalty programme; takes customers, products and orders for points.",
    ),
    types={"customer": CUSTOMERS, "order": ORDERS, "product": PRODUCTS},
    takes=("customer", "product", "order"),
    before=(
        Step(
            "Phía CNV do nhân viên CNV cài đặt: liên hệ hỗ trợ của CNV Loyalty.",
            "CNV's staff sets its side up: contact the support of CNV Loyalty.",
        ),
        Step(
            "Xin «X-Client-Id», «X-Client-Secret» và địa chỉ API đối tác: để gửi dữ liệu sang CNV.",
            "Ask for «X-Client-Id», «X-Client-Secret» and the partner API's address: they let data go to CNV.",
        ),
        Step(
            "Xin mã truy cập API mở: để lấy thành viên và đơn hàng về. Mã sống khoảng 30 ngày.",
            "Ask for an access token of the open platform: it lets members and orders come in. It lives about 30 days.",
        ),
        SAVE,
    ),
    after=(
        Step(
            "Không phải dán gì sang CNV: thành viên và đơn hàng mới được lấy về mỗi năm phút.",
            "Nothing is to be pasted at CNV: new members and orders are fetched every five minutes.",
        ),
        TEST,
        Step(
            "Khi Getfly và CNV đều đã kết nối, các luồng giữa hai bên tự xuất hiện ở «Luồng dữ liệu».",
            "Once Getfly and CNV are both connected, the flows between them appear by themselves under «Flows».",
        ),
        Step(
            "Đồng bộ dữ liệu cũ của Getfly trước, rồi của CNV.",
            "Sync the old data of Getfly first, then those of CNV.",
        ),
    ),
    fields=(
        Field(
            "credentials.client_id",
            ("X-Client-Id", "X-Client-Id"),
            ("Do CNV cấp, để gửi dữ liệu sang CNV.", "Issued by CNV; lets data go to CNV."),
        ),
        Field("credentials.client_secret", ("X-Client-Secret", "X-Client-Secret"), kind="secret"),
        Field(
            "settings.partner_url",
            ("Địa chỉ API đối tác", "Address of the partner API"),
            ("Do CNV cấp, bắt đầu bằng https://", "Issued by CNV, begins with https://"),
        ),
        Field(
            "credentials.access_token",
            ("Mã truy cập API mở", "Token of the open platform"),
            ("Để lấy thành viên và đơn hàng về.", "Lets members and orders come in."),
            kind="secret",
        ),
        Field(
            "settings.send_orders_on",
            ("Gửi đơn hàng sang CNV", "Send orders to CNV"),
            kind="choice",
            options=(
                ("created", ("Ngay khi có đơn", "As soon as they exist")),
                ("approved", ("Khi đơn được duyệt", "Once they are approved")),
                ("paid", ("Khi đơn đã thanh toán", "Once they are paid")),
            ),
        ),
        Field(
            "settings.path_prefix",
            ("Tiền tố đường dẫn của API mở", "Prefix of the open platform's paths"),
            ("Chỉ đổi khi CNV nói vậy.", "Change it only if CNV says so."),
            kind="choice",
            more=True,
            options=(
                ("", ("(không có)", "(none)")),
                ("/loyalty", ("/loyalty", "/loyalty")),
                ("/api", ("/api", "/api")),
            ),
        ),
        Field(
            "settings.words",
            ("Từ của CNV cho trạng thái", "CNV's words for statuses"),
            kind="pairs",
            more=True,
            left=("Trạng thái", "Status"),
            left_of="choice",
            right=("Từ của CNV", "CNV's word"),
            options=NEUTRAL_WORDS,
        ),
        Field(
            "settings.channels",
            ("Tên kênh", "Names of channels"),
            ("Ngoài Website, Mobile App, Zalo OA, Messenger.", "Beside Website, Mobile App, Zalo OA, Messenger."),
            kind="pairs",
            more=True,
            left=("Thẻ hoặc nguồn ở CNV", "Tag or source at CNV"),
            right=("Tên kênh", "Channel"),
        ),
    ),
    by_itself=True,
)

CRMVIET = Guide(
    icon="building",
    brings=(
        "Khách hàng và hợp đồng của CRMVIET, do CRMVIET gửi sang.",
        "Customers and contracts of CRMVIET, as CRMVIET sends them.",
    ),
    types={"customer": CUSTOMERS, "contract": ("Hợp đồng", "Contracts")},
    old_data=False,
    before=(
        Step(
            "CRMVIET không cần thông tin đăng nhập: đặt tên cho kết nối rồi bấm «Lưu».",
            "CRMVIET needs no credentials: give the connection a name, then press «Save».",
        ),
        Step(
            "Lead từ CRMVIET cloud được đồng bộ ở nơi khác: «Cài đặt» → «Đồng bộ dữ liệu».",
            "Leads of the CRMVIET cloud are synced elsewhere: «Settings» → «Data sync».",
        ),
    ),
    after=(
        Step(
            "Gửi cho nhà cung cấp CRMVIET địa chỉ webhook này; họ cấu hình giúp bạn:",
            "Give this webhook address to CRMVIET's vendor; they set it up for you:",
            "address",
        ),
        Step(
            "Và mã bí mật, gửi kèm trong header «X-RetailHub-Secret»:",
            "And the secret, which they send in the header «X-RetailHub-Secret»:",
            "secret",
        ),
        Step(
            "Nhờ họ bật các hành động thêm, sửa, xóa khách hàng và hợp đồng, đổi trạng thái hợp đồng.",
            "Ask for the actions add, edit and delete of customers and contracts, and the change of a contract's "
            "status.",
        ),
    ),
    fields=(
        Field(
            "settings.owners",
            ("Người dùng CRMVIET là ai", "Who CRMVIET's users are"),
            kind="pairs",
            more=True,
            left=("Mã người dùng CRMVIET", "CRMVIET's user number"),
            right=("Nhân viên", "Employee"),
            right_of="employee",
        ),
        Field(
            "settings.statuses",
            ("Trạng thái hợp đồng riêng của bạn", "Contract statuses of your own"),
            kind="pairs",
            more=True,
            left=("Mã trạng thái CRMVIET", "CRMVIET's status number"),
            right=("Nghĩa là", "Means"),
            right_of="choice",
            states="contract_status",
        ),
    ),
)

HARALOYALTY = Guide(
    icon="gift",
    brings=(
        "Điểm, hạng thẻ và lần mua cuối của thành viên, ghi thêm vào khách hàng của cửa hàng Haravan.",
        "Members' points, tier and last order, added to the customers of a Haravan shop.",
    ),
    types={"customer": ("Hồ sơ thành viên", "Member profiles")},
    before=(
        Step("Kết nối cửa hàng Haravan trước.", "Connect the Haravan shop first."),
        Step(
            "Trong Haravan mở «Ứng dụng» → «Ứng dụng riêng» và cho ứng dụng thêm quyền «loy.read_profiles».",
            "At Haravan open «Ứng dụng» → «Ứng dụng riêng» and give the app the scope «loy.read_profiles» too.",
        ),
        Step("Chép token của ứng dụng vào ô ở đây.", "Copy the app's token into the field here."),
        SAVE,
    ),
    after=(
        TEST,
        OLD_DATA_FIRST,
        Step(
            "Sau đó thay đổi tự về mỗi 15 phút; không phải dán gì sang Haraloyalty.",
            "From then on changes follow every 15 minutes; nothing is to be pasted at Haraloyalty.",
        ),
        Step(
            "Một hồ sơ không bao giờ tạo khách hàng mới. Khách chưa về thì hồ sơ đợi; nhiều khách trùng số điện "
            "thoại thì hiện ở «Cần xem lại».",
            "A profile never makes a customer. If the customer has not come yet it waits; if several share its phone "
            "it stands under «To be reviewed».",
        ),
    ),
    fields=(
        Field(
            "settings.haravan",
            ("Cửa hàng Haravan", "Haravan shop"),
            (
                "Thành viên là khách hàng của cửa hàng này. Để trống: chỉ tìm theo số điện thoại.",
                "The members are this shop's customers. Blank: they are found by phone only.",
            ),
            kind="haravan",
        ),
        Field("credentials.access_token", ("Token ứng dụng", "App token"), kind="secret", required=True),
    ),
    by_itself=True,
)

GUIDES: dict[str, Guide] = {
    "kiotviet": KIOTVIET,
    "haravan": HARAVAN,
    "getfly": GETFLY,
    "cnv_loyalty": CNV_LOYALTY,
    "haraloyalty": HARALOYALTY,
    "crmviet": CRMVIET,
}
"""In the order in which they are offered."""

NOT_ASKED = {"getfly": {"settings.api_version", "settings.allow_other_versions"}}
"""Fields that the API takes and no form asks for: only Getfly 4.0 can be linked (R-CNV-20)."""
