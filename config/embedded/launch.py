"""Run as a script between us and a child: tie its life to ours, give up root if asked, then become it.

`python -I -S launch.py WAY SIGNAL PARENT COMMAND...`. WAY is a `Way`; SIGNAL reaches the child when PARENT ends
(Linux only; elsewhere the next start reaps). Standard library only, so that it starts in milliseconds.
"""

import ctypes
import os
import sys

NOBODY = 65534
PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000


def main(way: str, signal: str, parent: str, *command: str) -> None:
    """Never returns: the process becomes COMMAND, or ends with 1."""
    give_up_root(way)
    die_with(int(parent), int(signal))  # after the credentials: changing them makes the kernel forget it
    os.execv(command[0], command)


def give_up_root(way: str) -> None:
    """Postgres refuses to run as root: take another user id, inside a user namespace or outright."""
    if way == "userns":
        enter_user_namespace()
    elif way == "setuid":
        os.chdir("/")
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def enter_user_namespace() -> None:
    """Nobody in here is root out there: no file needs another owner."""
    user, group = os.geteuid(), os.getegid()
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER):
        sys.exit("the kernel refuses a user namespace")
    for name, text in (("setgroups", "deny"), ("uid_map", f"{NOBODY} {user} 1"), ("gid_map", f"{NOBODY} {group} 1")):
        with open(f"/proc/self/{name}", "w") as file:
            file.write(text)


def die_with(parent: int, signal: int) -> None:
    """Ask the kernel for SIGNAL at PARENT's end, and leave at once if that has already come."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("the parent has ended")


if __name__ == "__main__":
    main(*sys.argv[1:])
