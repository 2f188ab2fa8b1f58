"""The console as Lambda runs it: signing in, reading and writing over the table and the parameter store."""

import base64
import gzip
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import pytest

from console.session import COOKIE
from functions.console.app import console, handler, sessions
from retailhub.crm import api_keys
from retailhub.crm.api_keys import Role
from retailhub.runtime.aws import client
from tests.functions.conftest import Lines
from tests.functions.deployment import Context, Deployment, trigger

KEY_NAME = "/retailhub/test/console/signing-key"
NOW = "2026-05-14T03:00:00.000000Z"


@pytest.fixture(autouse=True)
def fresh(aws: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    """A console that has just started."""
    monkeypatch.setenv("CONSOLE_KEY", KEY_NAME)
    for made in (console, sessions):
        made.cache_clear()


def key(aws: Deployment, role: Role = "admin") -> str:
    """An API key of this role."""
    by = {"by": "owner", "at": NOW}
    return api_keys.create(aws.table, key_id=f"key-{role}", name="quầy", employee="lan", role=role, **by)[1]


def answered(case: str, **edits: Any) -> dict[str, Any]:
    """The answer to a sample event."""
    return handler({**trigger("console", case), **edits}, Context())


def page(answer: dict[str, Any]) -> str:
    """The page in an answer."""
    body = answer["body"] or ""
    return gzip.decompress(base64.b64decode(body)).decode() if answer["isBase64Encoded"] else body


def signed_in(aws: Deployment, role: Role = "admin") -> str:
    """A browser's cookie after signing in."""
    answer = answered("sign_in", body=urlencode({"key": key(aws, role)}))
    assert answer["statusCode"] == 303
    return str(answer["cookies"][0]).partition(";")[0]


def proof(cookie: str) -> str:
    """What the pages of this session carry in their forms."""
    session = sessions().read(cookie.partition("=")[2])
    assert session
    return sessions().proof(session)


def entered(cookie: str, told: str, **headers: str) -> dict[str, Any]:
    """The answer to the form of a new customer that carries this proof."""
    event = trigger("console", "create_customer")
    form = {"_proof": told, "_once": "once-1", "name": "Nguyễn Lan", "phone": "0901234567"}
    event["headers"] |= headers
    return handler({**event, "cookies": [cookie], "body": urlencode(form)}, Context())


def test_without_a_session_every_page_leads_to_signing_in() -> None:
    answer = answered("home")

    assert answer["statusCode"] == 303
    assert answer["headers"]["location"] == "/console/sign-in?next=%2Fconsole%2F"


def test_a_key_opens_a_session_whose_cookie_no_script_and_no_other_site_can_use(aws: Deployment) -> None:
    answer = answered("sign_in", body=urlencode({"key": key(aws), "next": "/console/customers"}))

    cookie = SimpleCookie(answer["cookies"][0])[COOKIE]
    assert answer["headers"]["location"] == "/console/customers"
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["path"]) == (True, True, "Strict", "/")
    assert COOKIE.startswith("__Host-")


def test_a_wrong_key_opens_nothing_and_is_not_repeated_on_the_page() -> None:
    answer = answered("sign_in")

    assert answer["statusCode"] == 422
    assert "cookies" not in answer or not answer["cookies"]
    assert "Khóa API này không đúng" in page(answer)
    assert "rhk_invented" not in page(answer)


def test_signing_in_never_leads_to_another_site(aws: Deployment) -> None:
    text = key(aws)
    for elsewhere in ("https://evil.example", "//evil.example", "/console/\\evil.example", "/console/../x\n"):
        answer = answered("sign_in", body=urlencode({"key": text, "next": elsewhere}))
        assert answer["headers"]["location"] in ("/console/", "/console/../x"), elsewhere


def test_a_forged_session_gets_nowhere() -> None:
    assert answered("forged_session")["statusCode"] == 303


def test_a_session_of_another_deployment_gets_nowhere(aws: Deployment) -> None:
    cookie = signed_in(aws)
    client("ssm").delete_parameter(Name=KEY_NAME)
    sessions.cache_clear()

    assert answered("home", cookies=[cookie])["statusCode"] == 303


def test_the_signing_key_is_made_once_and_lies_in_the_parameter_store_only(aws: Deployment) -> None:
    cookie = signed_in(aws)
    kept = client("ssm").get_parameter(Name=KEY_NAME, WithDecryption=True)["Parameter"]
    sessions.cache_clear()

    assert kept["Type"] == "SecureString"
    assert len(bytes.fromhex(kept["Value"])) == 32
    assert answered("home", cookies=[cookie])["statusCode"] == 200


