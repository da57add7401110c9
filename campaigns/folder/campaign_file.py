"""campaign.yaml: read, and every mistake in it turned into a sentence at its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from campaigns.folder.defect import Defects
from campaigns.folder.fit import fit, value_at
from campaigns.folder.limits import LARGEST_YAML
from campaigns.folder.positions import Document, read_yaml
from campaigns.folder.reading import read_text
from campaigns.folder.schema import Campaign
from campaigns.folder.sense import senseless
from campaigns.folder.values import Known

FILE = "campaign.yaml"


@dataclass(frozen=True, slots=True)
class CampaignFile:
    """What is known of campaign.yaml. `campaign` is None if something in it is wrong; `known` is what could be read."""

    document: Document
    known: Known
    campaign: Campaign | None


def read_campaign(folder: Path, defects: Defects) -> CampaignFile | None:
    """The file; None if nothing of it can be read. Adds everything wrong with it to `defects`."""
    text = read_text(folder, FILE, LARGEST_YAML, defects)
    document = read_yaml(text, defects) if text is not None else None
    if document is None:
        return None
    if not isinstance(document.value, dict):
        defects.add((1, 1), "this file holds no campaign: it begins with keys such as title: and languages:")
        return None
    known = Known(
        languages=tuple(_strings(document.items("languages"))),
        groups=tuple(_strings(document.items("groups"), "key")),
        steps=tuple(_strings(document.items("ladder"), "step")),
    )
    campaign = fit(document, Campaign, known, defects)
    for path, message, suggestion in senseless(document):
        defects.add(document.at(path), message, value_at(document, path), suggestion)
    return CampaignFile(document, known, None if defects else campaign)


def _strings(values: list[Any], name: str = "") -> Iterator[str]:
    for value in values:
        found = value.get(name) if name and isinstance(value, dict) else value
        if isinstance(found, str):
            yield found
