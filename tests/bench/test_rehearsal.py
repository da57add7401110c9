import json
import subprocess
import sys


def test_the_bench_of_rehearsals_runs_in_a_quick_form_and_holds_its_targets():
    command = [sys.executable, "-m", "bench", "rehearsal", "--quick", "--json"]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True, timeout=50).stdout)
    figures = {figure["name"]: figure for figure in told["figures"]}
    assert figures["the petition, its whole ladder"]["value"] < figures["the petition, its whole ladder"]["must"] == 2.0
    assert figures["51 addressees, the whole ladder"]["must"] == 60.0
    assert figures["messages in that"]["value"] > 7 * 51
