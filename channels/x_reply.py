"""What X says when it does not take a post, and what that means: the table in `x_post`."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from channels.answer import Refused
from channels.http_wait import wait_of
from channels.http_wire import AFTER_A_PERSON_LOOKED, LATER, SOON
from channels.wire import Unavailable
from channels.x_till import UNTIL_PAID

if TYPE_CHECKING:
    import tweepy

MAY_NOT = ("suspended", "locked", "permission", "not permitted to access", "enrolled", "project")


def detail_of(said: "tweepy.HTTPException") -> str:
    """The status and X's own words."""
    words = " ".join(str(message) for message in said.api_messages)
    return f"{said.response.status_code} {words or said.response.reason}"


def is_duplicate(status: int, detail: str) -> bool:
    """Whether X says that it has the very same text."""
    return status == 403 and "duplicate" in detail.lower()


def objection(status: int, detail: str, headers: Mapping[str, str]) -> Refused | None:
    """A refusal of this post; None if X did not say that it has not taken it. Raises Unavailable if it takes none."""
    said = f"X did not take the post: {detail}"
    match status:
        case 402:
            raise Unavailable(f"X wants to be paid first: {detail}", UNTIL_PAID)
        case 429:
            raise Unavailable(said, _reset(headers) or SOON)
        case 401 | 404:
            raise Unavailable(said, AFTER_A_PERSON_LOOKED)
        case 403 if any(words in detail.lower() for words in MAY_NOT):
            raise Unavailable(said, AFTER_A_PERSON_LOOKED)
        case 400 | 403:
            return Refused(said, str(status))
        case _:
            return None


def no_replies(status: int, detail: str, headers: Mapping[str, str]) -> Unavailable:
    """Why nothing was read, and how long to wait."""
    said = f"X did not tell replies: {detail}"
    match status:
        case 402:
            return Unavailable(f"X wants to be paid before it tells replies: {detail}", UNTIL_PAID)
        case 429:
            return Unavailable(said, _reset(headers) or SOON)
        case 400 | 401 | 403 | 404:
            return Unavailable(said, AFTER_A_PERSON_LOOKED)
        case _:
            return Unavailable(said, LATER)


def _reset(headers: Mapping[str, str]) -> timedelta | None:
    """Of the limit that is used up: the app's for a day, or the user's for a quarter of an hour."""
    if headers.get("x-app-limit-24hour-remaining") == "0":
        return wait_of({"x-rate-limit-reset": headers.get("x-app-limit-24hour-reset", "")})
    return wait_of(headers)
