"""The table of bench/edits.py: false alarms on noise, edits found and named rightly, and the same for others."""

from collections.abc import Iterable, Sequence
from statistics import median

from rich.table import Table

from bench.judging import Verdict
from bench.mutating.kinds import EDITS, NOISES


def table(verdicts: Sequence[Verdict], *, pages: int) -> Table:
    """False alarms for each kind of noise; then each kind of edit, alone and in the midst of noise."""
    peers = list(dict.fromkeys(name for verdict in verdicts for name in verdict.peers))
    drawn = Table(title=f"Edits and noise, {pages} pages, {len(verdicts)} stories", box=None)
    drawn.add_column("", no_wrap=True)
    for heading in ("n", "flagged", "found", "right", "extra", "ms", *peers):
        drawn.add_column(heading, justify="right", no_wrap=True)
    noise = [verdict for verdict in verdicts if not verdict.edit]
    drawn.add_row("[bold]noise alone: false alarms[/]")
    for kind in (*NOISES, ""):
        of_kind = [verdict for verdict in noise if kind in {verdict.kind, ""}]
        if of_kind:
            drawn.add_row(f"  {kind or 'any'}", *_noise_row(of_kind, peers))
    for noisy, heading in ((False, "edits alone"), (True, "edits in the midst of noise")):
        edits = [verdict for verdict in verdicts if verdict.edit and verdict.noisy == noisy]
        if edits:
            drawn.add_row(f"[bold]{heading}[/]")
        for kind in (*EDITS, ""):
            of_kind = [verdict for verdict in edits if kind in {verdict.kind, ""}]
            if of_kind:
                drawn.add_row(f"  {kind or 'any'}", *_edit_row(of_kind, peers))
    return drawn


def _noise_row(verdicts: Sequence[Verdict], peers: Sequence[str]) -> list[str]:
    alarms = sum(verdict.alarm for verdict in verdicts)
    return [str(len(verdicts)), str(alarms), "", "", "", _time(verdicts), *_peers(verdicts, peers)]


def _edit_row(verdicts: Sequence[Verdict], peers: Sequence[str]) -> list[str]:
    return [
        str(len(verdicts)),
        "",
        _share(verdict.found for verdict in verdicts),
        _share(verdict.right for verdict in verdicts if verdict.found),
        str(sum(bool(verdict.extra) for verdict in verdicts)),
        _time(verdicts),
        *_peers(verdicts, peers),
    ]


def _peers(verdicts: Sequence[Verdict], peers: Sequence[str]) -> list[str]:
    return [_share(verdict.peers[peer] for verdict in verdicts if peer in verdict.peers) for peer in peers]


def _share(flags: Iterable[bool]) -> str:
    """In percent; never rounded to 100 where one is missing, nor to 0 where there is one."""
    known = list(flags)
    if not known:
        return ""
    share = 100 * sum(known) / len(known)
    return f"{min(share, 99.9) if sum(known) < len(known) else share:.1f} %"


def _time(verdicts: Sequence[Verdict]) -> str:
    return f"{1000 * median(verdict.seconds for verdict in verdicts):.0f}"
