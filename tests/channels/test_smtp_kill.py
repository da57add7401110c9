"""The server dies with -9 while letters are on their way: what is said of each letter must still be true."""

import subprocess
import sys
import threading
import time
from email import message_from_bytes

from channels.answer import Delayed, Receipt, Unknown
from channels.wire import configured
from tests.channels.envelopes import letter


def test_when_the_server_is_killed_no_letter_is_lost_and_at_most_one_is_unknown(tmp_path):
    command = [sys.executable, "-m", "channels.fakes.smtp_sink", "--port", "0", "--folder", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    port = int(process.stdout.readline().rpartition(":")[2])

    def kill_in_the_middle():
        while len(list(tmp_path.glob("*.json"))) < 40:
            time.sleep(0.002)
        process.kill()

    killer = threading.Thread(target=kill_in_the_middle, daemon=True)
    killer.start()
    wire = configured("email", f"smtp://127.0.0.1:{port}")
    envelopes = [letter(key=f"k{number}") for number in range(2000)]
    answers = wire.send(envelopes)
    wire.close()
    killer.join(10)
    process.wait()
    process.stdout.close()

    kept = [message_from_bytes(path.read_bytes())["Message-ID"] for path in tmp_path.glob("*.eml")]
    assert len(answers) == len(envelopes)
    assert len(kept) == len(set(kept))
    assert {type(answer) for answer in answers} <= {Receipt, Delayed, Unknown}
    assert sum(isinstance(answer, Unknown) for answer in answers) <= wire.in_flight
    assert {answer.reference for answer in answers if isinstance(answer, Receipt)} <= set(kept)
    not_sent = {f"<{e.key}@artsakh.example>" for e, a in zip(envelopes, answers, strict=True) if isinstance(a, Delayed)}
    assert not_sent
    assert not_sent.isdisjoint(kept)
