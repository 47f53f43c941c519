"""The import contracts of pyproject.toml hold, and would break if somebody broke them."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import deskmate

PACKAGE = Path(deskmate.__file__).parent
CONTRACTS = Path(__file__).parents[2] / "pyproject.toml"

DOMAIN_MAY_USE: dict[str, set[str]] = {"schedule.py": {"dateutil"}}
"""Third-party packages that single modules of the domain may import."""


def lint(source: Path, work: Path) -> subprocess.CompletedProcess[str]:
    """Run the import linter over the package below ``source``."""
    call = "from importlinter.cli import lint_imports_command as main; main()"
    return subprocess.run(
        [sys.executable, "-c", call, "--config", str(CONTRACTS), "--no-cache"],
        cwd=work,
        env={**os.environ, "PYTHONPATH": str(source), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_contracts_hold(tmp_path: Path) -> None:
    result = lint(PACKAGE.parent, tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("domain/planted.py", "import deskmate.store", "floors"),
        ("formats/planted.py", "import deskmate.store", "floors"),
        ("services/planted.py", "import deskmate.cli", "floors"),
        ("cli/planted.py", "import deskmate.tui", "floors"),
        ("planted.py", "", "floors"),
        ("services/planted.py", "import sqlite3", "only the store knows SQL"),
        ("cli/planted.py", "def late(): import sqlalchemy.orm", "only the store knows SQL"),
        ("cli/planted.py", "import textual.app", "only the screen knows Textual"),
        ("domain/planted.py", "import rich.text", "the domain is pure"),
        (
            "tui/dialogs/planted.py",
            "import deskmate.services",
            "screens, dialogs and widgets know neither store nor services",
        ),
    ],
)
def test_a_planted_violation_is_caught(tmp_path: Path, module: str, line: str, contract: str) -> None:
    copy = tmp_path / "src" / "deskmate"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    planted = copy / module
    planted.parent.mkdir(exist_ok=True)
    (planted.parent / "__init__.py").touch()
    planted.write_text(line + "\n", encoding="utf-8")

    result = lint(copy.parent, tmp_path)

    assert result.returncode == 1, result.stdout + result.stderr
    assert f"{contract} BROKEN" in result.stdout


def test_the_domain_imports_the_standard_library_only() -> None:
    domain = PACKAGE / "domain"
    foreign = []
    for path in sorted(domain.rglob("*.py")):
        name = path.relative_to(domain).as_posix()
        allowed = sys.stdlib_module_names | {"deskmate"} | DOMAIN_MAY_USE.get(name, set())
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                modules = [node.module or "" if node.level == 0 else "deskmate"]
            else:
                continue
            foreign += [f"{name}: {module}" for module in modules if module.split(".")[0] not in allowed]
    assert not foreign


def test_every_folder_of_code_is_a_package() -> None:
    # The linter does not look into folders without __init__.py, so nothing may live in one.
    folders = {path.parent for path in PACKAGE.rglob("*.py")}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []
