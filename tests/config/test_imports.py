"""Imports point one way: config → outreach → campaigns → channels."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.embedded.folder import ROOT

ORDER = ("config", "outreach", "campaigns", "channels")


def imported(file: Path) -> Iterator[str]:
    """The first name of every module that a file imports, also deep inside a function."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("package", ORDER)
def test_a_package_imports_only_what_stands_to_its_right(package: str) -> None:
    forbidden = {*ORDER[: ORDER.index(package)], "tests", "bench"}
    files = sorted((ROOT / package).rglob("*.py"))
    against = [
        f"{file.relative_to(ROOT)} imports {name}" for file in files for name in imported(file) if name in forbidden
    ]
    assert files
    assert against == []


def test_the_wires_know_neither_django_nor_the_queue() -> None:
    files = sorted((ROOT / "channels").rglob("*.py"))
    assert [file.name for file in files if {"django", "dramatiq", "psycopg"} & set(imported(file))] == []
