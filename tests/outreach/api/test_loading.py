"""Whole campaigns over HTTP: checked in full, then loaded or not at all."""

from tests.outreach.api.documents import petition, zipped

CAMPAIGNS = "/api/v1/campaigns"


def post(api, document, query=""):
    return api.post(f"{CAMPAIGNS}{query}", document, content_type="application/json")


def put(api, document, query=""):
    return api.put(f"{CAMPAIGNS}/artsakh-2023{query}", document, content_type="application/json")


def test_a_whole_campaign_is_created_from_one_document(api):
    answer = post(api, petition())
    assert answer.status_code == 201, answer.json()["errors"]
    assert api.get(f"{CAMPAIGNS}/artsakh-2023").json()["status"] == "draft"
    assert len(answer.json()["changes"]) > 17
    assert put(api, petition()).json()["changes"] == []


def test_a_zipped_folder_says_the_same_as_the_document(api):
    assert api.post(CAMPAIGNS, zipped(), content_type="application/zip").status_code == 201
    assert put(api, petition()).json()["changes"] == []
