import pytest

from channels.return_path import key_in, tagged


@pytest.mark.parametrize("return_path", ["bounces@artsakh.example", "post+bounces@artsakh.example"])
def test_the_key_of_a_letter_is_read_back_from_its_return_path(return_path: str) -> None:
    assert key_in(tagged(return_path, "0190c1e0b5d9")) == "0190c1e0b5d9"


@pytest.mark.parametrize("address", ["bounces@artsakh.example", "", "+@", "a+@b.example", "a+ @b.example"])
def test_an_address_without_a_key_names_none(address: str) -> None:
    assert key_in(address) == ""
