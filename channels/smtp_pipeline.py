"""Bulk mail: many letters over a few kept connections of one event loop, pipelined where the server offers it.

| went wrong                          | answer                                                                   |
|-------------------------------------|--------------------------------------------------------------------------|
| the letter                          | Refused: too large, addresses with letters that the server cannot spell  |
| the server objected                 | by the table in `smtp_reply`                                             |
| lost or silent before the final dot | Delayed; but begun on a new connection, once, if the server took letters |
|                                     | before and said nothing about this one, or a mere 421                    |
| lost or silent after the final dot  | Unknown                                                                  |
| no connection                       | the other connections go on; if there are none, Delayed for a while      |
"""

import asyncio

from channels.smtp_address import SmtpAddress
from channels.smtp_desk import Desk, More, Put, Take
from channels.smtp_lane import Lane

TICKS = 10  # how many looks at the clock a silent server's time is divided into


async def run(where: SmtpAddress, connections: int, take: Take, put: Put, more: More | None = None) -> None:
    """Send the letters of a source over at most so many connections, and no more than the address allows.

    `take` gives the next letter if one is ready, else None. `more` is awaited then: True says that there may be letters
    again, False that there will be none; without `more`, None is the end. A letter is taken only when a connection is
    ready for it; a source does well to make some dozens at once all the same, because a processor that does one thing
    for a while does it faster.

    For each letter taken `put` is called exactly once, with the letter (or one with the same key, if it had to be
    wrapped up for the server) and its answer; also if the sending is cancelled, or `take` or `put` raises, which ends
    the sending and is raised.
    """
    desk = Desk(take, put, more)
    lanes = [Lane(where, desk) for _ in range(min(connections, where.connections))]
    watch = asyncio.create_task(_watch(where, lanes))
    works = [asyncio.create_task(lane.work()) for lane in lanes]
    try:
        await asyncio.gather(*works)
        while desk.has_returned:  # by a lane that failed when all others were about to end
            await lanes[0].work()
    finally:
        for task in (watch, *works):
            task.cancel()
        await asyncio.gather(watch, *works, return_exceptions=True)
        desk.close()


async def _watch(where: SmtpAddress, lanes: list[Lane]) -> None:
    """Break off what takes too long."""
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(min(where.timeout, where.total) / TICKS)
        for lane in lanes:
            if lane.connection is not None:
                lane.connection.check(loop.time())
