"""The tenant's employees, invented."""

from typing import Any

USERS: tuple[dict[str, Any], ...] = (
    {"id": 1, "user_name": "quan.tri", "name": "Quản trị", "dept_id": 1, "dept_name": "Ban giám đốc"},
    {"id": 12, "user_name": "nv.minh", "name": "NV Minh", "dept_id": 2, "dept_name": "Kinh doanh"},
    {"id": 13, "user_name": "nv.lan", "name": "NV Lan", "dept_id": 2, "dept_name": "Kinh doanh"},
    {"id": 14, "user_name": "nv.phuc", "name": "NV Phúc", "dept_id": 3, "dept_name": "Chăm sóc khách hàng"},
)


def mail(user: dict[str, Any]) -> str:
    """An employee's e-mail address."""
    return f"{user['user_name']}@example.vn"


def shown(user: dict[str, Any], with_user_name: bool) -> dict[str, Any]:
    """A user as v3 lists him: {id, name, dept_id, dept_name, email, mobile}."""
    hidden = set() if with_user_name else {"user_name"}
    shape = {key: value for key, value in user.items() if key not in hidden}
    return {**shape, "email": mail(user), "mobile": f"09040000{user['id']:02d}"}


def find(word: Any) -> dict[str, Any] | None:
    """The employee with this id, user name or e-mail address."""
    text = str(word)
    return next((user for user in USERS if text in (str(user["id"]), user["user_name"], mail(user))), None)
