"""The sink as a process, with a small HTTP port to look at it and to tell it what to do.

GET /messages: a JSON list; GET /messages/1: one letter, raw; GET /duplicates: a JSON object;
POST /rules: a JSON object with the fields of `Rule`; DELETE /rules: back to taking everything.
"""

import argparse
import json
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from channels.fakes.smtp_sink import SmtpSink


def main(arguments: list[str] | None = None) -> None:
    """Run until interrupted or terminated."""
    parser = argparse.ArgumentParser(
        prog="smtp_sink", description="A mail server that keeps letters and sends none on."
    )
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine alone)")
    parser.add_argument("--port", type=int, default=2525, help="SMTP port, 0 for any free one")
    parser.add_argument("--folder", type=Path, help="write every letter here as .eml with a .json beside it")
    parser.add_argument("--no-pipelining", action="store_true", help="do not offer PIPELINING, and insist on it")
    parser.add_argument("--http", type=int, help="port of the JSON pages, 0 for any free one")
    chosen = parser.parse_args(arguments)
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with SmtpSink(chosen.host, chosen.port, folder=chosen.folder, pipelining=not chosen.no_pipelining) as sink:
        print(f"keeping letters at {sink.address}", flush=True)
        if chosen.http is not None:
            pages = serve_pages(sink, chosen.http)
            print(f"listing them at http://{sink.host}:{pages.server_port}/messages", flush=True)
        stopped.wait()


def serve_pages(sink: SmtpSink, port: int) -> ThreadingHTTPServer:
    """Serve the JSON pages in a thread; `shutdown()` ends them."""
    server = ThreadingHTTPServer((sink.host, port), type("SinkPages", (Pages,), {"sink": sink}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class Pages(BaseHTTPRequestHandler):
    """The pages described above."""

    sink: SmtpSink

    def do_GET(self) -> None:
        match self.path.strip("/").split("/"):
            case ["messages"]:
                self._tell([message.summary() for message in self.sink.messages])
            case ["messages", number]:
                found = [message.raw for message in self.sink.messages if str(message.number) == number]
                self._say(200, "message/rfc822", found[0]) if found else self._tell({"error": "No such letter"}, 404)
            case ["duplicates"]:
                self._tell(self.sink.duplicates)
            case _:
                self._tell({"error": "There are /messages, /messages/1, /duplicates and /rules"}, 404)

    def do_POST(self) -> None:
        try:
            self.sink.answer(**json.loads(self.rfile.read(int(self.headers["Content-Length"] or 0))))
        except (ValueError, TypeError) as problem:
            self._tell({"error": str(problem)}, 400)
        else:
            self._tell({"rules": len(self.sink.rules)}, 201)

    def do_DELETE(self) -> None:
        self.sink.forgive()
        self._tell({"rules": 0})

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing: paths are of no interest, and errors are answered."""

    def _tell(self, value: Any, status: int = 200) -> None:
        self._say(status, "application/json", json.dumps(value, ensure_ascii=False).encode())

    def _say(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
