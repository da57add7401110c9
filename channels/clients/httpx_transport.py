"""A transport for `httpx` that speaks through our own timed lines, for client libraries that are built on it."""

import httpx

from channels.http_lines import HttpLines

PER_HOP = {"content-length", "transfer-encoding", "connection", "content-encoding"}


class WiredTransport(httpx.BaseTransport):
    """Raises what HttpLine raises; the time-outs are those of the lines."""

    def __init__(self, lines: HttpLines) -> None:
        self.lines = lines

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        headers = {**dict(request.headers), "accept-encoding": "identity"}
        headers.pop("content-length", None)
        reply = self.lines.ask(request.method, str(request.url), headers, request.read())
        kept = {name: value for name, value in reply.headers.items() if name not in PER_HOP}
        return httpx.Response(reply.status, headers=kept, content=reply.content)
