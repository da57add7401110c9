"""Where Django looks for this application's tables; each lives in the file named after it."""

from outreach.account import Account, Payment
from outreach.alarm import Alarm
from outreach.attachment import Attachment
from outreach.attention import Attention
from outreach.bucket import Bucket
from outreach.bulletin import Bulletin
from outreach.chunk import Chunk
from outreach.delivery import Delivery
from outreach.erasure import Erasure
from outreach.event import Event
from outreach.evidence.entry import Evidence, EvidenceSalt
from outreach.evidence.mark import EvidenceMark
from outreach.exhibit import Exhibit
from outreach.guess import Guess
from outreach.incoming import Incoming
from outreach.journal import Entry
from outreach.key import ApiKey, StoredReply
from outreach.letters.letter import Letter
from outreach.letters.letter_reply import LetterReply
from outreach.letters.mailbag import Mailbag
from outreach.mailbox import Mailbox
from outreach.notice import Notice
from outreach.partner_export import PartnerExport
from outreach.partner_share import PartnerShare
from outreach.proof_of_work import UsedProof
from outreach.pulse import Pulse
from outreach.release import Release
from outreach.report import Report
from outreach.response import Response
from outreach.sheet import Sheet
from outreach.sign_in import SignInLink
from outreach.signup import Signup
from outreach.statement import StatedPosition, Statement
from outreach.suppression import Suppression
from outreach.task import Task, TaskProof

__all__ = [
    "Account",
    "Alarm",
    "ApiKey",
    "Attachment",
    "Attention",
    "Bucket",
    "Bulletin",
    "Chunk",
    "Delivery",
    "Entry",
    "Erasure",
    "Event",
    "Evidence",
    "EvidenceMark",
    "EvidenceSalt",
    "Exhibit",
    "Guess",
    "Incoming",
    "Letter",
    "LetterReply",
    "Mailbag",
    "Mailbox",
    "Notice",
    "PartnerExport",
    "PartnerShare",
    "Payment",
    "Pulse",
    "Release",
    "Report",
    "Response",
    "Sheet",
    "SignInLink",
    "Signup",
    "StatedPosition",
    "Statement",
    "StoredReply",
    "Suppression",
    "Task",
    "TaskProof",
    "UsedProof",
]
