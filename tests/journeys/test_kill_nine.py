"""The plug is pulled, again and again, in the middle of a wave: nothing is sent twice, nothing is lost."""

import json
import subprocess
import sys
from typing import Any

import pytest

from bench.chaos.lots import BAG
from config.embedded.folder import ROOT

ROUNDS, DELIVERIES, SEED = 5, 400, 2
LINES = {"smtp to addressees", "smtp to supporters", "x", "bluesky", "mastodon"}


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """What the chaos had to say after killing everything that there is at least once."""
    size = ["--rounds", str(ROUNDS), "--deliveries", str(DELIVERIES), "--seed", str(SEED), "--email", "smtp"]
    command = [sys.executable, "-m", "bench.chaos", *size, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=230)
    assert done.returncode == 0, done.stdout + done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.timeout(240)
def test_after_kill_nine_of_everything_each_delivery_is_final_or_unknown_and_none_came_twice(told):
    assert set(told["lines"]) == LINES
    assert told["deliveries"] >= DELIVERIES
    for line, tally in told["lines"].items():
        assert (tally["twice"], tally["lost"], tally["denied"]) == (0, 0, 0), line
        assert tally["planned"] == tally["sent"] + tally["unknown"] + tally["given_up"], line
        assert tally["sent"] > 0, line


def test_everything_was_killed_while_something_was_on_a_wire(told):
    assert set(told["faults"]) == set(BAG)
    assert sum(told["faults"].values()) == ROUNDS * 2
    assert told["hits"] >= ROUNDS
