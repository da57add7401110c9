"""Which sites may show a page in a frame (Content-Security-Policy, level 3, `frame-ancestors`)."""

from collections.abc import Sequence

NOBODY = "frame-ancestors 'none'"


def framed_by(sites: Sequence[str], policy: str) -> str:
    """The policy, for a page that these sites may show; what it says of frames otherwise stays where there are none.

    `sites`: origins, such as `https://news.example`.
    """
    return policy.replace(NOBODY, f"frame-ancestors {' '.join(sites)}") if sites else policy
