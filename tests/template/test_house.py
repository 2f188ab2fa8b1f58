"""A folder in functions/, a logical id and a folder in events/ are one thing under three spellings."""

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.template.conftest import CHECKOUT, Resources

DESIGNED = (
    "KiotvietWebhook HaravanWebhook GetflyWebhook CnvLoyaltyWebhook CrmvietWebhook "
    "ApplyChanges RouteChanges DeliverGetfly DeliverCnvLoyalty DeliverHaravan PullPages "
    "KiotvietCatchUp HaravanCatchUp GetflyCatchUp CnvLoyaltyCatchUp HaraloyaltyCatchUp LeadSync "
    "ResumeDeliveries SubscriptionWatchdog Reconcile "
    "AdminApi ApiAuthorizer Console"
)


def snake(logical_id: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", logical_id).lower()


def folders(name: str) -> set[str]:
    return {each.name for each in (CHECKOUT / name).iterdir() if each.is_dir() and not each.name.startswith("__")}


def test_every_function_of_the_design_exists(functions: Resources) -> None:
    """Design §5."""
    assert set(functions) >= set(DESIGNED.split())


def test_a_function_lives_in_the_folder_of_its_name(functions: Resources) -> None:
    assert {name: each["Properties"]["CodeUri"] for name, each in functions.items()} == {
        name: f"functions/{snake(name)}" for name in functions
    }


def test_every_folder_of_functions_is_deployed(functions: Resources) -> None:
    assert folders("functions") == {snake(name) for name in functions}


def test_a_function_is_one_file_of_at_most_about_sixty_lines() -> None:
    for folder in folders("functions"):
        files = [each.name for each in (CHECKOUT / "functions" / folder).glob("*.py") if each.name != "__init__.py"]
        assert files == ["app.py"], folder
        assert len((CHECKOUT / "functions" / folder / "app.py").read_text().splitlines()) <= 70, folder


def test_every_function_has_sample_events(functions: Resources) -> None:
    for name in functions:
        assert list((CHECKOUT / "events" / snake(name)).glob("*.json")), f"events/{snake(name)} holds no event"


def test_no_events_lie_about_for_functions_that_do_not_exist(functions: Resources) -> None:
    assert folders("events") == {snake(name) for name in functions}


def test_sample_events_are_json_objects() -> None:
    for path in (CHECKOUT / "events").rglob("*.json"):
        assert isinstance(json.loads(path.read_text()), dict), path


def test_the_template_stays_readable() -> None:
    assert len((CHECKOUT / "template.yaml").read_text().splitlines()) <= 1050


def test_cfn_lint_finds_nothing_not_even_a_hint() -> None:
    assert lint(CHECKOUT / "template.yaml") == ""


def test_cfn_lint_finds_nothing_in_the_expanded_template(expanded: Resources, tmp_path: Path) -> None:
    """I3042 is left out: the one finding is the authorizer's address, which SAM itself writes without a partition."""
    path = tmp_path / "expanded.json"
    path.write_text(json.dumps(expanded))
    assert lint(path, "--ignore-checks", "I3042") == ""


def lint(path: Path, *options: str) -> str:
    command = [str(Path(sys.executable).parent / "cfn-lint"), "--include-checks", "I", *options, "--", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout
