"""What the lock promises to whoever installs it."""

import re
import tomllib
from importlib.metadata import packages_distributions

from config.embedded.folder import ROOT

LOCK = (ROOT / "requirements.lock").read_text()
LOCKED = set(re.findall(r"^([a-z0-9][a-z0-9.-]*)==", LOCK, re.MULTILINE))
OURS = ("bench", "campaigns", "channels", "config", "outreach", "templates", "tests")


def test_the_lock_names_no_registry() -> None:
    assert re.findall(r"\S*(?:://|\bindex-url|\bfind-links|\btrusted-host)\S*", LOCK) == []


def test_every_locked_version_has_a_hash() -> None:
    entries = re.split(r"\n(?=[a-z0-9])", LOCK.partition("\n")[2].strip())
    assert len(entries) == len(LOCKED) > 50
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_everything_the_project_names_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    named = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["embedded"],
        *project["dependency-groups"]["dev"],
    ]
    assert {re.split(r"[\[=<>~;! ]", name)[0].lower() for name in named} <= LOCKED


def test_no_locked_distribution_owns_a_package_name_of_ours() -> None:
    owners = packages_distributions()
    assert {name: owners[name] for name in OURS if name in owners} == {}


def test_every_direct_dependency_has_its_reason_written_down() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    reasons = (ROOT / "docs" / "dependencies.md").read_text()
    groups = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = [re.split(r"[\[=<>~;! ]", name)[0] for name in groups]
    assert [name for name in names if f"**{name}**" not in reasons] == []
