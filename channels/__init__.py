"""The wires: how a message leaves the house, and the rules of the places it goes to.

A *channel* is what a campaign file names (`email`, `x`); a *wire* carries it (`outbox`, `smtp`). Both are found by
import: every module of this package is imported here, and what it defines is entered in `CHANNELS` and `WIRES`.
Nothing in here knows campaigns, Django or the database.
"""

from importlib import import_module
from pkgutil import iter_modules

from channels.channel import CHANNELS, Channel
from channels.wire import WIRES, Wire

_defined = [
    thing
    for module in iter_modules(__path__, f"{__name__}.")
    if not module.ispkg
    for thing in vars(import_module(module.name)).values()
]

CHANNELS.update(
    (channel.name, channel)
    for channel in sorted(
        (thing for thing in _defined if isinstance(thing, Channel)),
        key=lambda channel: (channel.is_public, channel.name),
    )
)
WIRES.update(
    (scheme, thing)
    for thing in _defined
    if isinstance(thing, type) and issubclass(thing, Wire)
    for scheme in thing.schemes
)
