"""Who holds a lease: a name for this process, by which others can tell that it has died."""

import os
import socket
import uuid
from pathlib import Path

import psutil

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def _machine() -> str:
    boot = _BOOT_ID.read_text().strip() if _BOOT_ID.exists() else str(int(psutil.boot_time()))
    return f"{socket.gethostname()}|{boot}"


def new_owner() -> str:
    """A name for one crawl of this process: machine, boot, process and its start, and a part of its own."""
    pid = os.getpid()
    return f"{_machine()}|{pid}|{psutil.Process(pid).create_time():.2f}|{uuid.uuid4().hex[:8]}"


def is_dead(owner: str) -> bool:
    """Whether the process behind a lease has certainly ended: it ran on this machine and is not there any more.

    Of other machines nothing is known, so their leases have to run out.
    """
    host, _, rest = owner.partition("|")
    boot, _, rest = rest.partition("|")
    pid, _, rest = rest.partition("|")
    started, _, _ = rest.partition("|")
    here, _, this_boot = _machine().partition("|")
    if host != here or not pid.isdigit():
        return False
    if boot != this_boot:
        return True
    try:
        return f"{psutil.Process(int(pid)).create_time():.2f}" != started
    except psutil.NoSuchProcess:
        return True
