"""The expected lengths in weighted_length.json were taken from X's own counter, `twitter-text` 3.1.0."""

import json
from pathlib import Path

import pytest

from channels.weighted_length import weighted_length

CASES = json.loads(Path(__file__).with_name("weighted_length.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_a_post_counts_as_long_as_x_counts_it(case):
    assert weighted_length(case["text"]) == case["length"]


@pytest.mark.parametrize(
    "emoji", ["\U0001fae8", "\U0001fae9", "🤝🏽", "🏳️‍⚧️"], ids=["2022", "2024", "two tones", "transgender flag"]
)
def test_an_emoji_newer_than_that_counter_still_counts_two(emoji):
    assert weighted_length(emoji) == 2


@pytest.mark.parametrize(
    "text", ["a." * 5000, "x.com/" + "(a" * 5000, "http://" + "a-" * 5000, "http://x.com?" + "." * 5000]
)
@pytest.mark.timeout(5)
def test_no_text_makes_counting_slow(text):
    assert weighted_length(text) > 280
