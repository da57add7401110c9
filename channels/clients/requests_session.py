"""A `requests.Session` that speaks through our own timed lines, for client libraries that are built on it."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from requests import PreparedRequest, Response, Session
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from channels.http_lines import HttpLines


class WiredAdapter(BaseAdapter):
    """`base`: where requests are sent instead of the host they name (which stays in their Host header), if given.

    Raises what HttpLine raises; the time-outs are those of the lines.
    """

    def __init__(self, lines: HttpLines, base: str = "") -> None:
        super().__init__()
        self.lines, self.base = lines, base

    def send(
        self,
        request: PreparedRequest,
        stream: bool = False,
        timeout: object = None,
        verify: object = True,
        cert: object = None,
        proxies: Mapping[str, str] | None = None,
    ) -> Response:
        url, body = str(request.url), request.body or b""
        parts = urlsplit(url)
        headers = {**request.headers, "Host": parts.netloc, "Accept-Encoding": "identity"}
        rest = url[len(f"{parts.scheme}://{parts.netloc}") :]
        reply = self.lines.ask(
            str(request.method),
            (self.base or f"{parts.scheme}://{parts.netloc}") + rest,
            {name: _text(value) for name, value in headers.items()},
            body.encode() if isinstance(body, str) else bytes(body),
        )
        response = Response()
        response.status_code, response.reason, response.url = reply.status, reply.reason, url
        response.headers = CaseInsensitiveDict(reply.headers.items())
        response.encoding = "utf-8"
        response.request = request
        response._content = reply.content
        return response

    def close(self) -> None:
        self.lines.close()


def wired_session(lines: HttpLines, base: str = "") -> Session:
    """A session all of whose requests go over these lines; it reads no settings of the machine's, follows nothing."""
    session = Session()
    session.trust_env = False
    session.max_redirects = 0
    session.mount("https://", WiredAdapter(lines, base))
    session.mount("http://", WiredAdapter(lines, base))
    return session


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
