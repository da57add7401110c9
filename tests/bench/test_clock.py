import pytest

from bench.clock import Size, measured

pytestmark = pytest.mark.django_db


def test_the_clock_is_measured_over_few_and_many_and_writes_a_letter_for_each_appeal():
    figures = measured(Size(few=5, many=40, supporters=30), lambda: 0.0)
    assert [figure.name for figure in figures if figure.must] == [
        "a pass with nothing due",
        "… of processor time",
        "… beside one over 5 appeals",
        "… in a second of processor time",
        "… in a second of processor time",
        "… beside one over 5 appeals",
        "… more memory than that one needs",
    ]
    assert all(figure.value >= 0 for figure in figures)
