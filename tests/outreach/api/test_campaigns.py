"""Campaigns over HTTP: shown, listed, published."""


def test_a_campaign_is_shown_with_what_it_asks_and_of_whom(api, bridge):
    shown = api.get("/api/v1/campaigns/bridge").json()
    assert shown["title"] == {"en": "Keep the bridge open"}
    assert [demand["key"] for demand in shown["demands"]] == ["open", "repair"]
    assert shown["deadline"] == "2023-05-05T23:59:59Z"
    assert shown["appeals"] == {"planned": 3, "waiting": 0, "acted": 0, "exhausted": 0, "withdrawn": 0}
