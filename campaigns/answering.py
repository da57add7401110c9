import unicodedata
from dataclasses import dataclass
from hashlib import blake2b
from hmac import compare_digest
from uuid import UUID

from campaigns.own_links import OwnLinks

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O and U, which are read as 1, 1, 0 and V
LETTERS = 8  # of five bits each
ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
PASSCODE = b"passcode"


@dataclass(frozen=True)
class Answering(OwnLinks):
    """The link in a letter by which an addressee's office answers, and the passcode that stands beside it.

    Both are the appeal's, not the letter's: every letter of a campaign to an office has the same. The link shows only
    what is public; the passcode shows that whoever answers has the letter before them. Neither is kept anywhere.
    """

    purpose: str = "answer"

    def appeal(self, token: str) -> UUID | None:
        """Whose token it is; None if it was not made here."""
        return self.supporter(token)

    def passcode(self, appeal: UUID) -> str:
        """Eight letters and digits that are hard to confuse, as in «7K3M-Q9TX»."""
        said = _passcode(appeal, self._keys[0])
        return f"{said[: LETTERS // 2]}-{said[LETTERS // 2 :]}"

    def is_passcode(self, appeal: UUID, said: str) -> bool:
        """However it is written: small letters, spaces, an O for a 0. A wrong one takes as long as the right one."""
        plain = unicodedata.normalize("NFKC", said).upper().translate(ALIKE)
        typed = "".join(letter for letter in plain if letter.isalnum()).encode()
        fits = [compare_digest(typed, _passcode(appeal, key).encode()) for key in self._keys]
        return any(fits)


def _passcode(appeal: UUID, key: bytes) -> str:
    number = int.from_bytes(blake2b(appeal.bytes, digest_size=5, key=key, person=PASSCODE).digest())
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LETTERS))
