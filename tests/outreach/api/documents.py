"""The petition as a program would send it."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import yaml

from config.embedded.folder import ROOT

PETITION = ROOT / "templates" / "campaigns" / "artsakh-2023"


class Plain(yaml.SafeLoader):
    """Every value as the text it is; dates stay texts."""

    yaml_implicit_resolvers = {}


def petition(**changes: Any) -> dict[str, Any]:
    """The whole campaign as one document."""
    campaign = yaml.load((PETITION / "campaign.yaml").read_text(), Plain)
    with (PETITION / "addressees.csv").open(newline="") as file:
        addressees = [{name: cell for name, cell in row.items() if cell} for row in csv.DictReader(file)]
    return {**campaign, "slug": "artsakh-2023", "addressees": addressees, "wordings": list(wordings()), **changes}


def wordings() -> Any:
    for file in sorted((PETITION / "wordings").glob("*/*.md")):
        channel, language, _ = file.name.split(".")
        text, front = file.read_text(), {}
        if text.startswith("---\n"):
            head, _, text = text[4:].partition("---\n")
            front = yaml.load(head, Plain)
        yield {"name": file.parent.name, "channel": channel, "language": language, "body": text, **front}


def zipped(more: dict[str, str] | None = None, folder: Path = PETITION) -> bytes:
    """The folder as an archive; `more`: further or other files, by name."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*")):
            name = f"{folder.name}/{file.relative_to(folder)}"
            if file.is_file() and name not in (more or {}):
                archive.write(file, name)
        for name, text in (more or {}).items():
            archive.writestr(name, text)
    return content.getvalue()
