"""Regular expressions for words that mail programs break in lines anywhere."""

import re

SPACE = re.compile(r"\[- \]|\[ -\]| \?| ")
MEANT = {"[- ]": r"[-\s]", "[ -]": r"[-\s]", " ?": r"\s{0,12}"}


def loose(pattern: str) -> re.Pattern[str]:
    """The expression with every space standing for some white space, ` ?` for some or none; letters in either case."""
    return re.compile(SPACE.sub(lambda found: MEANT.get(found[0], r"\s{1,12}"), pattern), re.IGNORECASE)
