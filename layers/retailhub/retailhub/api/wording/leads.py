"""Words about leads, opportunities, lead sync and reports."""

WORDS: dict[str, tuple[str, str]] = {
    "unknown_lead": ("Không có lead này", "There is no such lead"),
    "unknown_opportunity": ("Không có cơ hội này", "There is no such opportunity"),
    "already_converted": (
        "Lead này đã được chuyển thành khách hàng",
        "This lead has been converted into a customer already",
    ),
    "lead_or_customer": (
        "Cơ hội phải gắn với lead hoặc khách hàng",
        "An opportunity belongs to a lead or to a customer",
    ),
    "only_of_lost": (
        "Chỉ cơ hội thất bại mới có nguyên nhân thất bại",
        "Only a lost opportunity has a loss reason",
    ),
    "from_after_to": ("Từ ngày phải trước hoặc bằng đến ngày", "The first day lies behind the last one"),
    # decisions in a record's timeline
    "note.lead_converted": ("Đã chuyển thành khách hàng {customer}", "Converted into the customer {customer}"),
    "note.customer_from_lead": ("Được tạo từ lead {lead}", "Made from the lead {lead}"),
    # columns and rows of the reports' files
    "sheet.conversion": ("Tỷ lệ chuyển đổi", "Conversion"),
    "sheet.losses": ("Nguyên nhân thất bại", "Loss reasons"),
    "sheet.employee": ("Nhân viên phụ trách", "Employee in charge"),
    "sheet.leads": ("Lead", "Leads"),
    "sheet.leads_with_opportunity": ("Lead có cơ hội", "Leads with an opportunity"),
    "sheet.opportunities": ("Cơ hội", "Opportunities"),
    "sheet.won": ("Cơ hội thành công", "Won opportunities"),
    "sheet.customers": ("Khách hàng", "Customers"),
    "sheet.contact_rate": ("Tỷ lệ liên hệ (%)", "Contact rate (%)"),
    "sheet.customer_rate": ("Tỷ lệ khách hàng (%)", "Customer rate (%)"),
    "sheet.conversion_rate": ("Tỷ lệ chuyển đổi (%)", "Conversion rate (%)"),
    "sheet.nobody": ("(Chưa có người phụ trách)", "(Nobody in charge)"),
    "sheet.total": ("Tổng cộng", "Total"),
    "sheet.reason": ("Nguyên nhân cơ hội thất bại", "Loss reason"),
    "sheet.no_reason": ("(Không có nguyên nhân)", "(Without a reason)"),
    "sheet.count": ("Số cơ hội", "Opportunities lost"),
    "sheet.value": ("Giá trị (đồng)", "Value (VND)"),
    "file.conversion": ("ty-le-chuyen-doi", "conversion"),
    "file.loss-reasons": ("nguyen-nhan-that-bai", "loss-reasons"),
}
