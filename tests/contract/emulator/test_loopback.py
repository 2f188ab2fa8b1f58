"""The local stack never speaks to a real account."""

import pytest

from tests.local import bridge, deployment, places


@pytest.mark.parametrize("endpoint", ["https://lambda.ap-southeast-1.amazonaws.com", "http://10.0.0.5:4566", ""])
def test_an_endpoint_elsewhere_is_refused(endpoint: str) -> None:
    with pytest.raises(ValueError, match="is not on this machine"):
        deployment.clients(endpoint, "sqs")
    with pytest.raises(ValueError, match="is not on this machine"):
        bridge.build_routes(endpoint, "api", {})


def test_child_processes_do_not_inherit_an_account_or_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "the-shops-real-account")
    monkeypatch.setenv("AWS_SESSION_TOKEN", "real")
    monkeypatch.setenv("https_proxy", "http://proxy.example.vn:8080")

    environment = places.child_environment()

    assert not {"AWS_PROFILE", "AWS_SESSION_TOKEN", "https_proxy"} & environment.keys()
    assert environment["AWS_ACCESS_KEY_ID"] == "test"
