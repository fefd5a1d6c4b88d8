"""The command that lists edits."""

from typing import Annotated

import typer

from crawler.clock import utc_now
from luutin.edit_lines import edit_lines
from luutin.filters import check_site, parse_since
from luutin.options import ArchiveOption, JsonOption, SeedsOption, SiteOption, one_of, setup
from luutin.output import edit_fields, print_json
from luutin.printing import console, is_terminal, notices
from storage.changes import ChangeKind, EditStatus, Significance
from storage.errors import ConfigError
from storage.queries import Queries


def edits(  # noqa: PLR0913, PLR0917 - Typer makes an option of each argument
    site: SiteOption = None,
    since: Annotated[
        str | None, typer.Option(help="Only edits seen since a time (2026-03-01T08:00) or age (7d).")
    ] = None,
    kind: Annotated[
        list[ChangeKind] | None,
        typer.Option(
            metavar="KIND", help=f"Only edits with a change of this kind, {one_of(ChangeKind)}; may be given again."
        ),
    ] = None,
    min_significance: Annotated[
        Significance,
        typer.Option(
            "--min-significance",
            metavar="LEVEL",
            help=f"Only edits that matter at least so much: {one_of(Significance)}.",
        ),
    ] = Significance.COSMETIC,
    pending: Annotated[bool, typer.Option("--pending", help="Only edits that wait to be seen a second time.")] = False,
    withdrawn: Annotated[
        bool, typer.Option("--withdrawn", help="Only those that a better reading has shown to be none.")
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many, those that were seen last.")] = None,
    as_json: JsonOption = False,
    archive: ArchiveOption = "",
    seeds: SeedsOption = None,
) -> None:
    """List the edits that were noticed, the earliest first.

    Example: luutin edits --since 7d --min-significance substantive
    """
    where = setup(archive, seeds)
    now = utc_now()
    from_time = parse_since(since, now) if since is not None else None
    if pending and withdrawn:
        raise ConfigError(["--pending and --withdrawn: no edit is both"])
    status = EditStatus.PENDING if pending else EditStatus.WITHDRAWN if withdrawn else None
    count = 0
    with Queries(where.archive) as queries:
        check_site(site, queries, where.seeds)
        found = queries.edits(
            site=site,
            since=from_time,
            kinds=kind or (),
            min_significance=min_significance,
            status=status,
            newest=limit,
        )
        for edit in found:
            count += 1
            if as_json:
                print_json(edit_fields(edit))
            else:
                console.print(edit_lines(edit))
    if not count and not as_json:
        filtered = site or since or kind or status or min_significance is not Significance.COSMETIC
        notices.print("no such edits" if filtered else "no edits were noticed yet")
    elif is_terminal() and not as_json:
        notices.print(f"[dim]{count} edit{'' if count == 1 else 's'}[/]")
