import pytest

from bench import signups
from bench.load import Load


def test_a_percentile_is_the_wait_that_so_many_answers_kept():
    load = Load(4, 2.0, (0.01, 0.02, 0.03, 0.4))
    assert (load.rate, load.percentile(0.5), load.percentile(0.99)) == (2.0, 0.03, 0.4)


@pytest.mark.timeout(120)
@pytest.mark.usefixtures("here")
def test_the_bench_of_signups_runs_in_a_quick_form_and_finds_every_form_it_was_told_of():
    figures = {figure.name: figure for figure in signups.figures(quick=True)[0]}
    assert figures["the same ÷ bare INSERTs"].must == 0.35
    assert figures["sign-ups seen waiting for a row that another had locked"].value == 0
