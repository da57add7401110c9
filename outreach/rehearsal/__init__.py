"""The whole campaign on a virtual clock: what it would send, when, and to whom."""

from outreach.rehearsal.record import Entry, Rehearsal
from outreach.rehearsal.scenario import SILENCE, Answer, Approval, Halt, Outage, Scenario, Signed
from outreach.rehearsal.stage import rehearse

__all__ = ["SILENCE", "Answer", "Approval", "Entry", "Halt", "Outage", "Rehearsal", "Scenario", "Signed", "rehearse"]
