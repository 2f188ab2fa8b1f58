"""Employees, departments, customer groups, suppliers and contacts: what rules, catalogues and reports refer to."""

from typing import Any

import pytest

from tests.unit.api.desk import Desk


def add(desk: Desk, where: str, **fields: Any) -> str:
    """The id of a new record."""
    reply = desk.post(where, fields)
    assert reply.status == 201, reply.text
    return str(reply.json["id"])


class TestStaff:
    """Employees and their departments (R-OWN-09)."""

    def test_who_joins_a_department_goes_last_in_its_order(self, desk: Desk) -> None:
        """A-OWN-3: a place of their own can be given; who moves to another department goes last there."""
        sales, care = add(desk, "/departments", name="Kinh doanh"), add(desk, "/departments", name="Chăm sóc")
        lan, mai = (add(desk, "/employees", name=name, department=sales) for name in ("Lan", "Mai"))
        an = add(desk, "/employees", name="An", department=sales, position=7)
        ha = add(desk, "/employees", name="Hà", department=sales)
        alone = add(desk, "/employees", name="Tự do")

        places = {one["id"]: one["position"] for one in desk.get("/employees").json["items"]}
        moved = desk.patch(f"/employees/{ha}", {"department": care}).json["position"]
        renamed = desk.patch(f"/employees/{an}", {"name": "An Nguyễn", "department": sales}).json["position"]

        assert places == {lan: 1, mai: 2, an: 7, ha: 8, alone: 0}
        assert (moved, renamed) == (1, 7)
        order = [one["name"] for one in desk.get("/employees", department=sales).json["items"]]
        assert order == ["Lan", "Mai", "An Nguyễn"]

    def test_an_employee_knows_who_they_are_in_each_system(self, desk: Desk) -> None:
        """R-GA-12, A-KV-5: by connection; absent and former staff are marked, not removed."""
        made = desk.post("/employees", {"name": "Lan", "users": {"getfly-1": "15"}, "phone": "0912 000 111"}).json
        left = desk.patch(f"/employees/{made['id']}", {"active": False, "absent": True}).json

        assert (made["users"], made["phone"], made["active"]) == ({"getfly-1": "15"}, "+84912000111", True)
        assert (left["active"], left["absent"], left["users"]) == (False, True, {"getfly-1": "15"})
        assert desk.get("/employees", active="true").json["items"] == []
        assert [one["id"] for one in desk.get("/employees", q="0912").json["items"]] == [made["id"]]

    def test_an_employee_is_not_removed_while_anything_names_them(self, desk: Desk) -> None:
        """A-SRC-3 likewise: customers, rules, and the settings of a store."""
        lan = add(desk, "/employees", name="Lan")
        customer = add(desk, "/customers", name="Hân", phone="0912000222", owner=lan)
        store = desk.connect("kiotviet", settings={"sellers": {"12001": lan}})["id"]

        refused = desk.delete(f"/employees/{lan}")
        desk.patch(f"/customers/{customer}", {"owner": None})
        still = desk.delete(f"/employees/{lan}")
        desk.patch(f"/connections/{store}", {"settings": {}})

        assert refused.json["error"]["details"]["counts"] == {"connection": 1, "customer": 1}
        assert still.json["error"]["details"]["users"] == [{"type": "connection", "id": store, "name": "kiotviet"}]
        assert desk.delete(f"/employees/{lan}").status == 204

    def test_a_department_with_staff_stays(self, desk: Desk) -> None:
        """Its employees name it."""
        sales = add(desk, "/departments", name="Kinh doanh")
        lan = add(desk, "/employees", name="Lan", department=sales)

        assert desk.delete(f"/departments/{sales}").json["error"]["details"]["counts"] == {"employee": 1}
        assert desk.delete(f"/employees/{lan}").status == 204
        assert desk.delete(f"/departments/{sales}").status == 204


def test_the_default_contract_type_of_a_store_is_not_deleted(desk: Desk) -> None:
    """A-CTR-2."""
    retail = add(desk, "/catalogues/contract-types", name="Bán lẻ")
    store = desk.connect("kiotviet", settings={"default_contract_type": retail})["id"]

    refused = desk.delete(f"/catalogues/contract-types/{retail}")

    assert (refused.status, refused.code) == (409, "in_use")
    assert refused.json["error"]["details"]["users"] == [{"type": "connection", "id": store, "name": "kiotviet"}]


