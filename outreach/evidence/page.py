"""The page in an evidence file that people read: made from the log alone, so that a checker can make it again."""

import hashlib
from base64 import b64encode
from collections.abc import Collection, Iterable, Iterator, Mapping
from html import escape
from typing import Any

VERSION = 1
"""Of this page. Whoever changes what it says or looks like counts on; then older files are checked without it."""
STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2733;background:#fff}
table{border-collapse:collapse;width:100%}
th,td{text-align:start;vertical-align:top;padding:.35rem .6rem;border-top:1px solid #cfd6dd}
code{overflow-wrap:anywhere}.quiet{color:#51606e}section{margin-top:2.5rem}.scroll{overflow-x:auto}
@media(prefers-color-scheme:dark){
body{color:#e6ebf0;background:#141a20}th,td{border-color:#3a4651}.quiet{color:#a9b6c2}a{color:#7fc4d8}}
"""
END_OF_TABLE = "</tbody></table></div>"
STANDINGS = {
    "acted": "Acted: no demand is open",
    "withdrawn": "Withdrawn by the campaign",
    "unread": "An answer has come and is being read",
    "answered": "Answered",
    "silent": "Silent, though a letter was proven delivered",
    "unknown": "Unknown: nobody can prove whether the letter arrived",
    "noproof": "Written to; no proof of delivery yet",
    "planned": "Not written to yet",
}
STATES = {
    "delivered": "proven delivered",
    "sent": "sent; no proof of delivery",
    "bounced": "came back",
    "refused": "refused by the receiving side",
    "unknown": "unknown: nobody can prove whether it arrived",
    None: "on its way",
}
HOW = """
<p>Every line of <code>chain.jsonl</code> holds the SHA-256 of the line before it. <code>outreach verify</code>, or
<code>python -m outreach.evidence.verify</code>, checks this file offline; docs/evidence.md says how to do it by hand.
Compare the last hash with one that you, or somebody you trust, kept from the public record: if it is among the hashes
of this chain, everything up to there is as it was then. Words stand in the log as salted hashes; what is shown here
comes with its salt, so that it can be compared. What is left out (private addresses, names of staff) has none.</p>
"""


def page(told: Mapping[str, Any], entries: int, head: str, files: Collection[str]) -> bytes:
    """`told`: the account of the whole log. `files`: what else is in the archive, to be linked to."""
    campaign = told["campaign"]
    language = (campaign.get("languages") or ["en"])[0]
    title = _in(campaign.get("title"), language)
    policy = f"default-src 'none'; style-src 'sha256-{b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
    parts = [
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Evidence: {escape(title)}</title><style>{STYLE}</style></head><body><main>",
        f'<h1>Evidence: <span lang="{escape(language)}">{escape(title)}</span></h1>',
        f"<p>Published {_time(campaign.get('published_at'))}. Entries in the log: {entries}.",
        f"Last hash: <code>{head}</code></p>",
        "<p><strong>A demonstration: every answer in it is invented.</strong></p>" if campaign.get("invented") else "",
        '<section aria-labelledby="check"><h2 id="check">How to check it</h2>',
        HOW,
        "</section>",
        *_demands(campaign, language),
        *_whole(told["log"]),
        *_standings(told["addressees"]),
        *(part for office in told["addressees"] for part in _office(office, files)),
        "</main></body></html>\n",
    ]
    return "\n".join(part for part in parts if part).encode()


def _demands(campaign: Mapping[str, Any], language: str) -> Iterator[str]:
    yield '<section aria-labelledby="demands"><h2 id="demands">What is demanded</h2><ol>'
    for demand in campaign.get("demands", ()):
        title, text = (_in(demand[name], language) for name in ("title", "text"))
        yield f'<li lang="{escape(language)}"><strong>{escape(title)}</strong> {escape(text)}</li>'
    yield "</ol></section>"


def _whole(log: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    rows = [f"<li>{_what(item, ())} (entry {_entry(item)})</li>" for item in log]
    if rows:
        yield '<section aria-labelledby="whole"><h2 id="whole">What concerns the whole campaign</h2><ul>'
        yield from rows
        yield "</ul></section>"


def _standings(offices: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield '<section aria-labelledby="standing"><h2 id="standing">How each addressee stands</h2>'
    yield _table("Addressee", "Standing", "Proven delivered")
    for office in offices:
        link = f'<a href="#{escape(office["key"])}">{escape(office["name"])}</a>'
        standing, proven = STANDINGS[office["standing"]], _time(office["proven_at"])
        yield f'<tr><th scope="row">{link}</th><td>{standing}</td><td>{proven}</td></tr>'
    yield f"{END_OF_TABLE}</section>"


def _office(office: Mapping[str, Any], files: Collection[str]) -> Iterator[str]:
    key = escape(office["key"])
    yield f'<section aria-labelledby="{key}"><h2 id="{key}">{escape(office["name"])}</h2>'
    yield f'<p class="quiet">{escape("; ".join(filter(None, [office["holder"], *office["capacities"]])))}</p>'
    yield f"<p>{STANDINGS[office['standing']]}.</p>"
    if office["demands"]:
        yield "<ul>"
        for demand, outcome in office["demands"].items():
            until = f" until {escape(outcome['until'])}" if outcome["until"] else ""
            kind = f"<strong>{escape(outcome['kind'])}</strong>"
            yield f"<li>{escape(demand)}: {kind}{until} (entry {outcome['entry']})</li>"
        yield "</ul>"
    yield _table("When", "What", "Entry")
    for item in office["log"]:
        yield f"<tr><td>{_time(item['at'])}</td><td>{_what(item, files)}</td><td>{_entry(item)}</td></tr>"
    yield f"{END_OF_TABLE}</section>"


def _table(*columns: str) -> str:
    heads = "".join(f'<th scope="col">{column}</th>' for column in columns)
    return f'<div class="scroll"><table><thead><tr>{heads}</tr></thead><tbody>'


def _what(item: Mapping[str, Any], files: Collection[str]) -> str:
    told = item["told"]
    match item["kind"]:
        case "turn" if told["kind"] == "escalation":
            return f"The deadline of {_time(told['missed_at'])} passed; the step “{escape(told['step'])}” began"
        case "turn" if told["kind"] == "at once":
            return f"They had answered; the step “{escape(told['step'])}” began at once"
        case "turn":
            said = "A reminder was due" if told["kind"] == "follow-up" else f"The step “{escape(told['step'])}” began"
            return f"{said}; deadline {_time(told['due_at'])}" if told["due_at"] else said
        case "message":
            state = f"<strong>{STATES[item['state']]}</strong>"
            return f"Message over {escape(told['channel'])}: {state}{_link(item, files)}"
        case "response":
            kind = f"taken for: {escape(item['reading'])}" if item["reading"] else "not read yet"
            doubt = f" ({escape(told['doubt'])})" if told["doubt"] else ""
            return f"They wrote back over {escape(told['channel'])}; {kind}{doubt}{_link(item, files)}"
        case "outcome":
            return _outcome(item, told)
        case "pause":
            end = f", until {_time(told['ended_at'])}" if told["ended_at"] else ""
            return f"Waited: {escape(told['sentence'])}{end}"
        case "intervention":
            moved = f", from {_time(told['due_before'])} to {_time(told['due_after'])}" if told["due_after"] else ""
            return f"The deadline: {escape(told['kind'])}{moved}. {escape(told['reason'])}"
        case "hold":
            return _held(told)
        case "skip":
            return f"The step “{escape(told['step'])}” was left out: {escape(told['sentence'])}"
        case "approval":
            back = f", and took it back at {_time(told['taken_back_at'])}" if told["taken_back_at"] else ""
            return f"A person approved the step “{escape(told['step'])}”, at {_time(item['at'])}{back}"
        case "version":
            return f"What the campaign says was changed, at {_time(item['at'])}; now version {told['number']}"
        case _:
            return f"The appeal stands as: {escape(told['status'])}"


def _outcome(item: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    said = "taken back" if told["kind"] == "none" else escape(told["kind"])
    parts = [f"Outcome recorded, {escape(told['demand'])}: <strong>{said}</strong>"]
    if told["until"]:
        parts.append(f"until {escape(told['until'])}")
    parts += [escape(text) for text in (told["summary"], told["evidence"]) if text]
    if told["corrects"]:
        parts.append("This corrects an earlier entry")
    if item["corrected_by"]:
        parts.append(f"Corrected by entry {item['corrected_by']}")
    for review in item["reviews"]:
        parts.append(f"{'Confirmed' if review['holds'] else 'Doubted'} by a second person (entry {review['entry']})")
    return ". ".join(parts)


def _held(told: Mapping[str, Any]) -> str:
    end = f", until {_time(told['lifted_at'])}" if told["lifted_at"] else ""
    return f"On hold since {_time(told['began_at'])}{end}: {escape(told['reason'])}"


def _link(item: Mapping[str, Any], files: Collection[str]) -> str:
    folder = "messages" if item["kind"] == "message" else "answers"
    name = f"{folder}/{item['entries'][-1]:06}.txt"
    return f', <a href="{name}">word for word</a>' if name in files else ""


def _entry(item: Mapping[str, Any]) -> str:
    more = [*item["entries"], *item.get("proofs", ()), *(each["entry"] for each in item.get("readings", ()))]
    return ", ".join(str(number) for number in more)


def _time(at: str | None) -> str:
    return f"{at[:10]} {at[11:19]} UTC" if at else "–"


def _in(text: Mapping[str, str] | None, language: str) -> str:
    text = text or {}
    return text.get(language) or next(iter(text.values()), "")
