"""Files of one folder and nothing else, as the product's own server gives its style sheets: by WhiteNoise."""

import os

from whitenoise import WhiteNoise  # type: ignore[import-untyped]


def _nothing(environ, start):
    start("404 Not Found", [("Content-Length", "0")])
    return [b""]


application = WhiteNoise(_nothing, root=os.environ["BENCH_FILES"])
