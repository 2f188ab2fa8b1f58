"""Log lines and metrics: one JSON line each, ids only."""

import json

import pytest

from retailhub.domain.errors import Malformed
from retailhub.runtime.observability import SECRETIVE, count, log, trouble


@pytest.fixture(autouse=True)
def surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "retailhub")
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "RetailHub")
    monkeypatch.delenv("LOG_LEVEL", raising=False)


def test_a_line_stays_one_line_whatever_strangers_write(capsys: pytest.CaptureFixture[str]) -> None:
    """F28."""
    log("webhook", topic='customer\n{"level": "ERROR"}\r\x85\u2028')

    [line] = capsys.readouterr().out.splitlines()
    assert json.loads(line)["topic"].startswith("customer\n")
    assert json.loads(line)["level"] == "INFO"


def test_a_stranger_s_long_text_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    log("webhook", connection="x" * 10_000)

    assert len(json.loads(capsys.readouterr().out)["connection"]) == 200


@pytest.mark.parametrize("field", sorted(SECRETIVE))
def test_fields_that_could_hold_personal_data_are_left_out(field: str, capsys: pytest.CaptureFixture[str]) -> None:
    log("change", **{field: "Trần Thị Lan", "record": "c_1"})

    line = json.loads(capsys.readouterr().out)
    assert field not in line
    assert line["record"] == "c_1"


def test_lines_below_the_wanted_level_are_not_written(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOG_LEVEL", "ERROR")

    log("fine")
    log("bad", level="ERROR")

    assert [json.loads(line)["message"] for line in capsys.readouterr().out.splitlines()] == ["bad"]


def test_a_metric_is_counted_for_the_service_and_by_platform_and_outcome(capsys: pytest.CaptureFixture[str]) -> None:
    """CloudWatch's embedded metric format: no call is made."""
    count("Changes", 2, platform="kiotviet", outcome="applied")

    line = json.loads(capsys.readouterr().out)
    [described] = line["_aws"]["CloudWatchMetrics"]
    assert described == {
        "Namespace": "RetailHub",
        "Dimensions": [["service"], ["outcome", "platform"]],
        "Metrics": [{"Name": "Changes", "Unit": "Count"}],
    }
    assert (line["Changes"], line["service"], line["platform"], line["outcome"]) == (
        2,
        "retailhub",
        "kiotviet",
        "applied",
    )
    assert line["_aws"]["Timestamp"] > 1_700_000_000_000


def test_an_error_is_told_by_its_code_and_place_never_by_its_text() -> None:
    """An error's text may quote the data that it stumbled over."""

    with pytest.raises(Malformed) as known:
        raise Malformed("not_json", "0912000042")
    with pytest.raises(KeyError) as unexpected:
        raise KeyError("0912000042")

    ours, theirs = trouble(known.value), trouble(unexpected.value)

    assert (ours["cause"], theirs["cause"]) == ("not_json", "KeyError")
    assert ours["at"].startswith("test_observability.py:")
    assert "0912000042" not in str([ours, theirs])
