"""What the log says, addressee by addressee: the same fold for the public pages, their JSON and the evidence file."""

from collections.abc import Iterable, Mapping
from typing import Any

from outreach.evidence.chain import Line

TRIED = ("sent", "delivered", "bounced", "refused", "unknown")
ANSWERS = ("substantive", "refusal", "commitment", "deflection")
WHOLE = ("hold", "version", "approval")  # may concern the whole campaign
Item = dict[str, Any]


def account(lines: Iterable[Line]) -> dict[str, Any]:
    """The campaign as published, what happened to all of it, and how each addressee stands, by the lines of its log.

    The lines may be those of some addressees only, with those that concern everybody.
    """
    lines = list(lines)
    things = _things(lines)
    offices = {line.addressee: _office(line) for line in lines if line.kind == "asked"}
    for item in things:
        for office in _concerned(item, offices):
            office["log"].append(item)
    for office in offices.values():
        _stand(office)
    published = [line for line in lines if line.kind == "publication"]
    return {
        "campaign": published[-1].told if published else {},
        "log": [item for item in things if item["kind"] in WHOLE and not item["addressee"]],
        "addressees": [offices[key] for key in sorted(offices)],
    }


def _things(lines: Iterable[Line]) -> list[Item]:
    """What happened, each thing once, as its newest line has it; in order of time."""
    found: dict[tuple[str, str], Item] = {}
    proofs: list[Line] = []
    for line in lines:
        match line.kind:
            case "publication" | "asked":
                pass
            case "proof":
                proofs.append(line)
            case "reading":
                _read(found, line)
            case "review":
                _review(found, line)
            case _:
                _put(found, line)
    for line in sorted(proofs, key=lambda each: int(each.about)):
        _prove(found, line)
    return sorted(found.values(), key=lambda item: (item["at"], item["entry"]))


def _put(found: dict[tuple[str, str], Item], line: Line) -> None:
    before = found.get((line.kind, line.about))
    item = {
        "entry": line.number,
        "kind": line.kind,
        "about": line.about,
        "addressee": line.addressee,
        "at": line.told.get("began_at") or line.at,
        "entries": [*before["entries"], line.number] if before else [line.number],
        "told": dict(line.told),
    }
    match line.kind:
        case "message":
            item |= {"state": None, "state_at": None, "proofs": []}
        case "response":
            item |= {"reading": None, "readings": []}
        case "outcome":
            item |= {"corrected_by": None, "reviews": []}
            corrected = found.get(("outcome", line.told.get("corrects") or ""))
            if corrected:
                corrected["corrected_by"] = line.number
    found[line.kind, line.about] = item


def _prove(found: Mapping[tuple[str, str], Item], line: Line) -> None:
    message = found.get(("message", line.told["message"]))
    if message is None:
        return
    message["proofs"].append(line.number)
    if line.told["state"] in TRIED:
        message["state"], message["state_at"] = line.told["state"], line.at


def _read(found: Mapping[tuple[str, str], Item], line: Line) -> None:
    if response := found.get(("response", line.about)):
        response["reading"] = line.told["kind"]
        response["readings"].append({"entry": line.number, "kind": line.told["kind"], "at": line.at})


def _review(found: Mapping[tuple[str, str], Item], line: Line) -> None:
    if outcome := found.get(("outcome", line.told["outcome"])):
        outcome["reviews"].append({"entry": line.number, "holds": line.told["holds"], "at": line.at})


def _office(line: Line) -> dict[str, Any]:
    return {"key": line.addressee, "entry": line.number, **line.told, "log": []}


def _concerned(item: Item, offices: Mapping[str, dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Whose record it belongs into: its addressee's; a message about several, into that of all who were in its wave."""
    if item["addressee"]:
        office = offices.get(item["addressee"])
        return [office] if office else []
    if item["kind"] != "message":
        return []
    wave = item["told"]["wave"]
    return [office for office in offices.values() if any(_is_in(wave, each) for each in office["log"])]


def _is_in(wave: str, item: Item) -> bool:
    return item["kind"] == "turn" and bool(item["told"]["wave"] == wave)


def _stand(office: dict[str, Any]) -> None:
    """Say how the addressee stands: one word, since when, and the newest outcome of each demand."""
    log = office["log"]
    newest: dict[str, Item] = {item["told"]["demand"]: item for item in log if item["kind"] == "outcome"}
    standing = {demand: item for demand, item in newest.items() if item["told"]["kind"] != "none"}
    turns = [item for item in log if item["kind"] == "turn"]
    ends = [item for item in log if item["kind"] == "end"]
    office["demands"] = {
        demand: {name: item["told"][name] for name in ("kind", "until")} | {"entry": item["entry"], "at": item["at"]}
        for demand, item in sorted(standing.items())
    }
    office["ended"] = ends[-1]["told"]["status"] if ends and ends[-1]["told"]["ended_at"] else None
    office["due_at"] = next((item["told"]["due_at"] for item in reversed(turns) if item["told"]["due_at"]), None)
    office["proven_at"] = min(_proven(log), default=None)
    office["standing"] = _standing(office, log)


def _standing(office: Mapping[str, Any], log: Iterable[Item]) -> str:
    letters = [item for item in log if _is_letter(item)]
    responses = [item for item in log if item["kind"] == "response"]
    if office["ended"] in ("acted", "withdrawn"):
        return str(office["ended"])
    if any(item["reading"] is None for item in responses):
        return "unread"
    if office["demands"] or any(item["reading"] in ANSWERS for item in responses):
        return "answered"
    if office["proven_at"]:
        return "silent"
    if letters:
        return "unknown" if letters[-1]["state"] == "unknown" else "noproof"
    return "planned"


def _proven(log: Iterable[Item]) -> Iterable[str]:
    return [item["state_at"] for item in log if _is_letter(item) and item["state"] == "delivered"]


def _is_letter(item: Item) -> bool:
    return item["kind"] == "message" and item["told"]["audience"] == "addressees" and not item["told"]["public"]
