"""What a site's memory takes out of real pages, and whether any of it is the article's.

    python -m bench.memory FOLDER

FOLDER is as for bench/reading.py. Pages that have others of their site there are read with what all of these teach, as
a crawl that has them would read them.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.reading import Page, load
from crawler.pages.reading import read
from crawler.rules import Rules
from crawler.urls import registrable_domain
from storage.letters import letters
from storage.records import Reading
from storage.sitememory import NOTHING, Memory, block_key, learn

console = Console(width=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What the memory took out of one page: its texts, those of them that the gold has, and the gold's words in all."""

    page: Page
    texts: tuple[str, ...]
    own: tuple[str, ...]
    gold_words: int


def _read(page: Page, memory: Memory) -> Reading:
    return read(page.body, page.url, "text/html; charset=utf-8", Rules(), memory)


def _texts(reading: Reading) -> list[str]:
    article = reading.article
    return [] if article is None else [text for text in (article.lead, *(b.text for b in article.body)) if text]


def _blocks(reading: Reading) -> Mapping[int, int]:
    return {block_key(text): len(text.split()) for text in _texts(reading)}


def _taken(page: Page, memory: Memory) -> Taken:
    reading = _read(page, memory)
    texts = tuple(drop.text for drop in reading.dropped if block_key(drop.text) in reading.learned)
    gold = letters(" ".join(page.gold.body))
    words = sum(len(paragraph.split()) for paragraph in page.gold.body)
    return Taken(page=page, texts=texts, own=tuple(text for text in texts if letters(text) in gold), gold_words=words)


def measure(pages: Sequence[Page]) -> list[Taken]:
    """Every page that has others of its site in the folder, read with what they all teach."""
    sites: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        sites[registrable_domain(page.url)].append(page)
    several = [group for group in sites.values() if len(group) > 1]
    found = []
    for group in track(several, description="reading", console=Console(stderr=True), transient=True):
        memory = learn([_blocks(_read(page, NOTHING)) for page in group])
        found += [_taken(page, memory) for page in group]
    return found


def _words(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


def table(found: Sequence[Taken]) -> Table:
    """The sums, and every text of the gold that was taken out."""
    drawn = Table(title="What a site's memory takes out", box=None)
    for heading in ("pages with others of their site", "pages touched", "blocks out", "words out", "gold words out"):
        drawn.add_column(heading, justify="right")
    gold, lost = sum(one.gold_words for one in found), sum(_words(one.own) for one in found)
    touched = [one for one in found if one.texts]
    share = f"{lost} of {gold:,} ({100 * lost / max(gold, 1):.3f} %)"
    blocks, words = (sum(count) for count in ([len(one.texts) for one in found], [_words(one.texts) for one in found]))
    drawn.add_row(str(len(found)), str(len(touched)), str(blocks), str(words), share)
    return drawn


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.memory", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="real pages with gold readings")
    options = parser.parse_args(words)
    if not (options.folder / "gold.jsonl").is_file():
        parser.error(f"{options.folder} holds no gold.jsonl")
    found = measure(load(options.folder))
    console.print(table(found))
    for one in found:
        for text in one.texts:
            mark = "gold " if text in one.own else ""
            console.print(f"  {mark}{one.page.group} {one.page.name}: {text[:90]}", markup=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
