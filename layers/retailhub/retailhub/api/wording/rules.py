"""Words about ownership rules and order automations."""

WORDS: dict[str, tuple[str, str]] = {
    "unknown_ownership_rule": ("Không có quy tắc này", "There is no such rule"),
    "unknown_order_automation": ("Không có tự động hóa này", "There is no such automation"),
    "one_assignee": (
        "Giao cho đúng một: một nhân viên hoặc một phòng ban",
        "Exactly one of employee and department is needed",
    ),
    "duplicate_branch": (
        "Nguồn đơn hàng này đã có ở một nhánh khác",
        "This order source stands in another branch already",
    ),
    # odd, but allowed
    "rule_name_twice": ("Đã có quy tắc khác cùng tên", "Another rule has this name"),
    "rule_without_conditions": (
        "Quy tắc không có điều kiện nên đúng với mọi khách hàng",
        "Without conditions the rule matches every customer",
    ),
    "department_empty": (
        "Phòng ban chưa có nhân viên nào đang nhận khách; khách hàng sẽ giữ nguyên chủ sở hữu",
        "Nobody of the department takes customers at present; owners stay as they are",
    ),
    "employee_inactive": (
        "Nhân viên này đã nghỉ hoặc bị khóa; khách hàng sẽ giữ nguyên người phụ trách",
        "This employee is not active; who is in charge stays as it is",
    ),
    "employee_unknown_at_getfly": (
        "Nhân viên này chưa được nối với người dùng Getfly; chỉ RetailHub biết người phụ trách",
        "This employee is not linked to a Getfly user; only the hub will know who is in charge",
    ),
    # what was decided
    "note.owner_employee": (
        "Quy tắc «{name}» (bản {version}) giao cho {new}; trước đó {old}; điều kiện: {conditions}",
        "Rule “{name}” (version {version}) gives it to {new}; before: {old}; conditions: {conditions}",
    ),
    "note.owner_turn": (
        "Quy tắc «{name}» (bản {version}): đến lượt {new} ({place}/{of}), {department}; trước đó {old}; {conditions}",
        "Rule “{name}” (version {version}): turn of {new} ({place} of {of}), {department}; before {old}; {conditions}",
    ),
    "note.owner_kept": (
        "Quy tắc «{name}» (bản {version}): {new} đã thuộc {department} nên giữ nguyên",
        "Rule “{name}” (version {version}): {new} is in {department} already and keeps it",
    ),
    "note.owner_nobody": (
        "Cảnh báo: quy tắc «{name}» (bản {version}) khớp nhưng không có nhân viên nào nhận; giữ nguyên {old}",
        "Warning: rule “{name}” (version {version}) matches, but nobody is there to take it; {old} keeps it",
    ),
    "note.automation_assigned": (
        "Tự động hóa «{name}» (bản {version}): {new} phụ trách {customer}, đơn {order} từ {order_source}; trước: {old}",
        "Automation “{name}” (version {version}): {new} for {customer}, order {order} from {order_source}; was: {old}",
    ),
    "note.automation_no_branch": (
        "Tự động hóa «{name}» (bản {version}): không có nhánh cho nguồn {order_source}; không thay đổi gì",
        "Automation “{name}” (version {version}): no branch for the source {order_source}; nothing changes",
    ),
    "note.automation_employee_gone": (
        "Cảnh báo: tự động hóa «{name}» (bản {version}): nhân viên {employee} đã nghỉ hoặc bị khóa; không thay đổi gì",
        "Warning: automation “{name}” (version {version}): {employee} is not active; nothing changes",
    ),
    "note.automation_no_buyer": (
        "Tự động hóa «{name}» (bản {version}): đơn hàng không có khách hàng; không thay đổi gì",
        "Automation “{name}” (version {version}): the order has no customer; nothing changes",
    ),
    "note.automation_not_empty": (
        "Tự động hóa «{name}» (bản {version}): {customer} đã có người phụ trách ({old}); không thay đổi gì",
        "Automation “{name}” (version {version}): {customer} has somebody in charge already ({old}); nothing changes",
    ),
    # what the screens say, in the documents' words (A-OWN-11: "Bỏ qua" here, other words on other screens)
    "label.ownership_rules.menu": (
        "Cài đặt → Quy tắc chuyển chủ sở hữu",
        "Settings → Ownership rules",
    ),
    "label.ownership_rules.add": ("Thêm mới", "Add"),
    "label.ownership_rules.name": ("Tên quy tắc", "Name"),
    "label.ownership_rules.event": ("Sự kiện", "Event"),
    "label.ownership_rules.customer_created": ("Thêm mới khách hàng", "A customer is added"),
    "label.ownership_rules.customer_updated": ("Sửa thông tin khách hàng", "A customer's information is edited"),
    "label.ownership_rules.assign_to": ("Giao cho", "Assign to"),
    "label.ownership_rules.employee": ("Một nhân viên", "One employee"),
    "label.ownership_rules.department": ("Phòng ban, chia đều theo thứ tự nhân viên", "A department, each in turn"),
    "label.ownership_rules.conditions": ("Điều kiện (đúng tất cả)", "Conditions (all must hold)"),
    "label.ownership_rules.source": ("Nguồn gốc", "Source"),
    "label.ownership_rules.group": ("Nhóm khách hàng", "Customer group"),
    "label.ownership_rules.social_page": ("Social page (trang Facebook)", "Social page"),
    "label.ownership_rules.created_by": ("Người tạo", "Created by"),
    "label.ownership_rules.updated_by": ("Người sửa", "Edited by"),
    "label.ownership_rules.=": ("= là", "= is"),
    "label.ownership_rules.!=": ("!= không phải là", "!= is not"),
    "label.ownership_rules.more": ("Thêm điều kiện", "Add a condition"),
    "label.ownership_rules.save": ("Lưu", "Save"),
    "label.ownership_rules.edit": ("Sửa", "Edit"),
    "label.ownership_rules.edit_title": ("Sửa quy tắc", "Edit rule"),
    "label.ownership_rules.delete": ("Xóa", "Delete"),
    "label.ownership_rules.cancel": ("Bỏ qua", "Cancel"),
    "label.ownership_rules.search": ("Tìm kiếm", "Search"),
    "label.order_automations.trigger": ("Tạo đơn hàng", "An order is created"),
    "label.order_automations.order_type": ("Điều kiện ban đầu: loại đơn hàng", "Initial condition: type of order"),
    "label.order_automations.branch": ("Nhóm đơn hàng theo nguồn", "Orders of one source"),
    "label.order_automations.action": ("Cập nhật người phụ trách khách hàng", "Update the customer's person in charge"),
    "label.order_automations.name": ("Tên automation", "Name"),
    "label.order_automations.active": ("Kích hoạt", "Activate"),
}
