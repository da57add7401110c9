"""`./dev bench rehearsal`: how long a campaign takes on the virtual clock, and whether that grows with what happens."""

from __future__ import annotations

import os
import tracemalloc
from dataclasses import replace
from datetime import time, timedelta
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from bench.figure import Figure
from bench.machine import CHECKOUT

if TYPE_CHECKING:
    from campaigns.edition import Edition, Reader

PETITION = CHECKOUT / "templates" / "campaigns" / "artsakh-2023"
SUPPORTERS = 10_000
SPREAD = timedelta(hours=6)
Run = tuple[float, int, float]  # seconds of processor time, messages, virtual days


def figures(quick: bool) -> tuple[list[Figure], list[str]]:
    """Each in processor time of this process; the median where there are several runs."""
    petition = _petition()
    small, large = (17, 51) if quick else (1_000, 10_000)
    few, many = _crowd(petition, small), _crowd(petition, large)
    of_petition, of_few = _several(petition, 2 if quick else 9), _several(few, 1 if quick else 3)
    of_many, of_spread = _run(many), _run(_one_by_one(many))
    growth = _each(of_many) / _each(of_few)
    note = f"{of_many[2]:.1f} virtual days; nobody answers, {SUPPORTERS:,} supporters"
    return [
        Figure("the petition, its whole ladder", of_petition[0], "s", "lower", 2.0),
        Figure(f"{large:,} addressees, the whole ladder", of_many[0], "s", "lower", 60.0),
        Figure("messages in that", of_many[1], "messages", "higher"),
        Figure(f"a message with {large:,} addressees ÷ with {small:,}", growth, "×", "lower", 2.0),
        Figure(f"{large:,} addressees, each at a moment of its own", of_spread[0], "s", "lower"),
        Figure("messages in that, one by one", of_spread[1], "messages", "higher"),
        Figure(f"memory with {small:,} addressees", _memory(few), "KB/addressee", "lower"),
    ], [note, "one by one: letters spread over the office hours of each"]


def _petition() -> Edition:
    os.environ.setdefault("SECRET_KEY", "only for the bench")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    from campaigns.folder.check import check

    petition = check(PETITION).campaign
    assert petition is not None
    return petition.edition()


def _run(edition: Edition) -> Run:
    from outreach.rehearsal import Scenario, rehearse

    began = process_time()
    rehearsal = rehearse(edition, Scenario("Nobody answers", supporters=SUPPORTERS))
    return process_time() - began, len(rehearsal.sends), rehearsal.virtual_days


def _several(edition: Edition, times: int) -> Run:
    runs = [_run(edition) for _ in range(times)]
    return median(run[0] for run in runs), runs[0][1], runs[0][2]


def _each(run: Run) -> float:
    return run[0] / run[1]


def _memory(edition: Edition) -> float:
    tracemalloc.start()
    _run(edition)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1024 / len(edition.asked)


def _crowd(edition: Edition, number: int) -> Edition:
    """The petition put to so many: each of its addressees many times over."""
    times = -(-number // len(edition.asked))
    copies = {key: [f"{key}-{n}" for n in range(times)] for key in edition.asked}
    asked = tuple(copy for several in zip(*copies.values(), strict=True) for copy in several)[:number]
    kept = set(asked)
    readers = {key: reader for key, reader in edition.readers.items() if key not in copies}
    for key, several in copies.items():
        readers |= {copy: _copy(edition.readers[key], copy) for copy in several if copy in kept}
    members = {
        group: tuple(copy for key in keys for copy in copies.get(key, [key]) if copy in readers)
        for group, keys in edition.members.items()
    }
    brief = replace(edition.brief, total=number)
    return replace(edition, asked=asked, readers=readers, members=members, brief=brief)


def _copy(reader: Reader, key: str) -> Reader:
    addresses = {channel: address.replace("@", f"+{key}@") for channel, address in reader.addresses.items()}
    return replace(reader, office=replace(reader.office, key=key), addresses=addresses)


def _one_by_one(edition: Edition) -> Edition:
    """Every letter at a moment of its own, so that hardly two addressees share a wave."""
    from campaigns.sending import Manner, Sending
    from campaigns.window import Window

    office = Manner(Window(time(9), time(17), is_for_workdays=True, skips_holidays=True), SPREAD)
    return replace(edition, rules=replace(edition.rules, sending=Sending(addressees=office)))
