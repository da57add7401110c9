"""How any mail would be taken, without taking it."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from django.conf import settings
from django.db import Error, transaction

from campaigns.appeal import Appeal
from channels.incoming.read import read_mail
from channels.incoming.reading import Failed, Party, Reading, Verdicts
from outreach.cli.say import WRONG_INPUT, AsJson
from outreach.inbox.letter import clues_of
from outreach.inbox.match import match
from outreach.inbox.memory import Remembered

Files = Annotated[list[str], typer.Argument(help="Files with a mail in them; - is standard input.", show_default=False)]
Recipients = Annotated[list[str] | None, typer.Option("--to", help="A recipient in the envelope; may be repeated.")]
STDIN = "-"
LASTING = {True: "for good", False: "for now", None: "for how long it does not say"}
BY_WHOM = "nobody who is trusted has looked"


def read(files: Files, to: Recipients = None, as_json: AsJson = False) -> None:
    """Show how a mail would be taken: kind, why, whom it answers, verdicts, its own words. Writes nothing."""
    missed = [name for name in files if not _show(name, to or (), as_json)]
    if missed:
        raise typer.Exit(WRONG_INPUT)


def _show(name: str, recipients: Sequence[str], as_json: bool) -> bool:
    """Whether there was a mail to show."""
    try:
        reading = read_mail(_bytes(name), trusted=settings.MAIL_TRUSTED)
    except OSError as problem:
        return _complain(name, f"cannot be read: {(problem.strerror or str(problem)).lower()}", as_json)
    if not reading.is_mail:
        return _complain(name, "is no mail: it has none of a mail's headers", as_json)
    answers = whom(reading, recipients)
    if as_json:
        typer.echo(json.dumps(as_document(name, reading, answers), ensure_ascii=False))
    else:
        typer.echo(f"{as_block(name, reading, answers)}\n")
    return True


def _bytes(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()


def _complain(name: str, what: str, as_json: bool) -> bool:
    if as_json:
        typer.echo(json.dumps({"file": _shown(name), "error": f"{_shown(name)} {what}"}, ensure_ascii=False))
    else:
        typer.echo(f"{_shown(name)} {what}\n", err=True)
    return False


def _shown(name: str) -> str:
    return "standard input" if name == STDIN else name


def whom(reading: Reading, recipients: Sequence[str]) -> list[dict[str, Any]] | str:
    """The appeals that it may answer, the surest first; a sentence if there are none, or no database to ask."""
    try:
        with transaction.atomic():
            found = match(clues_of(reading, recipients), Remembered())
            appeals = Appeal.objects.select_related("campaign", "addressee").in_bulk([each.appeal for each in found])
    except Error:
        return "not known: there is no database here to ask"
    if not found:
        return "nothing says whom it answers"
    return [
        {
            "appeal": str(each.appeal),
            "campaign": appeals[each.appeal].campaign.slug,
            "addressee": appeals[each.appeal].addressee.key,
            "certainty": round(each.certainty, 2),
            "why": each.why,
        }
        for each in found
        if each.appeal in appeals
    ]


def as_document(name: str, reading: Reading, answers: list[dict[str, Any]] | str) -> dict[str, Any]:
    """All of it but the bytes of files."""
    return {
        "file": _shown(name),
        "kind": reading.kind,
        "why": reading.why,
        "is_automatic": reading.is_automatic,
        "answers": answers if isinstance(answers, list) else [],
        "answers_note": answers if isinstance(answers, str) else "",
        "recipients": [asdict(each) for each in reading.recipients],
        "original": asdict(reading.original),
        "sender": asdict(reading.sender),
        "verdicts": {**asdict(reading.verdicts), "so": standing(reading.verdicts, reading.sender)},
        "to": [asdict(each) for each in reading.to],
        "subject": reading.subject,
        "date": reading.date.isoformat() if reading.date else None,
        "message_id": reading.message_id,
        "in_reply_to": reading.in_reply_to,
        "references": reading.references,
        "language": reading.language,
        "text": reading.own_text,
        "quoted": reading.quoted,
        "attachments": [
            {"name": each.name, "media_type": each.media_type, "size": each.size, "sha256": each.sha256}
            for each in reading.attachments
        ],
        "oddities": reading.oddities,
    }


def as_block(name: str, reading: Reading, answers: list[dict[str, Any]] | str) -> str:
    """The same for a person, one thing a line, and then the words."""
    rows = [("kind", f"{reading.kind}. {reading.why}")]
    rows += [("recipient", told(each)) for each in reading.recipients]
    rows += [("answers", line) for line in _lines(answers)]
    rows += [
        ("from", _party(reading.sender) or "nobody"),
        ("sender", standing(reading.verdicts, reading.sender)),
        ("subject", reading.subject or "none"),
        ("date", f"{reading.date:%Y-%m-%d %H:%M} UTC" if reading.date else "none"),
    ]
    rows += [("file", f"{each.name}, {each.media_type}, {each.size:,} bytes") for each in reading.attachments]
    rows += [("odd", each) for each in reading.oddities]
    block = "\n".join(f"  {label:<10}{said}" for label, said in rows)
    words = "\n".join(f"  | {line}".rstrip() for line in reading.own_text.split("\n")) if reading.own_text else ""
    return "\n".join(each for each in (_shown(name), block, words) if each)


def _lines(answers: list[dict[str, Any]] | str) -> list[str]:
    if isinstance(answers, str):
        return [answers]
    return [f"{each['campaign']}, {each['addressee']}: {each['certainty']:.0%}. {each['why']}" for each in answers]


def told(recipient: Failed) -> str:
    """What a report says of one recipient, in a line."""
    code = " ".join(each for each in (recipient.code, recipient.status) if each)
    lasting = f" {LASTING[recipient.is_permanent]}" if recipient.action in ("failed", "delayed") else ""
    dead = ", nobody is there" if recipient.is_dead else ""
    said = f" “{recipient.diagnostic[:160]}”" if recipient.diagnostic else ""
    return f"{recipient.address}: {recipient.action}{lasting}{dead}{f' ({code})' if code else ''}{said}"


def standing(verdicts: Verdicts, sender: Party) -> str:
    """Whether the sender is who it says, in a sentence."""
    looked = (("SPF", verdicts.spf), ("DKIM", verdicts.dkim), ("DMARC", verdicts.dmarc))
    details = ", ".join(f"{name} {said}" for name, said in looked if said)
    if not details:
        return f"not proven: {BY_WHOM}"
    if verdicts.proves(sender.domain):
        return f"proven ({details}, says {verdicts.by})"
    return f"{'refuted' if verdicts.is_refuted else 'not proven'} ({details}, says {verdicts.by})"


def _party(party: Party) -> str:
    return f"{party.name} <{party.address}>" if party.name and party.address else party.name or party.address
