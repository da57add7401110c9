"""What the figures were taken on."""

import os
import platform
import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent


def commit() -> str:
    """The commit in the checkout, with a + if files differ from it; empty outside of one."""
    found = _git("rev-parse", "--short", "HEAD")
    return f"{found}+" if found and _git("status", "--porcelain", "--untracked-files=no") else found


def machine() -> str:
    """Cores, processor, Python, and how many processes want to run now, on the average of a minute."""
    return f"{os.cpu_count()} cores, {_processor()}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"


def _git(*words: str) -> str:
    try:
        return subprocess.run(["git", *words], cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
