"""What holds for the repository as a whole."""

import ast
import re
import subprocess
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("crawler", "storage", "schedules", "luutin")
MODULES = sorted(path for name in (*PACKAGES, "bench") for path in (ROOT / name).rglob("*.py"))
# Where packages come from is the installer's business, and some paths only one machine has.
INDEX = re.compile(r"(?<!emit-)index-url|find-links|trusted-host")
MACHINE = re.compile(r"(?<![\w.:/-])/(?:work|root|home|Users|tmp|mnt)/[\w.]")


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_is_imported_from_this_checkout(name: str) -> None:
    found = import_module(name).__file__
    assert found is not None
    assert Path(found).parent == ROOT / name


@pytest.mark.parametrize("path", [path for path in MODULES if path.name == "__init__.py"], ids=str)
def test_the_init_of_a_package_holds_a_docstring_only(path: Path) -> None:
    statements = ast.parse(path.read_text("utf-8")).body
    assert [type(statement) for statement in statements] == [ast.Expr]


def test_every_module_says_in_its_first_line_what_it_does() -> None:
    silent = [str(path) for path in MODULES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert silent == []


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is no checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_the_lock_names_no_address() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text("utf-8")


@pytest.mark.parametrize("pattern", [INDEX, MACHINE], ids=["index", "machine"])
def test_no_file_names_a_package_index_or_a_path_of_one_machine(pattern: re.Pattern[str]) -> None:
    found = []
    for path in tracked():
        if path == Path(__file__):
            continue
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
            if match := pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {match[0]}")
    assert found == []
