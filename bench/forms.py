"""What browsers of many people post when they sign the campaign of the benchmarks."""

import os
from datetime import UTC, datetime, timedelta
from functools import cache

SIGN = "/c/road/en/sign"


def form(number: int) -> bytes:
    """The form of one of them."""
    email = f"person{number}.{os.getpid()}%40people.example"
    said = f"name=Alex+Person+{number}&email={email}&token={_token()}&updates=yes&public=no&country=AM&comment="
    return said.encode()


@cache
def _token() -> str:
    from outreach.public.form_token import form_token

    return form_token("road", datetime.now(UTC) - timedelta(minutes=1))
