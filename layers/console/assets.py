"""Picks the few files of npm packages that the console serves into `console/static/vendor`: the stylesheet, htmx and
the icons that `icons.txt` names, with their licences (the stylesheet carries its own). The packages go again."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENDOR = HERE / "console" / "static" / "vendor"
FILES = {
    "tabler.css": "@tabler/core/dist/css/tabler.min.css",
    "htmx.js": "htmx.org/dist/htmx.min.js",
}
LICENCES = {"htmx": "htmx.org/LICENSE", "icons": "bootstrap-icons/LICENSE"}
SVG = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
SOURCE_MAP = re.compile(rb"\n?/\*# sourceMappingURL=\S+ \*/\s*$")


def main() -> None:
    """Fetch what the lock file names, checking every hash, and keep what is served."""
    npm = shutil.which("npm", path=f"{HERE.parents[1] / '.venv/sam/bin'}:{_path()}")
    if npm is None:
        raise SystemExit("npm was not found: run `make setup` first; it comes with .venv/sam")
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        options = ["--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--silent"]
        subprocess.run([npm, "ci", *options], cwd=folder, check=True, env=_surroundings(npm))  # noqa: S603 npm as found
        _pick(Path(folder) / "node_modules")


def _pick(modules: Path) -> None:
    for name, path in FILES.items():
        (VENDOR / name).write_bytes(SOURCE_MAP.sub(b"", (modules / path).read_bytes()))
    for name, path in LICENCES.items():
        shutil.copy(modules / path, VENDOR / f"{name}.LICENSE.txt")
    wanted = (HERE / "icons.txt").read_text().split()
    icons = {name: _drawing(modules / "bootstrap-icons" / "icons" / f"{name}.svg") for name in wanted}
    (VENDOR / "icons.json").write_text(json.dumps(icons))


def _drawing(file: Path) -> str:
    found = SVG.search(file.read_text())
    if found is None:
        raise SystemExit(f"{file.name} is no icon")
    return found[1].strip()


def _path() -> str:
    return _surroundings("")["PATH"]


def _surroundings(npm: str) -> dict[str, str]:
    """npm finds its node beside it."""
    beside = f"{Path(npm).parent}:" if npm else ""
    return {**os.environ, "PATH": f"{beside}{os.environ.get('PATH', '')}"}


if __name__ == "__main__":
    main()
