"""What it means that a mail server was not there, or went away.

| went wrong                              | answer                                                         |
|-----------------------------------------|----------------------------------------------------------------|
| connecting, TLS, signing in             | Delayed, and so is the rest of the batch                       |
| lost or silent before the final dot     | Delayed                                                        |
| lost or silent after the final dot      | Unknown                                                        |
"""

import smtplib
import ssl
from datetime import timedelta

from channels.answer import Delayed, Unknown
from channels.smtp_address import SmtpAddress
from channels.smtp_reply import LATER, Reply
from channels.wire import Unavailable

SOON = timedelta(minutes=1)
AFTER_A_PERSON_LOOKED = timedelta(minutes=15)

BROKEN = (OSError, smtplib.SMTPException)
"""What a connection raises when it cannot go on; it must be closed then."""


def unavailable(where: SmtpAddress, failure: Exception) -> Unavailable:
    """Why there is no connection, in a sentence for whoever has to see to it."""
    match failure:
        case smtplib.SMTPAuthenticationError():
            said = _said(failure)
            return Unavailable(f"{where} does not accept the user name and password: {said}", AFTER_A_PERSON_LOOKED)
        case smtplib.SMTPResponseException():
            said = _said(failure)
            return Unavailable(f"{where} does not want to talk: {said}", said.wait or LATER)
        case ssl.SSLError():
            return Unavailable(f"No safe connection to {where}: {failure}", LATER)
        case _:
            return Unavailable(f"No connection to {where}: {failure}", SOON)


def lost_before(where: SmtpAddress, loss: object) -> Delayed:
    """The final dot was never sent, so nobody can have the letter."""
    return Delayed(f"{where} was lost before it had the letter: {loss}", SOON)


def lost_after(where: SmtpAddress, loss: object) -> Unknown:
    """The final dot was sent, or may have been."""
    return Unknown(f"{where} had the whole letter and was lost before it answered: {loss}")


def _said(failure: smtplib.SMTPResponseException) -> Reply:
    text = failure.smtp_error
    return Reply(failure.smtp_code, text.decode("utf-8", "replace") if isinstance(text, bytes) else text)
