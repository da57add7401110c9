"""Who waits for whom in PostgreSQL, looked at while something else is measured."""

import threading
from typing import Self


class Waits:
    """While it is entered it looks, again and again, how many statements about `table` wait for a lock on a row.

    `most`: how many there were at once.
    """

    def __init__(self, table: str) -> None:
        self.table, self.most = table, 0

    def __enter__(self) -> Self:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        from django.db import connection

        while not self._over.wait(0.05):
            with connection.cursor() as cursor:
                cursor.execute(WAITING, [f"%{self.table}%"])
                self.most = max(self.most, cursor.fetchone()[0])
        connection.close()


WAITING = """
SELECT count(*) FROM pg_stat_activity
 WHERE wait_event_type = 'Lock' AND wait_event IN ('tuple', 'transactionid')
   AND query LIKE %s AND pid <> pg_backend_pid()
"""
