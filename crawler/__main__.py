"""One crawl of one site as a process of its own: `python -m crawler SITE`, one JSON line for each visit."""

import argparse
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from crawler.frontdesk import Errand
from crawler.job import CrawlReport, run
from crawler.sitefiles import load_sites
from crawler.sites import Site, default_site
from crawler.telling import visit_fields
from crawler.urls import host_key, is_web_url
from storage.errors import ConfigError, LuutinError
from storage.visits import Visit


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m crawler", description=__doc__)
    parser.add_argument("site", help="the key of a site: the name of its folder, or of its host for a site without one")
    parser.add_argument("--archive", default="sqlite:///luutin.db", help="database URL of the archive")
    parser.add_argument("--seeds", type=Path, default=Path("seeds"), help="folder of the site files")
    parser.add_argument("--url", action="append", default=[], help="fetch just this URL; may be given again")
    parser.add_argument("--urls", type=Path, help="a file with one URL a line: fetch just these")
    parser.add_argument("--force", action="store_true", help="fetch every known page, due or not")
    parser.add_argument("--no-discover", action="store_true", help="do not ask the sources")
    parser.add_argument("--allow-private", action="store_true", help="allow loopback and private addresses")
    parser.add_argument("--delay", type=_seconds, help="seconds between requests to a host, instead of the site file's")
    parser.add_argument("--contact", default="", help="how a webmaster reaches you; part of the User-Agent")
    parser.add_argument("--readers", type=int, default=0, help="reading processes; 0: one for each core")
    parser.add_argument("--min-free", type=int, default=0, help="MB that have to be free where the archive lies")
    parser.add_argument(
        "--reroute", action="append", type=_pair, default=[], metavar="HOST=URL", help="a server in place of a host"
    )
    parser.add_argument("--until-eof", action="store_true", help="end when standard input does")
    options = parser.parse_args(words)
    if options.urls is not None:
        options.url += _listed(options.urls)
    return options


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= 3600:
        raise ValueError("not a delay")
    return seconds


def _pair(text: str) -> tuple[str, str]:
    host, _, url = text.partition("=")
    if not is_web_url(url):
        raise ValueError("not HOST=URL")
    return host, url


def _listed(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split()
    except (OSError, UnicodeError) as error:
        raise ConfigError([f"--urls {path}: cannot be read: {error}"]) from error


def _site(options: argparse.Namespace) -> Site:
    sites = load_sites(options.seeds) if options.seeds.is_dir() else {}
    if options.site in sites:
        return sites[options.site]
    unknown = default_site(host_key(options.url[0]), options.url[0]) if options.url else None
    if unknown is not None and unknown.key == options.site:
        return unknown
    raise ConfigError(
        [f"{options.seeds} holds no site {options.site!r}; it holds: {', '.join(sorted(sites)) or 'none'}"]
    )


def _settings(options: argparse.Namespace) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "LUUTIN_ARCHIVE": options.archive,
        "LUUTIN_SEEDS": str(options.seeds),
        "LUUTIN_CONTACT": options.contact,
        "LUUTIN_READERS": options.readers,
        "LUUTIN_MIN_FREE": options.min_free,
        "LUUTIN_REROUTE": dict(options.reroute),
    }
    if options.allow_private:
        settings["LUUTIN_ALLOW_PRIVATE"] = True
    if options.delay is not None:
        settings["DOWNLOAD_DELAY"] = options.delay
    return settings


def _end_with_input() -> None:
    """Ask this process to end when its standard input does: whoever started it has died."""
    with suppress(OSError):  # one that was closed from the start is at its end too
        while os.read(0, 4096):
            pass
    os.kill(os.getpid(), signal.SIGTERM)


def _print(visit: Visit) -> None:
    try:
        sys.stdout.write(json.dumps(visit_fields(visit)) + "\n")  # ASCII, whatever the locale and the URL
        sys.stdout.flush()
    except BrokenPipeError:  # nobody reads any more: end (docs.python.org/3/library/signal.html#note-on-sigpipe)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        os.kill(os.getpid(), signal.SIGTERM)


def _crawl(options: argparse.Namespace) -> CrawlReport:
    errand = Errand(urls=tuple(options.url), discover=not options.no_discover, force=options.force)
    return run(_site(options), errand, _settings(options), _print)


def _is_surprise(record: logging.LogRecord) -> bool:
    """Whether an error is to be logged with its traceback: what is written for users is told as a fault at the end."""
    return record.exc_info is None or not isinstance(record.exc_info[1], LuutinError)


def main(words: Sequence[str]) -> int:
    """Exit status: 0 done, 1 done but there were faults, 2 wrong use or configuration."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("scrapy.core.scraper").addFilter(_is_surprise)
    try:
        options = _arguments(words)
        if options.until_eof:
            threading.Thread(target=_end_with_input, daemon=True).start()
        report = _crawl(options)
    except LuutinError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for fault in dict.fromkeys(report.faults):  # a full disk is met by every page
        sys.stderr.write(f"{fault}\n")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
