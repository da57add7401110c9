"""A supporter's letter as it arrives: in their name, from the campaign's address, with one line that says who carried
it. Pure: the preview and the sending both ask here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from campaigns.words.wording import Rendered
from outreach.letters.carried_sentences import CARRIED
from outreach.letters.spoken_words import words_of
from outreach.letters.together_sentences import TOGETHER
from outreach.public.sentences import spoken


@dataclass(frozen=True, slots=True)
class Said:
    """What a supporter says, and as whom. `place`: the town, empty if they left it out. `language`: of the text.
    `shows_address`: whether the office answers to their own address.
    """

    name: str
    place: str
    subject: str
    text: str
    language: str
    shows_address: bool = False


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who carries it. `name`: of the campaign's sender, in every language. `page`: where the campaign is in public.
    `office`: where the office says how it wants such letters; empty where that is not known. `takes_mail`: whether
    answers come in here and so find their way; otherwise people read them, and pass them on.
    """

    name: Mapping[str, str]
    page: str
    office: str = ""
    takes_mail: bool = True

    def called(self, language: str) -> str:
        return self.name.get(language) or next(iter(self.name.values()), "")


def from_name(said: Said, carrier: Carrier) -> str:
    """The name in the From line, such as «Paulo Ribeiro via Bridge Committee». The address is the campaign's own, for
    a domain lets only its own servers send in its name (DMARC, RFC 7489).
    """
    sentences, campaign = CARRIED[spoken((said.language,))], carrier.called(said.language)
    return sentences.via.format(name=said.name, campaign=campaign) if campaign else said.name


def carried(said: Said, carrier: Carrier) -> Rendered:
    """Subject and text, word for word as they arrive. There is no HTML: it is a person's letter."""
    spelt = spoken((said.language,))
    sentences, campaign = CARRIED[spelt], carrier.called(said.language) or carrier.page
    answer = sentences.answer if carrier.takes_mail or said.shows_address else sentences.answer_to_us
    line = " ".join(each.format(name=said.name, campaign=campaign) for each in (sentences.carried, answer))
    foot = [line, carrier.page, *([TOGETHER[spelt].rather.format(link=carrier.office)] if carrier.office else [])]
    return Rendered(said.subject, "\n".join([signed(said), "", "-- ", *foot]), "")


def signed(said: Said) -> str:
    """The text with name and town under it, as far as it does not end with them already."""
    body = said.text.strip()
    there = _signature(body, said)
    missing = [each for each in (said.name, said.place) if each and not there & set(words_of(each))]
    return "\n".join([body, *([] if there else [""]), *missing]) if missing else body


def _signature(body: str, said: Said) -> set[str]:
    """The words of the last two lines, of those that say nothing but name and town."""
    ours, there = {*words_of(said.name), *words_of(said.place)}, set[str]()
    for line in reversed(body.split("\n")[-2:]):
        words = set(words_of(line))
        if not words or not words <= ours:
            break
        there |= words
    return there
