"""`./dev chaos`: see the package."""

import argparse
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.chaos.installation import LEFT_OUT, remove
from bench.chaos.lots import WIRES, lots
from config.embedded.folder import Folder

KEPT = {"OUTREACH_PG_BIN", "OUTREACH_PG_ROOT"}


def main(arguments: list[str] | None = None) -> None:
    """Play, print the account, and end with 1 if a promise was broken."""
    chosen = parser().parse_args(arguments)
    drawn = lots(chosen.seed, chosen.rounds, WIRES if chosen.email == "both" else (chosen.email,))
    wanted = [lot for lot in drawn if chosen.only in (0, lot.number)]
    with own_folder() as folder:
        from bench.chaos.report import as_json, as_table
        from bench.chaos.run import Size, play

        size = Size.of(-(-chosen.deliveries // chosen.rounds), at_least_once=chosen.supporters_at_least_once)
        result = play(wanted, size, folder)
        print(as_json(result, chosen.seed) if chosen.json else as_table(result, chosen.seed))
    sys.exit(bool(result.problems))


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="chaos", description="Kill everything, and see that nothing is lost or doubled."
    )
    made.add_argument("--rounds", type=_positive, default=50, help="each with two faults and some bad weather (50)")
    made.add_argument("--deliveries", type=_positive, default=20_000, help="in all rounds together, at least (20000)")
    made.add_argument("--seed", type=int, default=random.randrange(10**6), help="the same seed draws the same rounds")
    made.add_argument("--only", type=int, default=0, metavar="N", help="play only the N-th of the rounds")
    made.add_argument("--email", choices=(*WIRES, "both"), default="both", help="the wire that carries email (both)")
    made.add_argument("--supporters-at-least-once", action="store_true", help="let their letters be sent once more")
    made.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    return made


@contextmanager
def own_folder() -> Iterator[Folder]:
    """A throw-away data folder that Django in this process is opened on. Whatever runs on it is ended at the end."""
    place = Path(tempfile.mkdtemp(prefix="outreach-chaos-"))
    folder = Folder(place / "data")
    for name in [*LEFT_OUT, *(name for name in os.environ if name.startswith("OUTREACH_") and name not in KEPT)]:
        os.environ.pop(name, None)
    os.environ.update(OUTREACH_DATA=str(folder.path), DJANGO_SETTINGS_MODULE="config.settings")
    import django

    django.setup()
    try:
        yield folder
    finally:
        remove(folder)
        shutil.rmtree(place, ignore_errors=True)


def _positive(said: str) -> int:
    if not said.isdecimal() or int(said) < 1:
        raise argparse.ArgumentTypeError(f"{said} is not a number from 1")
    return int(said)


if __name__ == "__main__":
    main()
