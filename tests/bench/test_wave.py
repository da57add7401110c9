import pytest

from bench import wave


@pytest.mark.django_db(transaction=True)
def test_the_bench_of_waves_composes_for_everybody_and_for_a_segment(monkeypatch):
    monkeypatch.setattr("outreach.mailings.composing.PORTION", 300)
    wave._people(1000)
    everybody = wave._composed("all", 1000)
    assert (everybody.people, everybody.letters) == (1000, 1000)
    assert wave._composed("segment", 1000, wave._segment()).letters < 500
    assert wave._composed("contest", 1000, wordings=3).letters == 1000
