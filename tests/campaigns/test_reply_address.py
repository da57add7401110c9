from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.reply_address import ALPHABET, LENGTH, ReplyTokens, ids_of, is_one_slip, meant, slips

OURS = ReplyTokens(("a secret",))
APPEALS = st.uuids(version=4)


def test_an_address_of_a_letter_is_short_and_has_no_character_that_is_taken_for_another():
    token = OURS.token(uuid4())
    assert len(token) == LENGTH
    assert set(token) <= set(ALPHABET)
    assert not set("ilou") & set(ALPHABET)


def test_only_who_has_the_secret_can_make_it():
    appeal = uuid4()
    assert OURS.is_of(OURS.token(appeal), appeal)
    assert not OURS.is_of(ReplyTokens(("another",)).token(appeal), appeal)
    assert not OURS.is_of(OURS.token(uuid4()), appeal)


def test_addresses_in_old_letters_work_on_after_a_change_of_secrets():
    appeal = uuid4()
    assert ReplyTokens(("new", "a secret")).is_of(OURS.token(appeal), appeal)
    assert not ReplyTokens(("new",)).is_of(OURS.token(appeal), appeal)


@settings(max_examples=30)
@given(APPEALS, st.data())
def test_one_slip_is_recognised_but_never_certain(appeal: UUID, data: st.DataObject):
    token = OURS.token(appeal)
    at = data.draw(st.integers(0, LENGTH - 2))
    letter = data.draw(st.sampled_from(ALPHABET))
    said = data.draw(
        st.sampled_from(
            [
                token[:at] + letter + token[at + 1 :],
                token[:at] + token[at + 1] + token[at] + token[at + 2 :],
                token[:at] + token[at + 1 :],
                token[:at] + letter + token[at:],
            ]
        )
    )
    assert is_one_slip(said, token)
    assert token in slips(said)
    assert any(first <= appeal <= last for first, last in ids_of(slips(said)))
    likeness = OURS.likeness(said, appeal)
    assert likeness == 1 if said == token else 0.8 <= likeness < 1


def test_letters_misread_from_paper_are_understood():
    assert meant("LlIiOoUu") == "111100vv"
    appeal = UUID("6c1f4b2e-0000-4000-8000-00000000002a")
    token = next(t for n in range(200) if set("10") <= set(t := ReplyTokens((str(n),)).token(appeal)))
    own = next(ReplyTokens((str(n),)) for n in range(200) if ReplyTokens((str(n),)).token(appeal) == token)
    misread = token.replace("1", "l").replace("0", "O")
    assert own.likeness(misread, appeal) == 0.99
    assert own.likeness(token.upper(), appeal) == 1, "a server may write capitals"


@settings(max_examples=30)
@given(APPEALS, APPEALS)
def test_another_appeals_address_is_not_like_it(one: UUID, other: UUID):
    if one != other:
        assert OURS.likeness(OURS.token(other), one) < 0.8


@settings(max_examples=50)
@given(st.text(max_size=60))
def test_any_text_may_stand_where_a_token_should(said: str):
    assert OURS.likeness(said, UUID(int=5)) < 0.8
