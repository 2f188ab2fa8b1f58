"""Words about members and their files."""

WORDS: dict[str, tuple[str, str]] = {
    # what there is not
    "unknown_member": (
        "Không có thành viên hay khách hàng Haravan này",
        "There is no such member or Haravan customer",
    ),
    "segment_of_other_list": (
        "Danh sách này không có bộ lọc đã lưu đó",
        "This list has no such saved filter",
    ),
    # activation
    "no_phone": ("Chưa có số điện thoại", "There is no phone number"),
    "guest_not_activated": (
        "Khách lẻ, khách vãng lai không kích hoạt được thành viên",
        "Walk-in guests cannot become members",
    ),
    "recipient_not_activated": (
        "Người chỉ nhận hàng không kích hoạt được thành viên",
        "Somebody who only receives goods cannot become a member",
    ),
    "removed_not_activated": (
        "Khách hàng đã xóa không kích hoạt được thành viên",
        "A removed customer cannot become a member",
    ),
    # files
    "bad_file_type": (
        "Chỉ nhận tệp CSV (text/csv) hoặc XLSX",
        "Only a CSV (text/csv) or an XLSX file is taken",
    ),
    "no_file": ("Tệp rỗng", "The file is empty"),
    "broken_csv": ("Tệp CSV bị hỏng", "The CSV file is broken"),
    "broken_xlsx": ("Tệp XLSX bị hỏng hoặc không phải XLSX", "The XLSX file is broken, or is none"),
    "unpacks_too_large": ("Tệp XLSX giải nén ra quá lớn", "The XLSX file unpacks to too much"),
    "too_many_rows": (
        "Quá nhiều dòng trong một tệp; hãy chia thành nhiều tệp",
        "Too many rows in one file; split it into several",
    ),
    "cell_too_long": ("Có ô quá dài", "A cell is too long"),
    "no_phone_column": (
        "Không tìm thấy cột số điện thoại ở dòng tiêu đề",
        "The first line has no phone column",
    ),
    "column_twice": ("Cột này có hai lần", "This column is there twice"),
    # rows
    "repeated_phone": (
        "Số điện thoại này đã có ở dòng trước; chỉ dòng đầu được nhận",
        "An earlier row has this phone; only the first one counts",
    ),
    "several_customers": (
        "Nhiều khách hàng có số này; đã ghi cho người được biết lâu nhất",
        "Several customers have this phone; the one known longest was taken",
    ),
    "formula_cell": (
        "Ô chứa công thức; hãy dán giá trị",
        "A cell holds a formula; paste its value",
    ),
    "invalid_gender": ("Giới tính phải là Nam hoặc Nữ", "The gender must be male or female"),
    "invalid_number": ("Phải là số không âm", "Must be a number of at least 0"),
    "invalid_file_day": (
        "Ngày không hợp lệ hoặc ở tương lai (dd/mm/yyyy hoặc YYYY-MM-DD)",
        "Not a date, or one of the future (dd/mm/yyyy or YYYY-MM-DD)",
    ),
    # what was decided
    "note.opening_file": (
        "Nhận từ tệp dữ liệu đầu kỳ, dòng {row}",
        "Taken from the opening file, row {row}",
    ),
}
