"""Files in forms: read if they are small enough, and given back as they came."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from campaigns.outcome import NotRecordable
from outreach.sealed_file import SECRET_IS_GONE, NotKept, SealedFile, download, refuse_too_large


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a browser sent it."""

    content: bytes
    name: str


def file_of(request: HttpRequest, field: str) -> Upload | None:
    """The file in that field of the form, if any. Raises NotRecordable, before reading it, if it is too large."""
    sent = request.FILES.get(field)
    if sent is None:
        return None
    try:
        refuse_too_large(sent.size or 0)
    except NotKept as reason:
        raise NotRecordable(str(reason), field) from None
    return Upload(sent.read(), sent.name or "")


def given_back(file: SealedFile) -> HttpResponse:
    """The file as it came. 404 if the secret it was sealed with is gone."""
    content = file.opened()
    if content is None:
        raise Http404(SECRET_IS_GONE)
    return download(content, file.media_type, file.name)


def uuid_of(said: str) -> UUID | None:
    """What a field of a form names; None if it names nothing."""
    try:
        return UUID(said)
    except ValueError:
        return None
