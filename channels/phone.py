"""Phone: a call that a person makes, with the script before them.

Source of the length of a number: ITU-T E.164 (15 digits at the most, the country code among them).
"""

import re
from datetime import timedelta

from channels.channel import Channel, Deed

NUMBER = re.compile(r"\+[1-9](?:[ ().-]{0,2}[0-9]){6,14}(?: ?(?:ext\.?|x) ?[0-9]{1,6})?")


def _problem(address: str) -> str | None:
    if NUMBER.fullmatch(address):
        return None
    return (
        f"{address} is not a telephone number that can be called from everywhere: that is a + and the code of the "
        "country, then the number, 7 to 15 digits in all, such as +374 10 123456"
    )


PHONE = Channel(
    name="phone",
    title="Phone",
    is_public=False,
    has_subject=False,
    address_rule=_problem,
    spaces=" ",
    deed=Deed("make this call", "Called, and somebody took the message", within=timedelta(days=1), proves=True),
)
