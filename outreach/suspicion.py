"""What makes a form look less than genuine. Nobody who fills one in is told; it is weighed by staff, later."""

from outreach.signup import Form

TRAP, QUICK = "trap", "quick"
SHORTEST = 3.0  # seconds; no person fills in a form more quickly


def marks_of(form: Form) -> list[str]:
    """One word for each thing that is odd."""
    signals = form.signals
    marks = [TRAP] if signals.get("trap") else []
    if 0 <= signals.get("seconds", SHORTEST) < SHORTEST:
        marks.append(QUICK)
    return marks
