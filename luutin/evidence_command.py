"""The command that packs the evidence for an edit: evidence."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from crawler.clock import utc_now
from crawler.sitefiles import load_site
from luutin.authorities import certificates_of
from luutin.diffing import heading_of
from luutin.evidence.packing import Material, pack
from luutin.options import ArchiveOption, SeedsOption, setup
from luutin.printing import escape, notices
from luutin.verifying import fault_line
from storage.articles import from_bytes
from storage.changes import SiteWeights
from storage.comparison.comparing import compare
from storage.errors import ArchiveError, ConfigError
from storage.queries import Queries
from storage.rows import HistoryRow
from storage.verifying.proof import Proof, Prover

_CANNOT = (LookupError, TypeError, ValueError)  # what reading damaged rows leads to


def evidence(
    edit: Annotated[int, typer.Argument(metavar="EDIT", help="Number of an edit.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Where to; there must be nothing yet.")
    ],
    damaged: Annotated[
        bool, typer.Option("--damaged", help="Pack what does not fit the hash chain, too, after naming it.")
    ] = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """Pack the evidence for an edit into a file that anybody can check.

    Both captures, the visits between, the hash chain, time stamps of it, the difference, and a README of what it proves
    and what it does not. `luutin verify FILE` checks it on any machine. All of it is checked against the chain first:
    where there are faults nothing is packed; exit status 1. Example: luutin evidence 12 -o edit-12.zip
    """
    if str(output) == "-":
        raise ConfigError(["-o -: evidence is a zip file, and is not written to standard output"])
    where = setup(archive, seeds)
    certificates = certificates_of(where)
    with Prover(where.archive) as prover, Queries(where.archive) as queries:
        faults = prover.faults(edit, certificates)
        for fault in faults:
            notices.print(fault_line(fault))
        if faults and not damaged:
            notices.print("nothing was packed, as whoever verifies it would find this; --damaged packs it all the same")
            raise typer.Exit(1)
        try:
            proof = prover.proof(edit)
            material = replace(_material(queries, proof, edit, where.seeds), certificates=certificates)
            pack(output, prover, proof, material, utc_now())
        except (ArchiveError, *_CANNOT) as error:
            if not faults:
                raise
            why = f" ({escape(str(error))})" if isinstance(error, ArchiveError) else ""
            notices.print(f"nothing was packed, as what is damaged cannot be{why}")
            raise typer.Exit(1) from error
    notices.print(f"made {escape(str(output))}; check it with: luutin verify {escape(str(output))}")
    if faults:
        raise typer.Exit(1)


def _material(queries: Queries, proof: Proof, number: int, seeds: Path) -> Material:
    row = queries.edit(number)
    page_id = proof.rows["edit"][0]["page_id"]
    versions = {version.number: version for version in queries.versions(page_id)}
    visits = queries.history(page_id)
    site = load_site(seeds, row.site)
    weights = site.significance.weights() if site else SiteWeights()
    older, newer = versions[row.from_version], versions[row.to_version]
    old, new = (from_bytes(text) for text in proof.texts)
    return Material(
        edit=row,
        visits=_between(visits, proof),
        captures=(queries.capture(proof.captures[0]), queries.capture(proof.captures[1])),
        heading=heading_of(row.url, older, newer, visits),
        comparison=compare(old, new, weights=weights, seen=(older.at, newer.at)),
    )


def _between(visits: list[HistoryRow], proof: Proof) -> tuple[HistoryRow, ...]:
    """The visits from the one capture to the other, both included."""
    places = [place for place, row in enumerate(visits) if row.capture_id in proof.captures]
    return tuple(visits[min(places) : max(places) + 1])
