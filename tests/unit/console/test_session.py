"""Sessions are short, cannot be forged, and end with their key."""

import base64
import json

import pytest

from console.session import IDLE_SECONDS, LONGEST_SECONDS, RENEWED_SECONDS, Session, Sessions, cookies_of
from retailhub.crm import api_keys
from tests.fakes.memory_table import MemoryTable

KEY = bytes(range(32))
SESSION = Session("s1", "mark", began=1_000_000, seen=1_000_000)


@pytest.fixture
def sessions() -> Sessions:
    return Sessions(KEY)


def test_a_session_is_known_again_until_nobody_used_it_for_half_an_hour(sessions: Sessions) -> None:
    cookie = sessions.written(SESSION)

    assert sessions.read(cookie, SESSION.seen + IDLE_SECONDS - 1) == SESSION
    assert sessions.read(cookie, SESSION.seen + IDLE_SECONDS) is None


def test_a_session_that_is_used_goes_on_but_not_for_ever(sessions: Sessions) -> None:
    session = SESSION
    now = session.began
    while (kept := sessions.read(sessions.written(session), now)) is not None:
        session = sessions.renewed(kept, now) or kept
        now += IDLE_SECONDS - 60

    assert LONGEST_SECONDS - IDLE_SECONDS <= now - SESSION.began <= LONGEST_SECONDS + IDLE_SECONDS


def test_a_session_is_not_written_anew_with_every_request(sessions: Sessions) -> None:
    assert sessions.renewed(SESSION, SESSION.seen + RENEWED_SECONDS - 1) is None


@pytest.mark.parametrize("torn", ["", ".", "x", "x.y", "é.é", "eyJ9.", "." + "0" * 64, "a.b.c"])
def test_what_is_no_cookie_of_ours_is_nobody(sessions: Sessions, torn: str) -> None:
    assert sessions.read(torn) is None


def test_a_cookie_with_other_words_under_the_same_signature_is_nobody(sessions: Sessions) -> None:
    _, _, signature = sessions.written(SESSION).rpartition(".")
    body = base64.urlsafe_b64encode(json.dumps({**vars(SESSION), "mark": "the owner's"}).encode()).decode()

    assert sessions.read(f"{body}.{signature}", SESSION.seen) is None


def test_a_cookie_signed_with_another_key_is_nobody(sessions: Sessions) -> None:
    assert sessions.read(Sessions(bytes(32)).written(SESSION), SESSION.seen) is None


def test_the_cookie_does_not_hold_the_api_key(sessions: Sessions) -> None:
    table = MemoryTable()
    text = api_keys.create_first_key(table)
    session = sessions.opened(table, f" {text}\n")

    assert session
    assert text not in base64.urlsafe_b64decode(sessions.written(session).rpartition(".")[0]).decode()


def test_a_proof_fits_its_own_key_only_and_outlives_the_session(sessions: Sessions) -> None:
    """What was typed before a session ended can be sent after signing in again."""
    later = Session("s2", "mark", began=2_000_000, seen=2_000_000)
    other = Session("s3", "another", began=2_000_000, seen=2_000_000)

    assert sessions.proves(later, sessions.proof(SESSION))
    assert not sessions.proves(other, sessions.proof(SESSION))


def test_a_proof_is_no_session(sessions: Sessions) -> None:
    assert sessions.read(f"{SESSION.mark}.{sessions.proof(SESSION)}", SESSION.seen) is None


def test_cookies_come_as_a_list_or_in_the_header() -> None:
    assert cookies_of({"cookies": ["a=1", "b=x=y"]}) == {"a": "1", "b": "x=y"}
    assert cookies_of({"headers": {"cookie": "a=1; b=2"}}) == {"a": "1", "b": "2"}
    assert cookies_of({}) == {}
