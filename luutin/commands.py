"""The commands: where each is found, and what the list of them says of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A command: the module and the name of its function, or of its own Typer application, its help panel and line."""

    module: str
    name: str
    panel: str
    help: str

    @property
    def works(self) -> bool:
        """Whether it checks or does something: it is not done where nobody reads on, as a list is.

        What an export prints is a list.
        """
        works = self.panel in {"Fetch", "Keep"} or self.name in {"demo", "reread", "replay_cases"}
        return works and self.name != "export"


_LIST, _PAGE, _CRAWL = "luutin.reading_commands", "luutin.page_commands", "luutin.crawling_commands"
_SITE, _SEED = "luutin.site_commands", "luutin.seed_commands"
COMMANDS = {
    "init": Entry(
        module=_SITE,
        name="init",
        panel="Set up",
        help="Make a workspace: luutin.toml, a folder for site files, and an empty archive.",
    ),
    "site": Entry(
        module=_SITE,
        name="site_app",
        panel="Set up",
        help="Add a site from its home page, list the sites, check their files.",
    ),
    "demo": Entry(
        module="luutin.demo",
        name="demo",
        panel="Set up",
        help="Watch a local news site, made of recorded pages, while its articles are edited, pulled and set in new "
        "noise.",
    ),
    "crawl": Entry(
        module=_CRAWL,
        name="crawl",
        panel="Fetch",
        help="Ask the sites' feeds, sitemaps and sections, then fetch what is new and what is due, now.",
    ),
    "capture": Entry(
        module=_CRAWL,
        name="capture",
        panel="Fetch",
        help="Fetch just these URLs, now, whether they are due or not.",
    ),
    "run": Entry(
        module=_CRAWL,
        name="run",
        panel="Fetch",
        help="Watch all sites until SIGTERM or Ctrl-C: crawl each when it is due, one log line for each outcome.",
    ),
    "status": Entry(
        module=_LIST,
        name="status",
        panel="Look",
        help="What is due, overdue and failing, site by site, and how big the archive is.",
    ),
    "pages": Entry(
        module=_LIST,
        name="pages",
        panel="Look",
        help="List the pages that the archive knows, the newest first.",
    ),
    "history": Entry(
        module=_PAGE,
        name="history",
        panel="Look",
        help="Every look at a page, the earliest first, and what came of it.",
    ),
    "show": Entry(
        module=_PAGE,
        name="show",
        panel="Look",
        help="Show what a version of a page reads as, or with --raw the bytes that it was read from.",
    ),
    "diff": Entry(
        module=_PAGE,
        name="diff",
        panel="Look",
        help="Show word by word what changed between two versions of a page.",
    ),
    "edits": Entry(
        module="luutin.edits_command",
        name="edits",
        panel="Look",
        help="List the edits that were noticed, the earliest first.",
    ),
    "reread": Entry(
        module="luutin.reread_command",
        name="reread",
        panel="Test",
        help="Read every version in the archive anew from its bytes, and say which read differently now.",
    ),
    "search": Entry(
        module="luutin.search_command",
        name="search",
        panel="Look",
        help="Search what pages say now, or what edits added or removed, with or without diacritics.",
    ),
    "copies": Entry(
        module="luutin.copies_command",
        name="copies",
        panel="Look",
        help="Which articles elsewhere say nearly the same as a page, and which of them carry its edits.",
    ),
    "verify": Entry(
        module="luutin.verify_command",
        name="verify",
        panel="Keep",
        help="Check every body, capture, version and link of the hash chains, and name each fault.",
    ),
    "stamp": Entry(
        module="luutin.stamp_command",
        name="stamp_chains",
        panel="Keep",
        help="Have an authority state that all that is in the archive was there at this time.",
    ),
    "evidence": Entry(
        module="luutin.evidence_command",
        name="evidence",
        panel="Keep",
        help="Pack the evidence for an edit into a file that anybody can check.",
    ),
    "import": Entry(
        module="luutin.import_command",
        name="import_files",
        panel="Keep",
        help="Bring the pages in WARC and WACZ files into the archive, as if they had been crawled when they were "
        "captured.",
    ),
    "export": Entry(
        module="luutin.export_command",
        name="export",
        panel="Keep",
        help="Write the archive, or one site of it, in a format that other programs read.",
    ),
    "backup": Entry(
        module="luutin.backup_commands",
        name="backup",
        panel="Keep",
        help="Copy the archive to a file while crawls may run, and verify the copy.",
    ),
    "restore": Entry(
        module="luutin.backup_commands",
        name="restore",
        panel="Keep",
        help="Make the archive from a backup, or from another archive, and verify it; "
        "never over an archive that is there.",
    ),
    "compact": Entry(
        module="luutin.compact_command",
        name="compact",
        panel="Keep",
        help="Pack what is in the archive more tightly; with --shrink, give room back to the disk.",
    ),
    "try": Entry(
        module="luutin.try_command",
        name="try_reading",
        panel="Test",
        help="Show how a page would be read, where each field came from, and what was left out and why.",
    ),
    "replay": Entry(
        module=_SEED,
        name="replay_cases",
        panel="Test",
        help="Replay recorded cases over real HTTP, through the real crawl and an archive of their own, and compare.",
    ),
    "record": Entry(
        module=_SEED,
        name="record",
        panel="Test",
        help="Write a new case from the archive: a page's visits with their responses, and what comes of them.",
    ),
}
