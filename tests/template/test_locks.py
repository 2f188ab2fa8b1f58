"""What is installed is exactly what was tried, and says nothing about where it came from."""

import re
from pathlib import Path

import pytest

from tests.template.conftest import CHECKOUT

LAYER = CHECKOUT / "layers" / "retailhub" / "requirements.txt"
OTHERS = [CHECKOUT / "tests" / "local" / "requirements" / f"{name}.txt" for name in ("dev", "emulator", "sam")]


def pins(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", path.read_text(), re.MULTILINE))


@pytest.mark.parametrize("path", [LAYER, *OTHERS], ids=lambda path: path.stem)
def test_every_package_is_pinned_with_its_hashes(path: Path) -> None:
    requirements = re.split(r"\n(?=\w)", path.read_text().strip())
    assert len(requirements) > 10
    for requirement in requirements:
        assert re.match(r"[\w.-]+==\S+ ", requirement), requirement[:60]
        assert "--hash=sha256:" in requirement, requirement[:60]


@pytest.mark.parametrize("path", [LAYER, *OTHERS], ids=lambda path: path.stem)
def test_a_lock_file_names_no_place_to_install_from(path: Path) -> None:
    text = path.read_text()
    assert not [
        word for word in ("http", "--index", "--extra", "--find-links", "--trusted-host", "file:") if word in text
    ]


@pytest.mark.parametrize("path", OTHERS[:2], ids=lambda path: path.stem)
def test_tests_and_emulator_run_with_the_functions_versions(path: Path) -> None:
    """The emulator's workers see its own packages before the layer's."""
    layer, other = pins(LAYER), pins(path)
    shared = layer.keys() & other.keys()
    assert {"botocore", "pydantic", "urllib3"} <= shared
    assert {name: other[name] for name in shared} == {name: layer[name] for name in shared}
