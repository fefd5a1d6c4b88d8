"""The command that has the chains stamped: stamp."""

import typer

from crawler.clock import utc_now
from crawler.fetching.timestamps import ask
from luutin.authorities import needed_authority
from luutin.options import ArchiveOption, JsonOption, SeedsOption, setup
from luutin.output import print_json
from luutin.printing import console, escape, notices
from schedules.stamping import Stamped, stamp
from storage.archive import Archive
from storage.queries import Queries
from storage.stamps.terms import Authority, StampError


def stamp_chains(as_json: JsonOption = False, archive: ArchiveOption = "", seeds: SeedsOption = None) -> None:
    """Have an authority state that all that is in the archive was there at this time.

    It gets one SHA-256 of the heads of all chains, and nothing else. Its address stands in luutin.toml, under
    timestamps. Nothing is done where they are stamped already. Exit status 1 where there is no stamp. What it proves:
    docs/evidence.md. Example: luutin stamp
    """
    where = setup(archive, seeds)
    authority = needed_authority(where)
    with (
        Queries(where.archive) as queries,
        Archive(where.archive, next_due=lambda _site, _history, _now: None) as writer,
    ):
        try:
            done = stamp(writer, queries, authority, ask=ask, clock=utc_now)
        except StampError as error:
            notices.print(
                f"[red]no time stamp from {escape(authority.url)}: {escape(str(error))}[/]; nothing was stored"
            )
            raise typer.Exit(1) from error
    _tell(done, authority, as_json=as_json)


def _tell(done: Stamped, authority: Authority, *, as_json: bool) -> None:
    if as_json:
        stated = done.stated
        told = {"time": stated.time.isoformat() if stated else None, "signer": stated.signer if stated else None}
        print_json({"url": authority.url, "chains": done.chains, **told, "checked": bool(authority.certificates)})
        return
    if done.stated is None:
        notices.print("the heads of all chains are stamped already")
        return
    chains = f"{done.chains} chain{'' if done.chains == 1 else 's'}"
    console.print(f"{done.stated.time.isoformat()} {chains} {escape(done.stated.signer or authority.url)}")
    if not authority.certificates:
        notices.print("its signature was not checked: luutin.toml: timestamps.certificates names no root certificates")
