from campaigns.hold import Hold
from outreach.delivery import Delivery
from tests.outreach.api.asking import get
from tests.small_campaign import FRIDAY


def test_the_queue_counts_what_has_not_been_sent_by_cause(api, bridge):
    Delivery.objects.filter(addressee__key="ann").update(state="due")
    Delivery.objects.filter(addressee__key="bob").update(state="refused", reason="550 no such mailbox")
    Hold.objects.place(campaign=bridge, reason="talks", author="Mia", now=FRIDAY)
    letter = Delivery.objects.get(addressee__key="ann")
    queue = get(api, "/campaigns/bridge/queue")
    assert queue == {
        "number": 1,
        "waiting": [
            {
                "kind": "held",
                "why": "The campaign is on hold: talks; placed by Mia until somebody lifts it.",
                "channel": "email",
                "number": 1,
                "first_due_at": "2023-04-28T10:00:00Z",
                "last_due_at": "2023-04-28T10:00:00Z",
                "examples": [str(letter.pk)],
            }
        ],
        "ended": [queue["ended"][0] | {"kind": "refused", "why": "550 no such mailbox.", "number": 1}],
        "others": 0,
    }
    assert get(api, f"/deliveries/{letter.pk}")["why"] == queue["waiting"][0]["why"]


def test_a_delivery_that_was_sent_needs_no_reason(api, bridge):
    sent = Delivery.objects.get(addressee__key="ann")
    assert get(api, f"/deliveries/{sent.pk}")["why"] == ""
