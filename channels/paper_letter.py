"""Letter: on paper, by post; a person prints it, signs it and takes it to the post office."""

from datetime import timedelta

from channels.channel import Channel, Deed

FEWEST, MOST = 2, 6  # lines
LONGEST_LINE = 60  # characters, so that a line fits the window of an envelope when broken once


def _problem(address: str) -> str | None:
    lines = address.split("\n")
    shown = ", ".join(line.strip() for line in lines)
    if any(line != line.strip() or not line for line in lines):
        return f"{shown} has an empty line in it, or spaces around one"
    if not FEWEST <= len(lines) <= MOST:
        return f"{shown} is not a postal address: that has {FEWEST} to {MOST} lines, street or box and town at least"
    for line in lines:
        if len(line) > LONGEST_LINE:
            return f"{line} is longer than {LONGEST_LINE} characters: it does not fit on an envelope"
    return None


LETTER = Channel(
    name="letter",
    title="Letter",
    is_public=False,
    has_subject=True,
    address_rule=_problem,
    spaces=" \n",
    column="post",
    deed=Deed("post this letter", "Posted", travels=timedelta(days=5)),
)
