"""Style sheets and scripts come packed to who can unpack them, and as ever to everybody else."""

from gzip import decompress

import pytest
from django.conf import settings

from config.headers import HEADERS
from outreach.public.packed import PackedFiles


def get(path: str, method: str = "GET", **environ: str) -> tuple[str, dict[str, str], bytes]:
    answered: list[tuple[str, dict[str, str]]] = []

    def behind(environ, start):
        start("418 Behind", [])
        return [b""]

    door = PackedFiles(behind, "/static/", settings.STATICFILES_DIRS, HEADERS)
    asked = {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_ACCEPT_ENCODING": "br, gzip", **environ}
    (body,) = door(asked, lambda status, headers: answered.append((status, dict(headers))))
    ((status, headers),) = answered
    return status[:3], headers, body


def test_a_style_sheet_is_packed_with_every_header_of_safety_and_asked_for_once():
    status, headers, body = get("/static/public.css")
    assert (status, headers["Content-Type"], headers["Content-Encoding"]) == ("200", "text/css; charset=utf-8", "gzip")
    assert decompress(body) == (settings.STATIC_FOLDERS[0] / "public.css").read_bytes()
    assert HEADERS.items() <= headers.items()
    assert headers["Vary"] == "Accept-Encoding"
    assert get("/static/public.css", HTTP_IF_NONE_MATCH=headers["ETag"])[0] == "304"


@pytest.mark.parametrize(
    ("path", "environ"),
    [
        ("/static/public.css", {"HTTP_ACCEPT_ENCODING": "identity"}),
        ("/static/public.css", {"method": "POST"}),
        ("/static/nothing.css", {}),
        ("/static/../../pyproject.toml", {}),
        ("/static/%2e%2e/kept.py", {}),
        ("/public.css", {}),
    ],
)
def test_everything_else_goes_the_ordinary_way(path, environ):
    assert get(path, **environ)[0] == "418"
