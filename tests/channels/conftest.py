import subprocess

import pytest


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A certificate of our own for 127.0.0.1; its key in the same file."""
    folder = tmp_path_factory.mktemp("tls")
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "1", "-nodes"]
    parts = ["-keyout", str(folder / "key"), "-out", str(folder / "crt")]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", *subject, *parts],
        check=True,
        capture_output=True,
    )
    (folder / "both").write_bytes((folder / "crt").read_bytes() + (folder / "key").read_bytes())
    return folder / "both"
