# ruff: noqa: E501 (a case is a line)
"""Whatever is in a folder, checking it ends with an answer, never with an exception."""

import tempfile
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigns.folder.check import check
from tests.campaigns.folder.folders import ADDRESSEES, CAMPAIGN, LETTER, write_folder

FILES = {"campaign.yaml": CAMPAIGN, "addressees.csv": ADDRESSEES, "wordings/letter/email.en.md": LETTER}
PIECES = [
    *"{}[]:,-#&*!|>'\"%@`?\n\t ;|.\\é\x85\u2028", "---\n", "...\n", "  - ", ": ", "<<: ", "null", "~", "!!set", "0x1f", "{{", "}}",
    "{% for x in silent %}", "{% endfor %}", "en", "2023-01-01", "999999999999 days", "addressees",
]  # fmt: skip
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@contextmanager
def folder_with(file: str, content: bytes):
    with tempfile.TemporaryDirectory() as made:
        folder = write_folder(Path(made))
        (folder / file).write_bytes(content)
        yield folder


def is_answered(file: str, content: bytes) -> None:
    with folder_with(file, content) as folder:
        report = check(folder)
        assert (report.campaign is None) == bool(report.defects)
        for defect in report.defects:
            assert defect.line >= 1
            assert defect.column >= 1
            assert str(defect)


@given(st.sampled_from(list(FILES)), st.binary(max_size=200))
@quick
def test_any_bytes_are_answered(file, content):
    is_answered(file, content)


@given(st.sampled_from(list(FILES)), st.data())
@quick
def test_a_good_file_spoiled_anywhere_is_answered(file, data):
    good = FILES[file]
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(len(good), start + 40)))
    piece = data.draw(st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
    is_answered(file, (good[:start] + piece + good[end:]).encode())


values = st.recursive(
    st.none() | st.text(max_size=10) | st.sampled_from(["en", "7 days", "council", "email", "addressees"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = [
    "title",
    "languages",
    "groups",
    "ladder",
    "demands",
    "terms",
    "sender",
    "put_to",
    "fairness",
    "publish_at",
    "facts",
]


@given(st.dictionaries(st.sampled_from(KEYS), values))
@quick
def test_any_value_under_any_key_is_answered(campaign):
    import json

    is_answered("campaign.yaml", json.dumps(campaign).encode())


@given(st.lists(st.lists(st.text(max_size=12), max_size=16), max_size=4))
@quick
def test_any_rows_are_answered(rows):
    header = ADDRESSEES.split("\n")[0]
    is_answered("addressees.csv", "\n".join([header, *(",".join(row) for row in rows)]).encode(errors="replace"))
