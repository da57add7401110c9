"""What wires remember outlives them: money above all."""

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.db import OperationalError, connection, connections, transaction

from channels.answer import Delayed, Receipt
from channels.fakes.bluesky import Bluesky
from channels.fakes.x import X
from channels.memory import Memory
from channels.wire import Unavailable, configured
from outreach.account import Account, Payment
from outreach.memory import LASTING, LastingMemory, spent
from outreach.send import wire_of
from tests.channels.envelopes import post

X_ACCOUNT = "x:1234"
TEN = Decimal(10)


def spend(key: str, cents: str = "1.5", budget: Decimal = TEN) -> bool:
    return LASTING.spend(X_ACCOUNT, key, Decimal(cents), budget)


def ledger() -> Decimal:
    return sum((each.cents for each in Payment.objects.all()), Decimal(0))


@pytest.mark.django_db
def test_it_is_the_memory_that_wires_ask_for():
    memory: Memory = LASTING
    assert memory.lasts


@pytest.mark.django_db
def test_the_budget_stops_before_it_is_passed():
    assert [spend(f"post {n}") for n in range(8)] == [True] * 6 + [False] * 2
    assert spent(X_ACCOUNT) == ledger() == 9


@pytest.mark.django_db
def test_the_last_cent_may_be_spent():
    assert spend("one", "10")
    assert not spend("two", "0.0001")


@pytest.mark.django_db
def test_a_post_is_paid_once_however_often_it_is_tried_even_when_nothing_is_left():
    assert spend("one", "10")
    assert spend("one", "10")
    assert spent(X_ACCOUNT) == 10


@pytest.mark.django_db
def test_what_was_not_bought_is_given_back_once():
    spend("one")
    spend("two")
    LASTING.refund(X_ACCOUNT, "one")
    LASTING.refund(X_ACCOUNT, "one")
    LASTING.refund("x:nobody", "one")
    assert spent(X_ACCOUNT) == ledger() == Decimal("1.5")


@pytest.mark.django_db
def test_every_account_pays_for_itself():
    spend("one", "10")
    assert LASTING.spend("x:5678", "one", TEN, TEN)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_never_spend_more_than_there_is_and_pay_each_post_once():
    start = threading.Barrier(6)

    def buyer(number: int) -> list[str]:
        try:
            start.wait(10)
            return [key for n in range(12) if spend(key := f"post {(n * (number + 1)) % 12}", "1")]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as buyers:
        bought = {key for keys in buyers.map(buyer, range(6)) for key in keys}
    assert len(bought) == 10
    assert {each.key for each in Payment.objects.all()} == bought
    assert spent(X_ACCOUNT) == ledger() == 10


@pytest.mark.django_db(transaction=True)
def test_a_payment_cannot_be_forgotten_by_a_rollback_of_its_callers_work():
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        spend("one")
    assert not connection.in_atomic_block
    assert spent(X_ACCOUNT) == 0


def test_while_the_database_is_away_nothing_is_bought(monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("the server closed the connection\n")

    monkeypatch.setattr("django.db.models.query.QuerySet.get_or_create", away)
    with pytest.raises(Unavailable, match="The database is away: the server closed the connection"):
        spend("one")


@pytest.mark.django_db
def test_a_session_is_remembered_and_can_be_forgotten():
    assert LASTING.session("bluesky:a") == ""
    LASTING.keep_session("bluesky:a", "first")
    LASTING.keep_session("bluesky:a", "second")
    assert LastingMemory().session("bluesky:a") == "second"
    LASTING.keep_session("bluesky:a", "")
    assert LASTING.session("bluesky:a") == ""


@pytest.mark.django_db
def test_a_session_keeps_the_payments_of_its_account_and_they_keep_it():
    spend("one")
    LASTING.keep_session(X_ACCOUNT, "open")
    spend("two")
    assert (LASTING.session(X_ACCOUNT), spent(X_ACCOUNT)) == ("open", Decimal(3))


@pytest.mark.django_db
def test_whoever_reads_the_database_cannot_use_the_session():
    LASTING.keep_session("bluesky:a", "a.secret.session")
    kept = bytes(Account.objects.get().session)
    assert b"secret" not in kept
    LASTING.keep_session("bluesky:a", "a.secret.session")
    assert bytes(Account.objects.get().session) != kept


@pytest.mark.django_db
def test_sessions_stay_open_while_the_secret_key_is_changed_and_no_longer(settings):
    LASTING.keep_session("bluesky:a", "open")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one"
    assert LASTING.session("bluesky:a") == "open"
    settings.SECRET_KEY_FALLBACKS = []
    assert LASTING.session("bluesky:a") == ""


@pytest.mark.django_db
def test_x_posts_within_its_budget_out_of_the_box(monkeypatch, settings):
    with X() as x:
        for name, value in x.environment.items():
            monkeypatch.setenv(name, value)
        settings.CHANNELS = {"x": f"{x.address}?budget=3&price=1.5"}
        answers = wire_of("x").send([post(key=f"k{n}", text=f"Post {n}.") for n in range(3)])
    assert [type(answer) for answer in answers] == [Receipt, Receipt, Delayed]
    assert spent(wire_of("x").purse.account) == 3


@pytest.mark.django_db
def test_a_new_process_posts_on_bluesky_without_signing_in_again(monkeypatch, settings):
    with Bluesky() as bluesky:
        monkeypatch.setenv("OUTREACH_BLUESKY_PASSWORD", bluesky.password)
        settings.CHANNELS = {"bluesky": bluesky.address}
        for number in range(2):
            configured.cache_clear()  # as a new process begins
            assert isinstance(wire_of("bluesky").send_one(post(key=f"{number:032x}")), Receipt)
        signed_in = [asked for asked in bluesky.asked if asked.path.endswith("createSession")]
    assert len(signed_in) == 1
