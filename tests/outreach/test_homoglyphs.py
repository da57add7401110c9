import pytest

from outreach.homoglyphs import mixes_alphabets


@pytest.mark.parametrize("text", ["Аnna", "Anna Arѕhakyan", "Ρaulo", "Աnna"])
def test_a_word_of_two_alphabets_that_look_alike_is_found(text):
    assert mixes_alphabets(text)


@pytest.mark.parametrize("text", ["Anna", "Анна Anna", "Արամ D'Angelo", "山田タロウ", "أحمد", "Zoë 2", "🌷", ""])
def test_other_names_are_left_alone(text):
    assert not mixes_alphabets(text)
