"""Where Django looks for this application's tables; each lives in the file named after it."""

from campaigns.addressee import Addressee, ContactPoint
from campaigns.appeal import Appeal
from campaigns.approval import Approval
from campaigns.campaign import Campaign
from campaigns.consent import Asked, Consent
from campaigns.demand import Demand
from campaigns.gathering import Gathering
from campaigns.group import Group, Membership
from campaigns.hold import Hold
from campaigns.holder_change import HolderChange
from campaigns.intervention import Intervention
from campaigns.invalidation import Invalidation
from campaigns.locality import Locality
from campaigns.mailing import Mailing, MailingApproval
from campaigns.outcome import Outcome
from campaigns.redistricting import Redistricting
from campaigns.review import Review
from campaigns.share import Share
from campaigns.signature import Signature
from campaigns.step import Step
from campaigns.supporter import Supporter
from campaigns.tally import Tally
from campaigns.version import Version
from campaigns.wave import Pause, Skip, Turn, Wave
from campaigns.wording import Wording

__all__ = [
    "Addressee", "Appeal", "Approval", "Asked", "Campaign", "Consent", "ContactPoint", "Demand", "Gathering",
    "Group", "Hold", "HolderChange", "Intervention", "Invalidation", "Locality", "Mailing", "MailingApproval",
    "Membership", "Outcome", "Pause", "Redistricting", "Review", "Share", "Signature", "Skip", "Step", "Supporter",
    "Tally", "Turn", "Version", "Wave", "Wording",
]  # fmt: skip
