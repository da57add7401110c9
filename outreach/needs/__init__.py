"""What needs a person: typed tasks, each with its guess. Derived from how things stand, never a list that can drift.

Every module of this package is imported here, and each kind it defines is entered in `KINDS`: a kind of need is one
file.
"""

from importlib import import_module
from pkgutil import iter_modules

from outreach.needs.need import Kind

KINDS: dict[str, Kind] = {
    kind.name: kind
    for module in iter_modules(__path__, f"{__name__}.")
    for kind in vars(import_module(module.name)).values()
    if isinstance(kind, Kind)
}
"""Every kind by its name."""
