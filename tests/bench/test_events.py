import pytest

from bench import events


@pytest.mark.timeout(120)
@pytest.mark.usefixtures("here")
def test_the_bench_of_news_runs_in_a_quick_form_and_loses_nothing():
    """It raises where an event was not kept, or a letter not proven."""
    figures = {figure.name: figure for figure in events.figures(quick=True)[0]}
    assert figures["taken and counted ÷ COPY"].must == 0.5
    assert all(figure.value > 0 for figure in figures.values() if figure.unit != "MB")
