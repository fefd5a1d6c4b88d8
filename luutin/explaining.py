"""`luutin try --explain`: pages of one site, from here and from the archive, and the rules proposed for them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from crawler.clock import utc_now
from crawler.proposals import Proposal, Sample, comments, reading_block
from crawler.readers import Readers, ReadingLimits
from crawler.rules import Rules
from crawler.sites import Site, rules_at, site_for_url
from crawler.urls import host_key, is_web_url, registrable_domain
from luutin.options import Setup
from luutin.output import print_json
from luutin.printing import console, escape
from luutin.trying import NotHadError, Wanted, had_page, rules_on
from storage.database import archive_url, file_of
from storage.errors import ConfigError
from storage.queries import Queries

MOST_ARCHIVED = 8  # pages of the archive; each is read some dozens of times
MOST_PAGES = 40
_SECONDS_A_PAGE = 60  # of CPU, for all its readings


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What `--explain` was asked: the pages, the site files, and the day whose rules hold."""

    wanted: Sequence[Wanted]
    sites: Mapping[str, Site]
    where: Setup
    day: date | None
    allow_private: bool


async def explain(asked: Asked, *, as_json: bool) -> int:
    """Print what is proposed; gives how many of the pages could not be had."""
    site = _site(asked)
    samples, missed = await _samples(asked)
    rules = rules_on(site, asked.day, utc_now()) if site else Rules()
    archived = list(islice(_archived(asked, site, rules, {sample.url for sample in samples}), MOST_ARCHIVED))
    samples += archived
    limits = ReadingLimits(cpu=_SECONDS_A_PAGE * (len(samples) + 1), wall=120.0 * (len(samples) + 1))
    with Readers(processes=1, limits=limits) as readers:
        proposal = await readers.propose(tuple(samples), rules)
    if as_json:
        print_json(proposal_fields(proposal, missed))
    else:
        console.print(escape_lines(proposal_text(proposal, len(archived), missed)), end="")
    return len(missed)


def escape_lines(text: str) -> str:
    """Text of several lines for a console."""
    return "\n".join(escape(line) for line in text.split("\n"))


def _site(asked: Asked) -> Site | None:
    """The site of all the pages; None where no site file is theirs."""
    if len(asked.wanted) > MOST_PAGES:
        raise ConfigError([f"--explain takes {MOST_PAGES} pages at most; got {len(asked.wanted)}"])
    urls = [page.url for page in asked.wanted if is_web_url(page.url)]
    domains = sorted({registrable_domain(url) for url in urls})
    if len(domains) > 1:
        raise ConfigError([f"--explain takes pages of one site; these are of {', '.join(domains)}"])
    return site_for_url(asked.sites, urls[0]) if urls else None


async def _samples(asked: Asked) -> tuple[list[Sample], list[tuple[str, str]]]:
    """The pages asked for, and those that could not be had with the reason."""
    samples, missed = [], []
    contact = asked.where.workspace.contact
    for wanted in asked.wanted:
        try:
            page = await had_page(wanted, asked.sites, contact, allow_private=asked.allow_private)
        except NotHadError as error:
            missed.append((wanted.name, str(error)))
        else:
            samples.append(Sample(name=wanted.name, body=page.body, url=page.url, content_type=page.content_type))
    return samples, missed


def _archived(asked: Asked, site: Site | None, rules: Rules, known: Collection[str]) -> Iterator[Sample]:
    """Other articles of the site in the archive, the newest first, of days on which the same rules were in force."""
    urls = [page.url for page in asked.wanted if is_web_url(page.url)]
    file = file_of(archive_url(asked.where.archive))
    if not urls or (file is not None and not file.exists()):
        return
    key = site.key if site else None
    with Queries(asked.where.archive) as queries:
        for page in queries.pages(key, "live"):
            if page.url in known or not page.versions or host_key(page.url) != host_key(urls[0]):
                continue
            raw = queries.raw(page.id, queries.versions(page.id)[-1].number)
            if site is None or rules_at(site, raw.at.astimezone(site.zone).date()) == rules:
                yield Sample(name=page.url, body=raw.body, url=raw.url, content_type=raw.content_type)


def proposal_text(proposal: Proposal, archived: int, missed: Sequence[tuple[str, str]]) -> str:
    """The proposal as a part of a site file: what is no rule is a comment."""
    count = f"{proposal.pages} page{'' if proposal.pages == 1 else 's'} read"
    head = [count + (f", {archived} of them from the archive" if archived else "")]
    head += [f"not had: {name}: {why}" for name, why in missed]
    if proposal.stale:
        head.append(f"the rule in force picks nothing on any page for: {', '.join(proposal.stale)}")
    if proposal.suggestions and proposal.given:
        head.append("in place of the [[reading]] of today; after a redesign keep that one above, with an `until`")
    if not proposal.suggestions and proposal.pages:
        head.append("no rule is proposed" if proposal.unmended else "no rule is needed: nothing looks weak")
    tail = [f"weak, and no selector mends it on all pages: {weak.key}: {weak.why}" for weak in proposal.unmended]
    return comments(head) + reading_block(proposal) + comments(tail)


def proposal_fields(proposal: Proposal, missed: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The proposal as `--json` prints it."""
    return {
        "pages": proposal.pages,
        "needed": bool(proposal.suggestions or proposal.unmended),
        "toml": reading_block(proposal),
        "suggestions": [
            {
                "key": one.key,
                "selector": one.selector,
                "why": one.weakness.why,
                "path": one.weakness.page,
                "holds": one.holds,
                "pages": one.pages,
                "before": one.before,
                "after": one.after,
                "words_gained": one.words_gained,
                "words_lost": one.words_lost,
            }
            for one in proposal.suggestions
        ],
        "unmended": [{"key": weak.key, "why": weak.why, "path": weak.page} for weak in proposal.unmended],
        "stale": list(proposal.stale),
        "not_had": [{"path": name, "why": why} for name, why in missed],
    }
