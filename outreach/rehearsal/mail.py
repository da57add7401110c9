"""The messages of a rehearsal: they leave or wait, come too late, arrive or come back."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from campaigns.deadline import SECOND
from campaigns.ladder import ADDRESSEES, SUPPORTERS
from campaigns.messages import Message, Wave, messages
from campaigns.occasions import Setting, occasion_of, planned_deadline
from campaigns.position import LastMessage
from campaigns.words.problem import Unfit
from channels.channel import CHANNELS
from outreach.preview import base_of, invented_answer, invented_supporter
from outreach.rehearsal.agenda import What
from outreach.rehearsal.post import Posted, can_reach, post, silent, waits_until
from outreach.rehearsal.world import World

Letter = tuple[int, int, str]  # rung, reminder, addressee: the same letter over every channel


class Mail:
    """What has been written and what has arrived. `posted`: what was written before the rehearsal begins."""

    def __init__(self, world: World, posted: Iterable[Posted] = (), first_letter_at: datetime | None = None) -> None:
        self.world = world
        self.first_letter_at = first_letter_at
        self._waiting: dict[Letter, list[Posted]] = defaultdict(list)
        for each in posted:
            self._wait(each)

    def send(self, wave: Wave, now: datetime) -> None:
        """Write everything a wave sends; what may leave at once does."""
        edition = self.world.edition
        rung = edition.rules.ladder.rung(wave.rung)
        for message in messages(wave, rung, self.world.addressees, edition.members):
            if can_reach(edition, message):
                self._post(message, wave, now)

    def leave(self, each: Posted, now: datetime) -> None:
        """What has been waiting has its turn: it leaves, or has to wait on, or has come too late or lost its reason."""
        self._waiting[_letter(each)].remove(each)
        end = self._end(each)
        if end and end < now:
            self._expire(each, now)
        elif not silent(self.world.cases, each.message):
            detail = "no demand it speaks of is open any more"
            self.world.diary.note_message(now, "cancelled", each, detail=detail)
        elif (later := waits_until(self.world.edition, self.world.cases, each, now)) is None:
            self._deliver_if_it_can(each, now)
        elif later > now:
            self._wait(replace(each, due_at=later, until=max(later, each.until)))

    def _post(self, message: Message, wave: Wave, now: datetime) -> None:
        dues = [self.world.cases[str(appeal)].position.due_at for appeal in message.appeals]
        deadline = min((due_at for due_at in dues if due_at), default=None)
        for each in post(self.world.edition, message, wave, now, deadline, self.world.number_of(message)):
            if each.due_at <= now:
                self._deliver_if_it_can(each, now)
            else:
                self._keep(each, now)

    def _deliver_if_it_can(self, each: Posted, now: datetime) -> None:
        """A provider that is out takes nothing: what was for it leaves once it is back."""
        back = self.world.scenario.back_at(now, each.message.channel)
        if back <= now:
            self._deliver(each, now)
            return
        self.world.diary.note_message(now, "delayed", each, detail="its provider is out", until=back)
        self._keep(replace(each, due_at=back, until=max(back, each.until)), now)

    def _keep(self, each: Posted, now: datetime) -> None:
        case = self.world.cases.get(each.own_letter_to)
        if case is not None:
            others = (other.before for other in self._waiting[_letter(each)])
            each = replace(each, before=each.before or next(others, case.position.last_message))
            case.position = replace(case.position, last_message=LastMessage(now))
        self._wait(each)

    def _wait(self, each: Posted) -> None:
        self._waiting[_letter(each)].append(each)
        self.world.agenda.put(each.due_at, What.LEAVE, each)

    def _end(self, each: Posted) -> datetime | None:
        """When it comes too late; that moves with the deadline it speaks of, when a hold moves that."""
        case = self.world.cases.get(each.own_letter_to)
        if each.expires_at is None or case is None or case.position.rung != each.wave.rung:
            return each.expires_at
        due_at, answer_by = case.position.due_at, each.answer_by
        return each.expires_at + (max(due_at - answer_by, timedelta()) if due_at and answer_by else timedelta())

    def _expire(self, each: Posted, now: datetime) -> None:
        self.world.diary.note_message(now, "lapsed", each, detail="it would have come too late")
        case = self.world.cases.get(each.own_letter_to)
        if case is None:
            return
        begun_at = case.position.begun_at or now
        before = each.before or LastMessage(begun_at, proven_at=begun_at)
        late = LastMessage(now, trouble="could not be sent in time")
        case.position = replace(case.position, last_message=before if each.wave.reminder else late)
        self.world.touched.add(case.key)

    def _deliver(self, each: Posted, now: datetime) -> None:
        edition, message = self.world.edition, each.message
        recipient = str(message.recipient) if message.recipient else None
        is_direct = not CHANNELS[message.channel].is_public
        choice = edition.language_of_message(
            message.audience, recipient if is_direct else None, message.wording, message.channel
        )
        supporter = invented_supporter() if message.audience == SUPPORTERS else None
        setting = self._setting(each)
        answer = invented_answer() if message.audience == ADDRESSEES and is_direct else None
        occasion = occasion_of(edition, setting, choice.language, base_of(edition), recipient, supporter, answer)
        try:
            headline = edition.headline(message.wording, message.channel, occasion)
        except Unfit as problem:
            self._put_aside(each, now, f"The wording does not hold: {problem}")
            return
        bounce = self._bounce(each, recipient) if is_direct else ""
        self.world.diary.note_message(
            now,
            "send",
            each,
            language=choice.language,
            fallback=choice.fallback,
            subject=headline,
            state="bounced" if bounce else "delivered",
            detail=bounce or each.reason,
            until=each.until if each.until > now else None,
        )
        if each.own_letter_to in self.world.cases:
            self._reached(each, now, bounce)

    def _put_aside(self, each: Posted, now: datetime, why: str) -> None:
        """One that cannot be written goes nowhere, and spoils no other."""
        self.world.diary.note_message(now, "unwritten", each, detail=why)
        if case := self.world.cases.get(each.own_letter_to):
            case.position = replace(case.position, last_message=LastMessage(now, trouble="was not sent"))
            self.world.touched.add(case.key)

    def _reached(self, each: Posted, now: datetime, bounce: str) -> None:
        case = self.world.cases[each.own_letter_to]
        last = LastMessage(now, trouble="came back", out_of_reach=True) if bounce else LastMessage(now, proven_at=now)
        case.position = replace(case.position, last_message=last)
        self.first_letter_at = self.first_letter_at or now
        self.world.touched.add(case.key)
        if not each.wave.reminder:
            for answer in self.world.scenario.answers_on(self.world.step_of(each.wave.rung), case.key):
                self.world.agenda.put(now + SECOND, What.HEAR, answer)

    def _setting(self, each: Posted) -> Setting:
        still = silent(self.world.cases, each.message)
        return Setting(
            rung=each.wave.rung,
            silent=tuple(case.key for case in still),
            open_demands={key for case in still for key in case.open_demands(self.world.edition)},
            due_at=each.answer_by,
            deadline=planned_deadline(self.world.edition),
            first_letter_at=self.first_letter_at,
        )

    def _bounce(self, each: Posted, recipient: str | None) -> str:
        return self.world.scenario.bounce_of(self.world.step_of(each.wave.rung), recipient or "")


def _letter(each: Posted) -> Letter:
    return each.wave.rung, each.wave.reminder, each.own_letter_to
