"""A seal on a form: that it is ours, for this campaign, and when it was made. It is the same for everybody."""

from datetime import datetime, timedelta

from outreach.dated_seal import dated_seal, sealed_at

LIFETIME = timedelta(days=2)


def form_token(campaign: str, made_at: datetime) -> str:
    """`campaign`: its slug."""
    return dated_seal(f"form {campaign}", made_at)


def made_at(token: str, campaign: str, now: datetime) -> datetime | None:
    """When the form was made; None if it was not made here, is for another campaign, or too old."""
    return sealed_at(token, f"form {campaign}", now, LIFETIME)
