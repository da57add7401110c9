import os
from urllib.parse import urlsplit

import pytest
from django.db import connection

from bench.pages import Size, measured
from bench.reads import _length
from tests.small_campaign import published


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(120)
def test_the_bench_of_pages_runs_in_a_quick_form_and_misses_nothing_that_does_not_depend_on_the_machine(monkeypatch):
    named = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    monkeypatch.setenv("DATABASE_URL", named.geturl())
    published()
    figures = {each.name: each for each in measured(Size(1, 0.1, 1), "bridge", ["en"])[0]}
    assert figures["the same ÷ the file"].must == 0.5
    weight = figures["first load without pictures, over the wire, in the largest of its languages"]
    assert weight.verdict == "stretch"
    assert weight.value > 10
    assert figures["sign-ups seen waiting for a row that another had locked"].value == 0


def test_an_answer_that_is_no_page_is_not_counted():
    with pytest.raises(RuntimeError, match="404"):
        _length(b"HTTP/1.1 404 Not Found\r\nContent-Length: 3")
    assert _length(b"HTTP/1.1 200 OK\r\nContent-Length: 3") == 3
