"""A mail server that says what it was told to, whatever is said to it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def scripted(*lines: bytes | float) -> Iterator[str]:
    """Takes one connection, says each line as soon as it has heard something, rests for each number of seconds.

    Whoever comes later is sent away at once. Its address.
    """
    listener = socket.create_server(("127.0.0.1", 0))

    def talk() -> None:
        connection, _ = listener.accept()
        listener.close()
        with connection, suppress(OSError):
            for line in lines:
                if isinstance(line, float):
                    time.sleep(line)
                else:
                    connection.sendall(line)
                    connection.settimeout(0.2)
                    with suppress(TimeoutError):
                        connection.recv(65536)

    thread = threading.Thread(target=talk, daemon=True)
    thread.start()
    yield f"smtp://127.0.0.1:{listener.getsockname()[1]}"
    listener.close()
    thread.join(10)
