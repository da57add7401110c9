import hashlib
import json
import uuid
from functools import cached_property

from django.db import models

from campaigns.supporter import Supporter
from campaigns.wave import Wave
from campaigns.wording import Wording
from campaigns.words.context import Links
from campaigns.words.link import Link
from campaigns.words.stencil import Stencil
from campaigns.words.wording import Rendered
from outreach.links import unsubscribing


class Sheet(models.Model):
    """The words of a letter that many supporters got, kept once; each of them read it with their own name and links."""

    id = models.BigAutoField(primary_key=True)
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="sheets", db_index=False)
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="+", db_index=False)
    language = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)
    content = models.JSONField(help_text="What fills it in: campaigns.words.stencil")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wave", "wording", "digest"], name="each_sheet_once")]

    def __str__(self) -> str:
        return f"sheet of {self.wave_id} in {self.language}"

    @cached_property
    def stencil(self) -> Stencil:
        return Stencil.kept(self.content)

    def words_for(self, supporter: Supporter) -> Rendered:
        """What this supporter got, word for word, under the name they have now."""
        filled = self.stencil.fill(supporter.name, Links(unsubscribe=Link(unsubscribing().link(supporter.pk))))
        return self.stencil.whole(filled) if filled else Rendered("", "", "")


def keep(stencil: Stencil, wave: uuid.UUID, wording: Wording) -> int:
    """The number of the sheet with these words; written down if they are new."""
    content = stencil.to_keep()
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    known = {"language": wording.language, "content": content}
    sheet, _ = Sheet.objects.get_or_create(wave_id=wave, wording=wording, digest=digest, defaults=known)
    return int(sheet.pk)
