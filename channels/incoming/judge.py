"""What kind of mail it is: a report by a machine first, then an automatic reply, then all that a person has to read."""

import re
from dataclasses import dataclass, replace

from channels.incoming import bounce, complaint
from channels.incoming.automatic import proposal
from channels.incoming.head import Head, readable
from channels.incoming.mail import Mail
from channels.incoming.notice import notice_in
from channels.incoming.original import addressed_to, cut, is_original, original_of, pasted_head, returned_head
from channels.incoming.party import address_in, parties
from channels.incoming.permanence import LONGEST, judged
from channels.incoming.phrases.report import ENDED, FAILURE, REPLIES, SUBJECT, SYSTEM, WAITING
from channels.incoming.phrases.subject import READ_RECEIPT
from channels.incoming.reading import NO_ORIGINAL, Failed, Kind, Original
from channels.incoming.report import holds_report, kind_of, report_in, stray_fields

LONGEST_REPORT, LONGEST_WORDS = 60_000, 12_000  # characters of a report; what it says itself comes first
RECEIPT = "message/disposition-notification"
CAME_FROM = ("return-path", "delivered-to", "x-original-to", "envelope-to")


@dataclass(frozen=True, slots=True)
class Judged:
    """A kind and what comes with it."""

    kind: Kind
    why: str
    recipients: tuple[Failed, ...] = ()
    original: Original = NO_ORIGINAL
    is_automatic: bool = True


def judge(mail: Mail) -> Judged:
    """The first rule that fits."""
    returned = _returned(mail)
    for rule in (_complaint, _fields, _receipt, _notice, _words):
        if found := rule(mail, returned):
            return found
    said = proposal(mail)
    return Judged(said.kind, said.why, is_automatic=said.is_automatic)


def _returned(mail: Mail) -> Head:
    """The headers of the letter that comes back in a part of its own."""
    part = next((each for each in mail.whole.walk() if each is not mail.whole and is_original(each)), None)
    return returned_head(part, mail.limits) if part else Head([])


def _complaint(mail: Mail, returned: Head) -> Judged | None:
    if who := complaint.opt_out(mail.head, mail.subject, mail.own_text, mail.sender):
        return Judged(Kind.COMPLAINT, "It asks for no more letters, as mail programs do (unsubscribe).", (who,))
    fields = complaint.feedback_in(mail.whole, mail.limits)
    if fields is None and not complaint.is_complaint(mail.subject, returned):
        return None
    fields = fields or Head([])
    said = fields.first("feedback-type").lower()
    who = complaint.complainant(fields, returned)
    return Judged(
        Kind.COMPLAINT,
        f"It is a feedback report ({said or 'abuse'}) of a mail provider.",
        (who,) if who else (),
        original_of(returned, mail.head, ""),
    )


def _fields(mail: Mail, returned: Head) -> Judged | None:
    """Reports with fields for machines (RFC 3464), wherever in the mail they stand."""
    parts = [each for each in mail.whole.walk() if holds_report(each)]
    texts = [each.text(mail.limits.head) for each in parts] or [stray_fields(mail.text[:20_000])]
    words, pasted = cut(mail.text[:LONGEST_REPORT])
    report = report_in(texts, words[:4000], mail.limits)
    kind = kind_of(report.recipients)
    if kind is None:
        return None
    returned = returned if returned.fields else pasted_head(pasted.encode("utf-8", "replace"), mail.limits)
    first = next(each for each in report.recipients if each.action)
    said = f": {first.action}" + (f", status {first.status}" if first.status else "")
    why = f"A mail server reports what became of a letter, in fields made for it (RFC 3464){said}."
    return Judged(kind, why, report.recipients, original_of(returned, mail.head, report.envelope))


def _receipt(mail: Mail, returned: Head) -> Judged | None:
    """That somebody opened a letter, or deleted it unread (RFC 8098): never an answer."""
    is_receipt = any(each.media_type == RECEIPT for each in mail.whole.walk())
    if is_receipt or (READ_RECEIPT.match(mail.subject) and len(mail.own_text.split()) < 60 and mail.return_path == ""):
        original = original_of(returned, mail.head, "")
        return Judged(Kind.AUTO_REPLY, "It is a read receipt (RFC 8098).", original=original)
    return None