class TestSuppliers:
    """Suppliers, each of one type (A-SUP-2, A-SUP-3)."""

    def test_a_types_details_are_its_suppliers(self, desk: Desk) -> None:
        """R-SUP-01, R-SUP-11, R-SUP-12, R-SUP-13: all of them and nobody else's, in pages; each can be viewed and
        edited from there."""
        maker = add(desk, "/catalogues/supplier-types", code="NSX", name="Nhà sản xuất")
        other = add(desk, "/catalogues/supplier-types", code="NK", name="Nhập khẩu")
        mine: list[str] = []
        for number in range(7):
            desk.later(1)
            mine.append(add(desk, "/suppliers", code=f"S{number}", name=f"Xưởng {number}", supplier_type=maker))
            add(desk, "/suppliers", name=f"Hãng {number}", supplier_type=other)

        where, cursor = f"/catalogues/supplier-types/{maker}/suppliers", ""
        seen: list[str] = []
        while cursor is not None:
            page = desk.get(where, limit="3", cursor=cursor).json
            seen, cursor = seen + [one["id"] for one in page["items"]], page["next_cursor"]
        edited = desk.call("PATCH", f"/suppliers/{seen[0]}", {"name": "Xưởng mới"}, role="staff").json

        assert seen == list(reversed(mine))
        assert desk.get(f"/suppliers/{seen[0]}").json == edited
        assert [one["name"] for one in desk.get(where, q="xuong moi").json["items"]] == ["Xưởng mới"]
        assert desk.get("/catalogues/supplier-types/x/suppliers").code == "unknown_supplier_type"

    def test_the_suppliers_of_a_type_must_be_deleted_first(self, desk: Desk) -> None:
        """R-SUP-09."""
        maker = add(desk, "/catalogues/supplier-types", code="NSX", name="Nhà sản xuất")
        supplier = add(desk, "/suppliers", name="Xưởng", supplier_type=maker)

        assert desk.delete(f"/catalogues/supplier-types/{maker}").code == "in_use"
        assert desk.call("DELETE", f"/suppliers/{supplier}", role="staff").status == 204
        assert desk.delete(f"/catalogues/supplier-types/{maker}").status == 204

    @pytest.mark.parametrize(
        "body, wrong",
        [
            ({"phone": "12"}, {"phone": "invalid_phone"}),
            ({"email": "x"}, {"email": "invalid_email"}),
            ({"supplier_type": "x"}, {"supplier_type": "unknown_supplier_type"}),
            ({"name": None}, {"name": "string_type"}),
        ],
    )
    def test_what_is_wrong_with_a_supplier_is_said(self, desk: Desk, body: dict[str, Any], wrong: Any) -> None:
        """A-SUP-2."""
        assert desk.post("/suppliers", {"name": "Xưởng"} | body).fields == wrong


class TestContacts:
    """People to talk to at a customer, with a position from the catalogue."""

    def test_a_contact_has_a_position(self, desk: Desk) -> None:
        """R-POS-01, A-POS-1: the position stays while a contact has it."""
        chief = add(desk, "/catalogues/contact-positions", name="Giám đốc")
        desk.keep("customer", "c_1", name="Công ty Mây Tre")
        an = add(desk, "/contacts", name="An", customer="c_1", contact_position=chief)
        add(desk, "/contacts", name="Bình")

        assert [one["id"] for one in desk.get("/contacts", contact_position=chief).json["items"]] == [an]
        assert [one["id"] for one in desk.get("/contacts", customer="c_1").json["items"]] == [an]
        assert desk.delete(f"/catalogues/contact-positions/{chief}").code == "in_use"
        desk.patch(f"/contacts/{an}", {"contact_position": None})
        assert desk.delete(f"/catalogues/contact-positions/{chief}").status == 204


def test_a_customer_group_is_one_of_its_name(desk: Desk) -> None:
    """crmviet.md §3: groups below customer types; a rule's condition names the group (R-OWN-13)."""
    vip = add(desk, "/customer-groups", name="VIP", group_type="Khách lẻ")

    assert desk.post("/customer-groups", {"name": "vip"}).json["error"]["details"] == {"existing": vip}
    assert [one["id"] for one in desk.get("/customer-groups", q="khach le").json["items"]] == [vip]


@pytest.mark.parametrize("where", ["/suppliers", "/contacts"])
def test_staff_write_their_own_records(desk: Desk, where: str) -> None:
    """api.md, Authentication: catalogues and staff lists are the admin's."""
    assert desk.call("POST", where, {"name": "x"}, role="staff").status == 201
    assert desk.call("POST", where, {"name": "x"}, role="viewer").status == 403
    for admins in ("/employees", "/departments", "/customer-groups"):
        assert desk.call("POST", admins, {"name": "x"}, role="staff").code == "role_too_small"
