"""What the data folder promises."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config.embedded.folder import Folder


def test_the_key_is_made_once_even_if_many_ask_at_the_same_time(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data")
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: folder.secret_key(), range(8)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 50


def test_only_the_owner_may_read_the_key_and_enter_the_folder(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "data")
    folder.secret_key()
    assert stat.S_IMODE((folder.path / "secret-key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700


def test_the_path_of_a_socket_stays_short_however_deep_the_folder_is(tmp_path: Path) -> None:
    folder = Folder(tmp_path / ("deep/" * 40))
    assert len(str(folder.sockets / ".s.PGSQL.5432.lock")) < 100


def test_two_folders_never_share_their_sockets(tmp_path: Path) -> None:
    assert Folder(tmp_path / "one").sockets != Folder(tmp_path / "two").sockets


def test_a_long_log_is_begun_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.embedded.folder.LONGEST_LOG", 10)
    (tmp_path / "postgres.log").write_text("more than ten bytes")
    Folder(tmp_path).open_log("postgres").close()
    assert Folder(tmp_path).last_words("postgres") == ""