def _notice(mail: Mail, returned: Head) -> Judged | None:
    found = notice_in(mail.text)
    if found is None:
        return None
    kind, recipients, original = found
    return Judged(kind, "It is a notice of Amazon SES about a letter.", tuple(recipients), original)


def _words(mail: Mail, returned: Head) -> Judged | None:
    """Reports that only speak to people."""
    words, pasted = cut(mail.text[:LONGEST_REPORT])
    words = words[:LONGEST_WORDS]
    returned = returned if returned.fields else pasted_head(pasted.encode("utf-8", "replace"), mail.limits)
    reason = _why_a_report(mail, words, returned)
    if not reason:
        return None
    recipients = _recipients(mail, words, returned)
    is_waiting = bool(WAITING.search(f"{mail.subject}\n{words}")) and not _has_ended(words)
    action = "delayed" if is_waiting else "failed"
    return Judged(
        Kind.DELAYED if is_waiting else Kind.BOUNCE,
        reason,
        tuple(_as(action, each) for each in recipients[: mail.limits.returned]),
        original_of(returned, mail.head, ""),
    )


def _as(action: str, recipient: Failed) -> Failed:
    if action == "failed":
        return replace(recipient, action=action)
    return replace(recipient, action=action, is_permanent=False, is_dead=False)


def _has_ended(words: str) -> bool:
    return bool(ENDED.search(words))


def _why_a_report(mail: Mail, words: str, returned: Head) -> str:
    """A sentence, or empty if it is none. One sign is never enough: people, too, write of letters that came back."""
    if mail.head.has("x-failed-recipients"):
        return "A mail server names whom a letter did not reach (X-Failed-Recipients)."
    if any(holds_report(each) for each in mail.whole.walk()):
        return "It is made as a report of a mail server (RFC 3464), but its fields name nobody."
    if REPLIES.match(mail.subject):
        return ""
    failure = FAILURE.search(words)
    said_sender, path = mail.said_sender.strip(), mail.return_path or ""
    is_system = said_sender in ("", "<>") or any(map(SYSTEM.search, (readable(said_sender), mail.sender, path)))
    is_titled, is_empty = bool(SUBJECT.search(mail.subject)), mail.return_path == ""
    has_code = bool(judged("", words[:4000]).code)
    said = _phrase(words, failure) if failure else "what mail servers say"
    if (is_system or is_empty) and (is_titled or returned.fields) and (failure or has_code or returned.fields):
        return f"It comes from a mail server and says {said}."
    if is_system and failure and (has_code or is_empty or "@" in words):
        return f"It comes from a mail server and says {said}."
    if is_titled and failure and returned.fields:
        return f"Its subject and its words ({said}) are those of a returned letter, which it encloses."
    if is_empty and failure and has_code:
        return f"It has an empty return path and says {said}."
    return ""


def _phrase(words: str, found: re.Match[str]) -> str:
    """The words found, to the end of the last one, in quotation marks."""
    whole = words[found.start() : found.end() + 20]
    ends = re.compile(r"\W").search(whole, found.end() - found.start())
    return f"“{' '.join(whole[: ends.start() if ends else None].split())[:80]}”"


def _recipients(mail: Mail, words: str, returned: Head) -> list[Failed]:
    """Whom the words name; else whom a header names; else for whom the letter was."""
    own = {each.address.lower() for name in ("to", "from", "sender") for each in parties(mail.head.first(name))}
    own |= {address_in(mail.head.first(name)).lower() for name in CAME_FROM}
    own |= {address_in(returned.first(name)).lower() for name in ("from", "return-path", "sender", "reply-to")}
    named = [each.address for value in mail.head.all("x-failed-recipients") for each in parties(value) if each.address]
    strangers = own - {address.lower() for address in named}
    if found := bounce.failed_in(words, strangers, plainly=True):
        return found
    addresses = named or [address for address in (addressed_to(returned),) if address]
    about = [_about(address, words, mail.subject) for address in addresses]
    return about or bounce.failed_in(words, strangers, plainly=False)


def _about(address: str, words: str, subject: str) -> Failed:
    """One recipient, of whom the words say only what they say of the letter."""
    judgement = judged("", f"{words[:4000]}\n{subject}")
    return Failed(
        address=address,
        is_permanent=judgement.is_permanent,
        is_dead=judgement.is_dead,
        status=judgement.status,
        code=judgement.code,
        diagnostic=" ".join(words.split())[-LONGEST:],
    )
