"""The JSON Schema that editors complete from says what the reader of campaign.yaml accepts."""

import json

import jsonschema
import pytest

from campaigns.folder.campaign_file import FILE
from campaigns.folder.defect import Defects
from campaigns.folder.positions import read_yaml
from campaigns.folder.schema import PUBLISHED, Campaign, json_schema, published
from tests.campaigns.folder.folders import CAMPAIGN, PETITION


def test_the_published_schema_is_the_one_the_reader_uses():
    assert PUBLISHED.read_text(encoding="utf-8") == published(), "run: python -m campaigns.folder.schema"


def test_every_key_is_explained():
    schema = json_schema()
    for part in (schema, *schema["$defs"].values()):
        for name, key in part["properties"].items():
            assert key.get("description"), name


@pytest.mark.parametrize("text", [CAMPAIGN, (PETITION / FILE).read_text(encoding="utf-8")])
def test_what_the_reader_accepts_the_schema_accepts(text):
    jsonschema.validate(read_yaml(text, Defects(FILE)).value, json.loads(published()))


def test_what_the_schema_does_not_know_it_refuses():
    campaign = read_yaml(CAMPAIGN.replace("summary:", "sumary:"), Defects(FILE)).value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(campaign, json.loads(published()))
    assert set(json_schema()["properties"]) == set(Campaign.model_fields)
