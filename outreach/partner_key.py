"""Files for a partner alone: sealed for the key in a certificate that the partner gave us (CMS, RFC 5652).

The partner makes a key and a certificate, and opens files, with what every system has:

    openssl req -x509 -newkey rsa:3072 -nodes -days 3650 -subj "/CN=Friends" -keyout friends.key -out friends.pem
    openssl cms -decrypt -inform DER -in people.p7m -inkey friends.key
"""

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7EnvelopeBuilder, PKCS7Options

SMALLEST = 2048  # bits


class NoKey(ValueError):
    """A certificate that nothing can be sealed for. The text says why."""


def enveloped(content: bytes, certificate: bytes) -> bytes:
    """`content` for the holder of the key (AES-256, its key under RSA), in DER. Raises NoKey."""
    envelope = PKCS7EnvelopeBuilder().set_data(content).set_content_encryption_algorithm(AES256)
    return envelope.add_recipient(_certificate(certificate)).encrypt(Encoding.DER, [PKCS7Options.Binary])


def fingerprint_of(certificate: bytes) -> str:
    """SHA-256 of the certificate, in hexadecimal. Raises NoKey."""
    return _certificate(certificate).fingerprint(SHA256()).hex()


def _certificate(pem: bytes) -> x509.Certificate:
    try:
        found = x509.load_pem_x509_certificate(pem)
        key = found.public_key()
    except ValueError as problem:
        raise NoKey("This is no certificate in PEM, which begins with -----BEGIN CERTIFICATE-----") from problem
    if not isinstance(key, RSAPublicKey) or key.key_size < SMALLEST:
        raise NoKey(f"The certificate needs an RSA key of {SMALLEST} bits or more")
    return found
