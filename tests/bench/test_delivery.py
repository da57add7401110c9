from collections.abc import Callable
from email import message_from_bytes
from email.policy import SMTP

import pytest

from bench import clients, delivery, letters
from bench.sending import send
from bench.sink import Sink, postfix_sink
from channels.letter import unstuffed


def test_the_letter_is_one_of_four_kilobytes_in_two_parts_and_another_for_each_recipient():
    first, second = letters.letter(1), letters.letter(2)
    message = message_from_bytes(unstuffed(first.data), policy=SMTP)
    assert 4_000 < len(first.data) < 4_500
    assert message.get_content_type() == "multipart/alternative"
    assert "Alex Person1" in message["Subject"]
    assert first.data != second.data


def test_postfixs_sink_is_looked_for_where_the_environment_says(monkeypatch):
    monkeypatch.setenv("OUTREACH_SMTP_SINK", "/somewhere/sbin/smtp-sink")
    assert postfix_sink() == "/somewhere/sbin/smtp-sink"


@pytest.fixture(scope="module")
def sink():
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("OUTREACH_SMTP_SINK", raising=False)
        patch.setenv("PATH", "")
        with Sink() as sink:
            yield sink


@pytest.mark.parametrize("client", [clients.bare, clients.ours, clients.ours_prebuilt, clients.kept_smtplib])
def test_every_client_that_is_compared_hands_over_every_letter(client, sink):
    result = send(client, sink, 20, connections=3)
    assert result.letters == 20
    assert result.rate > 0
    assert result.peak > 0


def lossy(address: str, numbers: range, connections: int) -> Callable[[], int]:
    return lambda: len(numbers) - 1


def test_a_client_that_loses_a_letter_makes_no_figure(sink):
    with pytest.raises(RuntimeError, match="18 letters of 20 were taken"):
        send(lossy, sink, 20)


@pytest.mark.timeout(120)
@pytest.mark.usefixtures("here")
def test_the_whole_bench_runs_in_a_quick_form_and_says_what_it_was_taken_with():
    told, notes = delivery.figures(quick=True)
    figures = {figure.name: figure for figure in told}
    assert figures["with 20 ms round trip, share of connections ÷ round trip"].must == 0.8
    assert figures["without PIPELINING ÷ smtplib on as many connections"].stretch == 2.0
    assert all(figure.value is not None for figure in told)
    assert any("sent to" in note for note in notes)
