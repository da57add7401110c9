"""Why a delivery has not been sent, or has not arrived, in one sentence."""

from collections.abc import Callable

from outreach.cause import Sight
from outreach.dashboard.scene import Scene
from outreach.dashboard.when import When
from outreach.delivery import Delivery


def why_not(scene: Scene, when: When) -> Callable[..., str]:
    """The sentence about a delivery of this scene; empty for what was sent."""
    sight = Sight(scene.campaign, scene.now, scene.holds)

    def said(delivery: Delivery, *, in_full: bool = False) -> str:
        cause = sight.cause(delivery, in_full=in_full)
        return cause.sentence(when.said) if cause else ""

    return said
