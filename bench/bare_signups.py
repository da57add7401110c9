"""The least that a server can do with a form: keep it, in one INSERT over a pool of connections, and say so."""

import os
import uuid
from datetime import UTC, datetime
from typing import Any

from psycopg_pool import AsyncConnectionPool

TABLE = "CREATE TABLE bare (id uuid PRIMARY KEY, content bytea NOT NULL, received_at timestamptz NOT NULL)"
KEEP = "INSERT INTO bare (id, content, received_at) VALUES (%s, %s, %s)"
SIZE = 4  # connections of a process
_pool: AsyncConnectionPool | None = None


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Any POST is kept; anything else is only answered."""
    if scope["type"] != "http":
        return
    if scope["method"] == "POST":
        message = await receive()
        async with (await pool()).connection() as connection:
            await connection.execute(KEEP, (uuid.uuid4(), message["body"], datetime.now(UTC)))
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


async def pool() -> AsyncConnectionPool:
    """The connections of this process, opened with the first form."""
    global _pool
    if _pool is None:
        _pool = AsyncConnectionPool(
            os.environ["DATABASE_URL"], min_size=SIZE, max_size=SIZE, open=False, kwargs={"autocommit": True}
        )
        await _pool.open(wait=True)
    return _pool
