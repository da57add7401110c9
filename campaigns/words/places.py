"""A single character of Unicode's private area stands for a value until the letter is set."""

import re

from campaigns.words.limits import MOST_VALUES

SUBJECT = 0xF0000
FIRST = 0xF0001
IN_LINK, IN_ADDRESS = MOST_VALUES, 2 * MOST_VALUES  # how far a place moves: the words of a link, and where it leads
PLACE = re.compile(f"[{chr(FIRST)}-{chr(FIRST + MOST_VALUES - 1)}]")
MOVED = re.compile(f"[{chr(FIRST + MOST_VALUES)}-{chr(FIRST + 3 * MOST_VALUES - 1)}]")
ANY_PLACE = re.compile("[\U000f0000-\U000ffffd]")
PLACES = re.compile("([\U000f0000-\U000ffffd]+)")


def moved(text: str, by: int) -> str:
    return PLACE.sub(lambda found: chr(ord(found.group()) + by), text)


def moved_back(text: str) -> str:
    return MOVED.sub(lambda found: chr((ord(found.group()) - FIRST) % MOST_VALUES + FIRST), text)
