"""Verifies an archive with a progress bar and prints what is found: what `verify`, `backup` and `restore` share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from luutin.output import fault_fields, print_json
from luutin.printing import console, escape, is_terminal, notices
from storage.errors import DamagedArchiveError
from storage.stamps import tokens
from storage.stamps.terms import INSTALL
from storage.verifying.faults import Fault
from storage.verifying.whole import Verification, Verifier


def verified(archive: str, certificates: bytes = b"", *, as_json: bool, heads: bool = True) -> bool:
    """Verify an archive and print its faults, or else with `heads` those of its chains; False where it has faults.

    Time stamps have to be signed under the root certificates, where there are any. One that the database cannot read is
    no error but what was found.
    """
    try:
        with Verifier(archive, certificates) as verifier:
            return sound(verifier, as_json=as_json, heads=heads)
    except DamagedArchiveError as error:
        _tell(Fault(what="database", text=str(error)), as_json=as_json)
        return False


def sound(verifier: Verifier | Verification, *, as_json: bool = False, heads: bool = False) -> bool:
    """As `verified`, of what is open already."""
    count = checked = 0
    total = _had(verifier.total)
    with bar("verifying", quiet=as_json) as move:

        def step(rows: int) -> None:
            nonlocal checked
            checked += rows
            move(advance=rows, total=total)

        for fault in verifier.faults(step):
            count += 1
            _tell(fault, as_json=as_json)
    if heads and not count:
        _print_heads(verifier, as_json=as_json)
    if not as_json:
        notices.print(f"{checked:,} rows checked, {_counted(count)}")
    if heads and (stamps := _had(verifier.stamps)):
        _tell_of_stamps(stamps, verifier, faults=count, as_json=as_json)
    return count == 0


def _had(count: Callable[[], int]) -> int | None:
    """How many rows there are; None where they cannot be counted, which is found as a fault besides."""
    try:
        return count()
    except DamagedArchiveError:
        return None


def _tell(fault: Fault, *, as_json: bool) -> None:
    if as_json:
        print_json(fault_fields(fault))
    else:
        console.print(fault_line(fault))


def _tell_of_stamps(count: int, verifier: Verifier | Verification, *, faults: int, as_json: bool) -> None:
    """Say of time stamps whether they were checked: of none, nothing is said."""
    if as_json and not faults:
        print_json({"stamps": count, "signatures_checked": verifier.checks_signatures})
    if as_json or (faults and verifier.checks_signatures):
        return
    what = f"{count:,} time stamp{'' if count == 1 else 's'}"
    if verifier.checks_signatures:
        notices.print(f"the signatures of {what} hold")
    elif tokens.is_installed():
        notices.print(f"the signatures of {what} were not checked: no root certificates are named")
    else:
        notices.print(f"times and signatures of {what} were not checked; add what that needs: {INSTALL}", markup=False)


def _print_heads(verifier: Verifier | Verification, *, as_json: bool) -> None:
    for key, (seq, digest) in verifier.heads().items():
        if as_json:
            print_json({"site": key, "entries": seq, "head": digest})
        else:
            console.print(f"{escape(key)} {seq} {digest}")


@contextmanager
def bar(what: str, *, quiet: bool = False) -> Iterator[Callable[..., None]]:
    """A bar on a terminal; gives what moves it: `total`, and `advance` or `completed`, as Rich takes them."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=notices, transient=True, disable=quiet or not is_terminal()) as progress:
        task = progress.add_task(what, total=None)
        yield partial(progress.update, task)


def fault_line(fault: Fault) -> str:
    """What is wrong, and where, for a person."""
    number = "" if fault.number is None else f" {fault.number}"
    places = [
        escape(fault.url),
        "" if fault.visit is None else f"visit {fault.visit}",
        "" if fault.seq is None else f"entry {fault.seq} of {escape(fault.site) or 'the archive'}",
    ]
    where = ", ".join(place for place in places if place)
    text = escape(fault.text.removeprefix(f"{fault.what}{number} "))
    return f"[red]{fault.what}{number}[/] {text}{f'  [dim]({where})[/]' if where else ''}"


def _counted(faults: int) -> str:
    return "no fault" if not faults else f"{faults:,} fault{'' if faults == 1 else 's'}"
