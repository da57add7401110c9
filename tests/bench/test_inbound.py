import json
import subprocess
import sys

import pytest

from bench.inbound import taken_in
from bench.inbound_mails import around_a_file, several
from channels.incoming.read import read_mail
from channels.incoming.reading import Kind
from outreach.incoming import Incoming


def test_the_mails_of_the_bench_are_what_they_should_be():
    kinds = [read_mail(mail).kind for mail in several()[:3]]
    assert kinds == [Kind.BOUNCE, Kind.BOUNCE, Kind.ANSWER]
    (file,) = read_mail(b"eHl5eg==".join(around_a_file())).attachments
    assert file.content == b"xyyz"


def test_the_bench_runs_in_a_quick_form_and_says_which_mails_it_read():
    command = [sys.executable, "-m", "bench", "inbound", "--quick", "--json"]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True, timeout=50).stdout)
    figures = {figure["name"]: figure["value"] for figure in told["figures"]}
    assert figures["mails read"] > 0
    assert 0 < figures["memory beside the mail itself"] < 100
    assert "real bounces" in told["machine"]


@pytest.mark.django_db
def test_what_is_taken_in_for_the_bench_is_read_to_the_last():
    figures = {figure.name: figure.value for figure in taken_in(several()[:6])}
    assert figures["mails kept, read and decided, by one process"] > 0
    assert Incoming.objects.waiting().count() == 0
    assert Incoming.objects.count() == 6
