"""/lead-sync: the screen Đồng bộ dữ liệu; the password goes in and never comes out (R-SYN)."""

from typing import Any

import pytest

from retailhub.api.messages import said
from retailhub.domain.lead_sync import LEAD_SYNC
from retailhub.store import connections
from tests.unit.api.desk import Desk

SECRET = "mat-khau rat bi mat "
SET: dict[str, Any] = {
    "base_url": "https://congty.example.vn/crm",
    "email": "quanly@example.vn",
    "password": SECRET,
    "sources": ["webform", "facebook"],
    "every_minutes": 10,
    "require_phone": True,
    "require_email": False,
}


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def set_up(desk: Desk) -> Desk:
    """The sync is set and has not run yet."""
    reply = desk.call("PUT", "/lead-sync", SET)
    assert reply.status == 200, reply.text
    return desk


class TestSetting:
    """The screen Đồng bộ dữ liệu (R-SYN-02 … R-SYN-11)."""

    def test_before_anything_is_set(self, desk: Desk) -> None:
        """R-SYN-02: the screen opens all the same."""
        body = desk.get("/lead-sync").json

        assert (body["version"], body["email"], body["has_password"], body["sources"]) == (0, None, False, [])
        assert (body["every_minutes"], body["require_phone"], body["require_email"]) == (None, False, False)
        assert body["last_run"] is None

    def test_everything_is_set_and_shown_but_the_password(self, set_up: Desk) -> None:
        """R-SYN-03..06, R-SYN-11, A-SYN-5."""
        reply = set_up.get("/lead-sync")

        shown = {name: value for name, value in SET.items() if name != "password"} | {
            "sources": ["facebook", "webform"]
        }
        assert {name: reply.json[name] for name in shown} == shown
        assert (reply.json["has_password"], reply.json["updated_by"], reply.json["version"]) == (True, "lan", 1)
        assert "password" not in reply.json
        assert SECRET.strip() not in reply.text

    def test_the_password_is_kept_as_it_was_typed_and_only_in_the_parameter_store(self, set_up: Desk) -> None:
        """R-SYN-04, A-SYN-5: spaces at its end belong to it."""
        secret = set_up.secrets.get(LEAD_SYNC)

        assert secret
        assert secret.credentials == {"password": SECRET}
        assert not [item for item in set_up.table.items.values() if SECRET.strip() in str(item)]

    @pytest.mark.parametrize("edit", [{}, {"password": ""}, {"password": None}])
    def test_a_blank_password_leaves_the_one_that_is_kept(self, set_up: Desk, edit: dict[str, Any]) -> None:
        """A-SYN-5; what else is not given stays too."""
        body = set_up.call("PUT", "/lead-sync", {"require_email": True, **edit}).json

        assert (body["has_password"], body["email"], body["every_minutes"]) == (True, SET["email"], 10)
        assert (body["require_phone"], body["require_email"]) == (True, True)
        assert set_up.secrets.get(LEAD_SYNC).credentials == {"password": SECRET}  # type: ignore[union-attr]

    def test_a_new_address_needs_the_password_again(self, set_up: Desk) -> None:
        """A-SYN-5: otherwise the one that is kept could be sent to anybody's host."""
        reply = set_up.call("PUT", "/lead-sync", {"base_url": "https://elsewhere.example.com"})

        assert (reply.status, reply.fields) == (422, {"password": "password_needed_again"})
        moved = set_up.call("PUT", "/lead-sync", {"base_url": "https://elsewhere.example.com", "password": "other"})
        assert moved.json["base_url"] == "https://elsewhere.example.com"

    @pytest.mark.parametrize("minutes", [5, 10, 15, None])
    def test_the_period_is_one_of_three_or_off(self, set_up: Desk, minutes: int | None) -> None:
        """R-SYN-06, A-SYN-1."""
        assert set_up.call("PUT", "/lead-sync", {"every_minutes": minutes}).json["every_minutes"] == minutes

    @pytest.mark.parametrize(
        "wrong, field, code",
        [
            ({"every_minutes": 7}, "every_minutes", "literal_error"),
            ({"sources": ["zalo"]}, "sources.0", "literal_error"),
            ({"sources": None}, "sources", "not_null"),
            ({"email": "quanly"}, "email", "invalid_email"),
            ({"base_url": "http://plain.example.vn"}, "base_url", "string_pattern_mismatch"),
            ({"base_url": "https://127.0.0.1/crm"}, "base_url", "string_pattern_mismatch"),
            ({"require_phone": None}, "require_phone", "not_null"),
            ({"sorces": []}, "sorces", "extra_forbidden"),
        ],
    )
    def test_what_is_wrong_is_named(self, desk: Desk, wrong: dict[str, Any], field: str, code: str) -> None:
        """R-SYN-05, R-SYN-06; a password only travels encrypted."""
        reply = desk.call("PUT", "/lead-sync", wrong)

        assert (reply.status, reply.fields) == (422, {field: code})

    def test_a_wrong_password_field_is_not_repeated(self, desk: Desk) -> None:
        """A-SYN-5."""
        reply = desk.call("PUT", "/lead-sync", {"password": "x" * 501})

        assert reply.fields == {"password": "string_too_long"}
        assert "xxx" not in reply.text

    @pytest.mark.parametrize("language, words", [("vi", "Chưa chọn nguồn nào"), ("en", "No source is ticked")])
    def test_saving_without_a_source_warns(self, desk: Desk, language: str, words: str) -> None:
        """A-SYN-2: it is saved all the same."""
        reply = desk.call("PUT", "/lead-sync", {**SET, "sources": []}, accept_language=language)

        [warning] = reply.json["warnings"]
        assert (reply.status, warning["code"]) == (200, "no_source_ticked")
        assert warning["message"].startswith(words)

    def test_with_a_source_nothing_warns(self, set_up: Desk) -> None:
        """R-SYN-05, A-SYN-2."""
        assert set_up.get("/lead-sync").json["warnings"] == []

    def test_somebody_else_s_edit_is_not_overwritten(self, set_up: Desk) -> None:
        reply = set_up.call("PUT", "/lead-sync", {"require_email": True}, if_match="7")

        assert (reply.status, reply.code) == (409, "version_conflict")

    def test_who_changed_what_is_kept_without_the_password(self, set_up: Desk) -> None:
        """A-SYN-5: before and after; that the password is another one is told, not which."""
        set_up.later(60)
        set_up.call("PUT", "/lead-sync", {"require_email": True, "password": "another-one"})

        reply = set_up.get("/audit", kind=LEAD_SYNC)

        edited, created = reply.json["items"]
        assert (edited["topic"], edited["by"], created["topic"]) == ("edited", "lan", "created")
        assert edited["changes"] == {"require_email": [False, True], "password": ["kept", "replaced"]}
        assert created["changes"]["email"] == [None, "quanly@example.vn"]
        for secret in (SECRET.strip(), "another-one"):
            assert secret not in reply.text

    def test_saving_the_same_again_is_no_edit(self, set_up: Desk) -> None:
        body = set_up.call("PUT", "/lead-sync", {name: SET[name] for name in ("email", "sources")}).json

        assert body["version"] == 1

    def test_roles(self, desk: Desk) -> None:
        """R-SYN-13: staff may bring leads down, only admins may set how."""
        assert desk.call("GET", "/lead-sync", role="viewer").status == 200
        assert desk.call("PUT", "/lead-sync", SET, role="staff").status == 403
        assert desk.call("POST", "/lead-sync/run", {}, role="viewer").status == 403

    @pytest.mark.parametrize(
        "code, words",
        [
            ("label.lead_sync", "Đồng bộ dữ liệu"),
            ("label.lead_sync.edit", "Sửa"),
            ("label.lead_sync.login", "Email & Password"),
            ("label.lead_sync.sources", "Nguồn"),
            ("label.lead_sync.every_minutes", "Tự động"),
            ("label.lead_sync.require_phone", "Có SĐT"),
            ("label.lead_sync.require_email", "Có email"),
            ("label.lead_sync.save", "Lưu"),
        ],
    )
    def test_the_screen_s_labels_are_the_document_s(self, code: str, words: str) -> None:
        """R-SYN-02 … R-SYN-11."""
        assert said(code, "vi") == words


class TestHidden:
    """It has a screen of its own and is none of the connections."""

    def test_it_is_not_among_the_connections(self, set_up: Desk) -> None:
        set_up.connect("haravan")

        assert [one["platform"] for one in set_up.get("/connections").json["items"]] == ["haravan"]
        for method, path in (
            ("GET", ""),
            ("PATCH", ""),
            ("DELETE", ""),
            ("POST", "/pause"),
            ("POST", "/rotate-secret"),
        ):
            assert set_up.call(method, f"/connections/{LEAD_SYNC}{path}", {}).status == 404
        assert connections.load(set_up.table, LEAD_SYNC)

    def test_nobody_can_make_another_one(self, desk: Desk) -> None:
        reply = desk.post("/connections", {"platform": "crmviet_cloud", "name": "x"})

        assert (reply.status, reply.fields) == (422, {"platform": "literal_error"})

    def test_it_brings_no_flows(self, set_up: Desk) -> None:
        set_up.connect("getfly")

        assert set_up.get("/flows").json["items"] == []
