"""Who holds a lease: a name for this process, by which others can tell that it has died."""

import os
import socket
import uuid
from pathlib import Path

import psutil

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_PID_NAMESPACE = Path("/proc/self/ns/pid")
_START_FIELD = 22 - 3  # of /proc/PID/stat, counted after the command's name: proc_pid_stat(5)


def _machine() -> str:
    boot = _BOOT_ID.read_text().strip() if _BOOT_ID.exists() else str(int(psutil.boot_time()))
    return f"{socket.gethostname()}|{boot}"


def _namespace() -> str:
    """What tells containers apart that share a kernel and a host name; the numbers of their processes mean nothing
    to one another.
    """
    return str(_PID_NAMESPACE.stat().st_ino) if _PID_NAMESPACE.exists() else "0"


def _started(pid: int) -> str | None:
    """When a process started, in a form that setting the clock does not change where the kernel gives one; None when
    it has ended, waited for or not.
    """
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        stat = Path(f"/proc/{pid}/stat")
        if stat.exists():
            return stat.read_text(errors="replace").rpartition(")")[2].split()[_START_FIELD]
        return f"{process.create_time():.0f}"
    except (psutil.NoSuchProcess, FileNotFoundError, ProcessLookupError):
        return None


def new_owner() -> str:
    """A name for one crawl of this process: machine, boot, container, process and its start, and a part of its own."""
    pid = os.getpid()
    return f"{_machine()}|{_namespace()}|{pid}|{_started(pid)}|{uuid.uuid4().hex[:8]}"


def is_dead(owner: str) -> bool:
    """Whether the process behind a lease has certainly ended: it ran on this machine and is not there any more.

    Of other machines and containers nothing is known, so their leases have to run out.
    """
    host, boot, namespace, pid, started = (*owner.split("|"), "", "", "", "", "")[:5]
    here, _, this_boot = _machine().partition("|")
    if host != here or not pid.isdecimal():
        return False
    if boot != this_boot:
        return True
    return namespace == _namespace() and _started(int(pid)) != started
