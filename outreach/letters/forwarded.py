"""An office's answer as it goes on to the supporter: from the campaign's address, and back to the office."""

from campaigns.kept import brief_of
from channels.envelope import Envelope, Sender
from outreach.incoming import Incoming
from outreach.letters.enveloped import carrier_of
from outreach.letters.letter_reply import LetterReply
from outreach.letters.reply_sentences import REPLY, ReplySentences
from outreach.links import reply_page
from outreach.notice import Notice
from outreach.public.sentences import spoken

LONGEST = 20_000  # characters
LONGEST_SUBJECT = 200
RULER = "-" * 60


def reply_of(notice: Notice) -> LetterReply | None:
    """What it is to bring; None if that is not kept any more."""
    if notice.about is None:
        return None
    found = LetterReply.objects.filter(pk=notice.about).select_related("letter__addressee", "incoming").first()
    return found if found is not None and found.incoming.gist.sender else None


def forwarded(notice: Notice, reply: LetterReply) -> Envelope:
    """The mail to the supporter, in their language. The office's words are text, whatever they were."""
    campaign, supporter = notice.campaign, notice.supporter
    language = spoken((supporter.language, *campaign.languages))
    said, sender = REPLY[language], carrier_of(campaign).called(language)
    office = brief_of(campaign, 0).term(reply.letter.addressee.name, language)
    subject = said.subject.format(office=office, subject=reply.letter.subject)
    return Envelope(
        key=notice.id.hex,
        to=supporter.email,
        to_name=supporter.name,
        sender=Sender(sender, str(campaign.sender.get("email", ""))),
        reply_to=reply.incoming.gist.sender,
        subject=subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 1]}…",
        text=_text(said, reply, said.intro.format(office=office, campaign=sender)),
        language=language,
        written_at=notice.created_at,
    )


def words_in(incoming: Incoming) -> str:
    """What the office says, without what it quotes."""
    return (incoming.gist.own_text or incoming.gist.text).strip()


def _text(said: ReplySentences, reply: LetterReply, intro: str) -> str:
    words, link = words_in(reply.incoming), reply_page().link(reply.pk)
    parts = [intro]
    parts += [said.automatic] if reply.is_automatic else []
    parts += [said.doubt] if reply.doubt else []
    parts += [RULER, words[:LONGEST], RULER]
    parts += [f"{said.cut}\n{link}"] if len(words) > LONGEST else []
    if number := reply.incoming.attachments.count():
        parts.append(f"{said.files.format(number=number)}\n{link}")
    return "\n\n".join([*parts, said.how.format(address=reply.incoming.gist.sender)])