def test_a_revoked_key_ends_its_sessions_at_once(aws: Deployment) -> None:
    cookie = signed_in(aws)
    key(aws, "staff")
    api_keys.create(aws.table, key_id="second", name="x", employee="mai", role="admin", by="owner", at=NOW)
    api_keys.revoke(aws.table, "key-admin")

    assert answered("home", cookies=[cookie])["statusCode"] == 303


def test_pages_come_with_a_strict_policy_and_are_kept_nowhere(aws: Deployment) -> None:
    answer = answered("home", cookies=[signed_in(aws)])
    headers = answer["headers"]

    assert answer["statusCode"] == 200
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["x-frame-options"] == "DENY"


def test_a_form_of_the_session_is_saved(aws: Deployment) -> None:
    cookie = signed_in(aws)

    answer = entered(cookie, proof(cookie))

    assert answer["statusCode"] == 303
    assert answer["headers"]["location"].startswith("/console/customers/c_")


def test_the_same_form_sent_twice_makes_one_customer(aws: Deployment) -> None:
    cookie = signed_in(aws)

    answers = [entered(cookie, proof(cookie))["headers"]["location"] for _ in range(2)]

    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "forged",
    [
        {"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
        {"origin": "https://hub.example.vn", "sec-fetch-site": "same-site"},
        {"origin": "null", "sec-fetch-site": "cross-site"},
        {"origin": "http://hub.example.vn"},
    ],
    ids=str,
)
def test_what_another_site_sends_is_refused(aws: Deployment, forged: dict[str, str]) -> None:
    """Even if the browser sent the cookie along, and somebody knew the proof."""
    cookie = signed_in(aws)

    assert entered(cookie, proof(cookie), **forged)["statusCode"] == 403


def test_a_form_without_the_sessions_proof_is_refused(aws: Deployment) -> None:
    cookie = signed_in(aws)

    assert [entered(cookie, told)["statusCode"] for told in ("", "0" * 64, "é")] == [403, 403, 403]


def test_a_form_after_the_sessions_end_is_not_lost_in_the_page(aws: Deployment) -> None:
    """A script gets 401 and leaves the page with what was typed as it is."""
    assert entered(f"{COOKIE}=x.y", "", **{"hx-request": "true"})["statusCode"] == 401


def test_a_viewers_key_may_look_but_not_write(aws: Deployment) -> None:
    cookie = signed_in(aws, "viewer")

    assert entered(cookie, proof(cookie))["statusCode"] == 403
    assert answered("home", cookies=[cookie])["statusCode"] == 200


def test_script_text_from_outside_is_shown_as_text(aws: Deployment) -> None:
    cookie = signed_in(aws)
    form = {"_proof": proof(cookie), "_once": "once-2", "name": "<script>alert(1)</script>\"'><img src=x onerror=y>"}
    event = trigger("console", "create_customer")
    answered("create_customer", cookies=[cookie], body=urlencode(form))

    event["requestContext"]["http"] |= {"method": "GET", "path": "/console/customers"}
    told = page(handler({**event, "rawPath": "/console/customers", "cookies": [cookie]}, Context()))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in told
    assert "<script>alert" not in told
    assert "<img src=x" not in told


def test_bodies_that_are_no_forms_are_refused_in_words(aws: Deployment) -> None:
    cookie = signed_in(aws)
    event = trigger("console", "create_customer") | {"cookies": [cookie]}
    torn = {"body": "====", "isBase64Encoded": True}
    parts = event | {"headers": event["headers"] | {"content-type": "multipart/form-data; boundary=x"}, "body": "--y"}

    assert handler(event | torn, Context())["statusCode"] == 400
    assert handler(parts, Context())["statusCode"] == 400
    assert handler(event | {"body": "name=" + "x" * 6_000_000}, Context())["statusCode"] == 413


def test_assets_are_kept_for_ever_under_names_that_change_with_them() -> None:
    sign_in = page(answered("sign_in_page"))
    address = sign_in.partition('href="/console/assets/tabler')[2].partition('"')[0]
    answer = answered("sign_in_page", rawPath=f"/console/assets/tabler{address}")

    assert answer["statusCode"] == 200
    assert "immutable" in answer["headers"]["cache-control"]
    assert answered("sign_in_page", rawPath="/console/assets/tabler.000000000000.css")["statusCode"] == 404


def test_logs_tell_no_names_and_no_ids(aws: Deployment, lines: Lines) -> None:
    cookie = signed_in(aws)
    lines()
    answer = entered(cookie, proof(cookie))
    told = str(lines())

    assert "/console/customers" in told
    assert "Nguyễn" not in told
    assert answer["headers"]["location"].rpartition("/")[2].partition("?")[0] not in told


def test_the_address_without_a_path_leads_to_the_console() -> None:
    answer = answered("home", rawPath="/")

    assert answer["statusCode"] == 303
    assert answer["headers"]["location"].startswith("/console/")
