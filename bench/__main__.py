"""`./dev bench NAME [--quick] [--json]`."""

import argparse
from importlib import import_module

from bench.figure import as_json, as_table

BENCHES = (
    "attack",
    "clock",
    "delivery",
    "events",
    "inbound",
    "pages",
    "rehearsal",
    "signups",
    "wave",
)  # each a module of this package, whose `figures` measures


def main(arguments: list[str] | None = None) -> None:
    """Measure, and print a table or one JSON object."""
    parser = argparse.ArgumentParser(prog="bench", description="Measure how fast the product is, beside a reference.")
    parser.add_argument("name", choices=BENCHES)
    parser.add_argument("--quick", action="store_true", help="only to see that it works")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    chosen = parser.parse_args(arguments)
    figures, notes = import_module(f"bench.{chosen.name}").figures(chosen.quick)
    print(as_json(figures, notes) if chosen.json else as_table(figures, notes))


if __name__ == "__main__":
    main()
