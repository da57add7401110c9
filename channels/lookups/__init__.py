"""Services that say in which divisions a place lies. Each is one file here, found by import."""

from importlib import import_module
from pkgutil import iter_modules

from channels.lookups.lookup import LOOKUPS, Division, Lookup, Unanswered, Where, lookup_at

__all__ = ["LOOKUPS", "Division", "Lookup", "Unanswered", "Where", "lookup_at"]

for _module in iter_modules(__path__, f"{__name__}."):
    LOOKUPS.update(
        (thing.scheme, thing)
        for thing in vars(import_module(_module.name)).values()
        if isinstance(thing, type) and issubclass(thing, Lookup) and thing is not Lookup
    )
