from config.doctor import wrong_wires


def test_a_wire_that_cannot_work_is_told_before_the_first_message(settings):
    settings.CHANNELS = {
        "email": "smtp://mail.example?dkim=spring:artsakh.example:/no/such/key",
        "x": "telegraph://x.example",
        "bluesky": None,
    }
    dkim, unknown = wrong_wires()
    assert dkim == "OUTREACH_EMAIL: The DKIM key cannot be read from the file that was named: No such file or directory"
    assert unknown.startswith("OUTREACH_X: No wire has an address that begins with telegraph:")
