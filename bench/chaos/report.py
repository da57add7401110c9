"""What a run has to say, for eyes and for programs."""

import json
from collections import Counter
from dataclasses import asdict
from typing import Any

from bench.chaos.reckoning import Tally
from bench.chaos.run import Result
from bench.machine import commit, machine

COLUMNS = ("planned", "sent", "twice", "lost", "once in doubt", "unknown", "of these came", "not sent, and why")


def as_json(result: Result, seed: int) -> str:
    """One object."""
    lines = {line: asdict(tally) for line, tally in result.account.items()}
    facts = {
        "seed": seed,
        "rounds": len(result.rounds),
        "deliveries": planned(result),
        "seconds": round(result.seconds),
    }
    faults = {"kept": not result.problems, "problems": result.problems}
    return json.dumps({**facts, **blows(result), "lines": lines, **faults, "commit": commit(), "machine": machine()})


def as_table(result: Result, seed: int) -> str:
    """The account, what was done, and whether every promise was kept."""
    rows: list[tuple[str, ...]] = [("", *COLUMNS)]
    rows += [(line, *map(_shown, _values(tally))) for line, tally in result.account.items()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows]
    return "\n".join([*lines, "", *_notes(result, seed), *_verdict(result, seed)])


def planned(result: Result) -> int:
    """How many deliveries there were to be."""
    return sum(tally.planned for tally in result.account.values())


def blows(result: Result) -> dict[str, Any]:
    """How often each fault happened; how many of them hit while something was on a wire, and how much at the most."""
    all_of_them = [blow for played in result.rounds for blow in played.blows]
    hits = [blow.on_the_wire.total() for blow in all_of_them if blow.on_the_wire]
    own = sum((played.own_deaths for played in result.rounds), Counter[str]())
    return {
        "faults": dict(Counter(blow.fault.what for blow in all_of_them)),
        "hits": len(hits),
        "most_on_the_wire": max(hits, default=0),
        "weather": sum(len(played.lot.weather) for played in result.rounds),
        "own_deaths": dict(own),
        "too_slow": sum(played.too_slow for played in result.rounds),
    }


def _values(tally: Tally) -> tuple[int, ...]:
    return tally.planned, tally.sent, tally.twice, tally.lost, tally.doubted, tally.unknown, tally.came, tally.given_up


def _notes(result: Result, seed: int) -> list[str]:
    done = blows(result)
    faults = ", ".join(f"{what} {times}" for what, times in sorted(done["faults"].items()))
    own = ", ".join(f"{name} {times}" for name, times in done["own_deaths"].items())
    return [
        f"{planned(result):,} deliveries in {len(result.rounds)} rounds, {result.seconds:.0f} s, seed {seed}",
        f"faults: {faults}; {done['hits']} of {sum(done['faults'].values())} while something was on a wire, "
        f"{done['most_on_the_wire']} at the most",
        f"spells of bad weather: {done['weather']}; unknown for want of time: {done['too_slow']}; "
        f"parts that ended by themselves: {own or 'none'}",
        f"{machine()}, commit {commit()}",
    ]


def _verdict(result: Result, seed: int) -> list[str]:
    if not result.problems:
        return ["", "Every promise was kept."]
    return ["", f"BROKEN (have it again with --seed {seed}):", *(f"- {problem}" for problem in result.problems)]


def _shown(number: int) -> str:
    return f"{number:,}"
