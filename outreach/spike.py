"""When what comes back is more than an accident: the rule for stopping by itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one campaign on one channel, in the time looked at: letters that were sent, or refused because there is no
    such recipient; of these, the ones that came back for good; and the complaints about them."""

    letters: int
    bounces: int
    complaints: int


@dataclass(frozen=True, slots=True)
class Brakes:
    """Stop above a share of `bounces` once `letters` have gone, or above a share of `complaints` from that many
    `complainers`; looking back so many `hours`.

    The shares are those at which Amazon SES puts an account under review (5 % and 0.1 %, "Reputation metrics"); Google
    and Yahoo ask to stay below 0.1 % complaints and never to reach 0.3 % ("Email sender guidelines"). The numbers
    keep one wrong address in a small campaign, or one angry reader, from stopping it.
    """

    bounces: float = 0.05
    letters: float = 20
    complaints: float = 0.001
    complainers: float = 3
    hours: float = 72

    def reason(self, figures: Figures) -> str:
        """A sentence with the figures if it must stop, else nothing."""
        seen, since = figures.letters, f"sent in the last {self.hours:g} hours"
        if seen >= self.letters and figures.bounces > self.bounces * seen:
            share = f"{figures.bounces / seen:.1%} is more than {self.bounces:.1%}"
            return f"{figures.bounces:,} of {seen:,} letters {since} came back for good: {share}"
        if figures.complaints >= self.complainers and figures.complaints > self.complaints * seen:
            share = f"{figures.complaints / seen:.2%} is more than {self.complaints:.2%}" if seen else "none is allowed"
            return f"{figures.complaints:,} complaints about {seen:,} letters {since}: {share}"
        return ""
