"""The data folder of one installation: what the embedded services keep, and who uses them now."""

import contextlib
import hashlib
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

LONGEST_LOG = 5_000_000  # bytes; a longer one is begun anew at the next start
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Folder:
    """A folder with the cluster, the queue, the logs of both, and the key that signs sessions."""

    path: Path

    @classmethod
    def of_this_installation(cls) -> "Folder":
        """OUTREACH_DATA, else `.outreach` beside the code."""
        return cls(Path(os.environ.get("OUTREACH_DATA") or ROOT / ".outreach").absolute())

    @property
    def sockets(self) -> Path:
        """Where the services listen. The path of a Unix socket has some 100 bytes at most, so it stands outside."""
        mark = hashlib.sha256(str(self.path).encode()).hexdigest()[:8]
        return short_temporary_folder() / f"outreach-{os.getuid()}-{mark}"

    @property
    def database_url(self) -> str:
        """The embedded PostgreSQL as a libpq address."""
        return f"postgresql://outreach@/outreach?host={self.sockets}"

    @property
    def redis_url(self) -> str:
        """The embedded Valkey as a redis-py address."""
        return f"unix://{self.sockets}/valkey.sock"

    def make(self) -> None:
        """Make the folder, readable by its owner only. Harmless if it is there."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)

    def open_log(self, name: str) -> IO[bytes]:
        """The log of one server, to be added to."""
        log = self.path / f"{name}.log"
        if log.exists() and log.stat().st_size > LONGEST_LOG:
            log.unlink()
        return log.open("ab")

    def last_words(self, name: str) -> str:
        """The end of such a log: what a server said before it gave up."""
        return (self.path / f"{name}.log").read_text(errors="replace")[-2000:].strip()

    def secret_key(self) -> str:
        """The key kept in this folder; made once, readable by its owner only."""
        self.make()
        kept = self.path / "secret-key"
        if not kept.exists():
            self._keep_new_key(kept)
        return kept.read_text()

    def _keep_new_key(self, kept: Path) -> None:
        """Let the first of several processes win; its key appears whole or not at all."""
        with tempfile.NamedTemporaryFile("w", dir=self.path) as draft:  # made with mode 0600
            draft.write(secrets.token_urlsafe(50))
            draft.flush()
            with contextlib.suppress(FileExistsError):
                os.link(draft.name, kept)


def short_temporary_folder() -> Path:
    """/tmp, so that two shells with different TMPDIR meet; another folder only where /tmp cannot be used."""
    return Path("/tmp") if os.access("/tmp", os.W_OK) else Path(tempfile.gettempdir())
