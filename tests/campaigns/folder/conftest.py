from pathlib import Path

import pytest

from tests.campaigns.folder.folders import write_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A campaign folder with nothing wrong in it."""
    made = tmp_path / "road"
    made.mkdir()
    return write_folder(made)
