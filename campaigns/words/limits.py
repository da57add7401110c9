"""How large a wording may be, and how much it may do. Stated in one place, checked when read and again when written."""

LONGEST_SOURCE = 100_000  # characters of one wording file
LONGEST_SUBJECT = 250  # characters of a subject once written
LONGEST_TEXT = 200_000  # characters of a letter or post once written
LONGEST_PIECE = 100_000  # characters of one value put together inside a wording
MOST_STEPS = 20_000  # turns of all loops together, and items looked at by filters
MOST_VALUES = 20_000  # different values put into one letter
DEEPEST_LOOP = 3  # loops inside loops
DEEPEST_IF = 10
DEEPEST_EXPRESSION = 40
