"""315 real reports of real servers, which the project does not carry; what each has to be read as, it does.

`real_bounces.csv` was made by reading them: kind, and for each recipient the beginning of its SHA-256 with `+` for
permanent, `-` for temporary and `?` where the report does not say.
"""

import csv
from hashlib import sha256
from pathlib import Path

import pytest

from channels.incoming.read import read_mail
from channels.incoming.reading import Failed, Kind
from config.embedded.folder import ROOT

FOLDERS = [ROOT.parent / "shared" / "data" / "bounces", ROOT / "shared" / "data" / "bounces"]
EXPECTED = Path(__file__).with_name("real_bounces.csv")
MARKS = {True: "+", False: "-", None: "?"}


def folder() -> Path:
    found = next((each for each in FOLDERS if each.is_dir()), None)
    if found is None:
        pytest.skip("the real bounces are not here (../shared/data/bounces)")
    return found


def told(recipient: Failed) -> str:
    return sha256(recipient.address.lower().encode()).hexdigest()[:10] + MARKS[recipient.is_permanent]


def test_real_reports_are_recognised_with_recipient_and_permanence():
    here = folder()
    wrong, answers = [], []
    with EXPECTED.open(newline="") as table:
        rows = list(csv.DictReader(table))
    for row in rows:
        reading = read_mail((here / f"{row['mail']}.eml").read_bytes())
        found = (str(reading.kind), " ".join(sorted(map(told, reading.recipients))))
        if found != (row["kind"], row["recipients"]):
            wrong.append((row["mail"], *found))
        if reading.kind is Kind.ANSWER:
            answers.append(row["mail"])
    assert len(rows) == 315
    assert answers == []
    assert wrong == []
