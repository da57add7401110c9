import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from typer.testing import CliRunner

from outreach.cli import app


def dkim(*options: str):
    return CliRunner().invoke(app, ["dkim", *options])


def test_the_record_for_the_dns_is_printed_and_no_key(settings, monkeypatch):
    key = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    for name, value in {"SELECTOR": "spring", "DOMAIN": "artsakh.example", "KEY": key}.items():
        monkeypatch.setenv(f"OUTREACH_DKIM_{name}", value)
    settings.CHANNELS = {"email": "smtp://mail.example"}
    printed, told = dkim(), json.loads(dkim("--json").output)
    assert printed.output.startswith('spring._domainkey.artsakh.example. IN TXT ( "v=DKIM1; k=ed25519; p=')
    assert told == [{"name": "spring._domainkey.artsakh.example", "type": "TXT", "text": told[0]["text"]}]
    assert told[0]["text"] in printed.output
    assert key.splitlines()[1] not in printed.output


def test_where_nothing_is_signed_it_says_what_to_set(settings):
    settings.CHANNELS = {"email": None}
    assert "set OUTREACH_EMAIL=smtp://" in dkim().stderr
    settings.CHANNELS = {"email": "smtp://mail.example"}
    assert "give a key in OUTREACH_DKIM_KEY" in dkim().stderr
    settings.CHANNELS = {"email": "smtp://mail.example?dkim=spring"}
    assert "needs three parts" in dkim().stderr
    assert dkim().exit_code == 2
