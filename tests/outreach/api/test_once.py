"""A POST with an Idempotency-Key changes something once, however often it comes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from campaigns.hold import Hold
from outreach.key import StoredReply
from tests.outreach.api.asking import get, key, post, problem
from tests.small_campaign import published

HOLD = {"campaign": "bridge", "reason": "talks"}


def test_the_same_request_is_carried_out_once_and_answered_the_same_again(api, bridge):
    mine = key()
    first = post(api, "/holds", HOLD, Idempotency_Key=mine)
    again = post(api, "/holds", HOLD, Idempotency_Key=f'"{mine}"')
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Hold.objects.count() == 1


def test_another_request_with_the_same_key_is_refused(api, bridge):
    mine = key()
    post(api, "/holds", HOLD, Idempotency_Key=mine)
    told = problem(post(api, "/holds", {**HOLD, "reason": "rain"}, Idempotency_Key=mine), 422)
    assert told["type"].endswith("/key-reused")
    assert Hold.objects.count() == 1


def test_two_people_may_use_the_same_key(caller, bridge):
    for name in ("mia", "noa"):
        assert post(caller(name=name), "/holds", HOLD, Idempotency_Key="1").status_code == 201
    assert Hold.objects.count() == 2


def test_a_refusal_changes_nothing_and_so_is_not_kept(api, bridge):
    problem(post(api, "/holds", {"reason": "talks"}, Idempotency_Key="1"), 422)
    assert post(api, "/holds", HOLD, Idempotency_Key="1").status_code == 201


def test_a_key_is_forgotten_after_a_day(api, bridge):
    post(api, "/holds", HOLD, Idempotency_Key="1")
    kept = StoredReply.objects.get()
    kept.at -= timedelta(days=1)
    kept.save()
    assert post(api, "/holds", {**HOLD, "reason": "rain"}, Idempotency_Key="1").status_code == 201
    assert StoredReply.objects.count() == 1


@pytest.mark.parametrize("bad", ["", "a" * 201, "two words\t", '""', "clé"])
def test_a_key_that_is_none_is_refused(api, bridge, bad):
    assert "Idempotency-Key" in problem(post(api, "/holds", HOLD, Idempotency_Key=bad), 400)["detail"]


def test_a_kept_answer_is_not_for_somebody_whose_key_may_only_read_now(caller, bridge):
    post(caller(), "/holds", HOLD, Idempotency_Key="1")
    problem(post(caller(scope="read"), "/holds", HOLD, Idempotency_Key="1"), 403)


@pytest.mark.django_db(transaction=True)
def test_of_two_equal_requests_at_the_same_moment_one_is_carried_out(caller, monkeypatch):
    published()
    api, inside, place = caller(), Barrier(2, timeout=10), Hold.stop_clocks

    def slowly(hold, now):
        inside.wait()  # the second request comes while the first is in the middle
        inside.wait()
        place(hold, now)

    monkeypatch.setattr(Hold, "stop_clocks", slowly)

    def ask():
        try:
            return post(api, "/holds", HOLD, Idempotency_Key="1")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(ask)
        inside.wait()
        second = threads.submit(ask).result()
        inside.wait()
    assert problem(second, 409)["type"].endswith("/in-progress")
    assert second.headers["Retry-After"] == "1"
    assert first.result().status_code == 201
    assert get(api, "/holds")["total"] == 1
    assert post(api, "/holds", HOLD, Idempotency_Key="1").content == first.result().content
