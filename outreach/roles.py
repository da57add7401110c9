"""Who on the staff may do what. Everyone on the staff may look; a superuser is an owner."""

from django.contrib.auth.models import AnonymousUser, User

VIEWER, ORGANISER, APPROVER, OWNER = NAMES = ("viewer", "organiser", "approver", "owner")
"""The roles, each with everything the one before it may do. They are Django groups of these names."""


def role_of(user: User | AnonymousUser) -> str | None:
    """The highest role of a person on the staff; None for everybody else."""
    if not (user.is_active and user.is_staff):
        return None
    if user.is_superuser:
        return OWNER
    held = set(user.groups.values_list("name", flat=True))
    return next((name for name in reversed(NAMES) if name in held), VIEWER)


def may_approve(user: User | AnonymousUser) -> bool:
    """Whether this person may approve what a step sends."""
    return role_of(user) in (APPROVER, OWNER)


def may_change(user: User | AnonymousUser) -> bool:
    """Whether this person may record, hold, publish and settle."""
    return role_of(user) in (ORGANISER, APPROVER, OWNER)
