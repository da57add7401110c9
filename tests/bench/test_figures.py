import json
from functools import partial

import pytest

from bench.figure import Figure, as_json, as_table
from bench.interleave import interleaved, middle


@pytest.mark.parametrize(
    ("value", "better", "must", "stretch", "verdict"),
    [
        (0.7, "higher", 0.5, 0.62, "stretch"),
        (0.55, "higher", 0.5, 0.62, "must"),
        (0.4, "higher", 0.5, 0.62, "missed"),
        (110, "lower", 200, 120, "stretch"),
        (150, "lower", 200, 120, "must"),
        (300, "lower", 200, 120, "missed"),
        (1.0, "higher", 1.0, None, "must"),
        (1.0, "higher", None, None, ""),
    ],
)
def test_a_figure_says_whether_it_reaches_what_was_wanted(value, better, must, stretch, verdict):
    assert Figure("letters", value, "×", better, must, stretch).verdict == verdict


def test_for_programs_there_is_one_object_with_the_figures_the_commit_and_the_machine():
    told = json.loads(as_json([Figure("letters", 12.5, "×", "higher", 14, 18)], ["sent to a sink"]))
    assert set(told) == {"figures", "commit", "machine"}
    assert told["figures"] == [
        {"name": "letters", "value": 12.5, "unit": "×", "better": "higher", "must": 14, "stretch": 18}
    ]
    assert told["machine"].endswith("sent to a sink")


def test_for_eyes_there_is_a_table_with_the_numbers_below_one_another():
    table = as_table([Figure("a", 12_345.6, "letters/s", "higher"), Figure("bb", 0.5, "×", "higher", 0.4)], ["a note"])
    first, second = table.splitlines()[1:3]
    assert first.index("12,346") + len("12,346") == second.index("0.5") + len("0.5")
    assert second.endswith("must")
    assert "a note" in table


def test_runs_take_turns_and_each_round_begins_with_another():
    ran: list[str] = []

    def run(name: str) -> int:
        ran.append(name)
        return len(ran)

    results = interleaved(3, {"a": partial(run, "a"), "b": partial(run, "b")})
    assert "".join(ran) == "abbaab"
    assert results == {"a": [1, 4, 5], "b": [2, 3, 6]}
    assert middle(results["b"], float) == 3
