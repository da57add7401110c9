import json
import subprocess
import sys

import pytest


@pytest.mark.timeout(120)
def test_the_bench_of_news_runs_in_a_quick_form_and_loses_nothing():
    """It raises where an event was not kept, or a letter not proven."""
    command = [sys.executable, "-m", "bench", "events", "--quick", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=110)
    assert done.returncode == 0, done.stderr
    figures = {figure["name"]: figure for figure in json.loads(done.stdout)["figures"]}
    assert figures["taken and counted ÷ COPY"]["must"] == 0.5
    assert all(figure["value"] > 0 for figure in figures.values() if figure["unit"] != "MB")
