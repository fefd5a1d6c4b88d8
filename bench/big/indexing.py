"""What is kept besides the record of an invented archive so that pages and edits are found."""

from dataclasses import dataclass, field

from bench.big.rows import Made, change
from bench.big.stories import Layout, page_at
from bench.big.visits import Visits
from storage.copies import shingles
from storage.search.documents import Document, article_document, document


@dataclass(slots=True)
class Indexed:
    """What is kept so that pages and edits are found: rows by table, and the words of each entry."""

    made: Made = field(default_factory=Made)
    words: list[tuple[int, Document]] = field(default_factory=list)

    def add(self, number: int, what: str, page: int, words: Document, **more: int) -> None:
        """Add an entry of the search index."""
        row = {"id": number, "what": what, "page_id": page, "edit_id": None, "body_id": None}
        self.made.add("search_entry", row | more)
        self.words.append((number, words))


def indexed(layout: Layout, first: int, last: int) -> Indexed:
    """The search entries, signatures and bands of some pages."""
    found = Indexed()
    for page in map(page_at, range(first, last + 1)):
        seen = Visits(layout, page, layout.visits - 1)
        article = page.article(seen.version)
        body_id = 2 * seen.version_id(seen.version) + 1
        found.add(page.number, "current", page.number, article_document(article), body_id=body_id)
        for version in range(2, seen.version + 1):
            made, edit_id = change(seen, version), seen.version_id(version)
            for place, (what, texts) in enumerate((("removed", made.removed), ("added", made.added))):
                number = layout.pages + 2 * edit_id + place
                found.add(number, what, page.number, document(texts), edit_id=edit_id)
        signed = shingles.signature(shingles.words_of(article))
        if signed is not None:
            found.made.add("copy_signature", {"page_id": page.number, "body_id": body_id, "signature": signed})
            for band in set(shingles.bands(signed)):
                found.made.add("copy_band", {"band": band, "page_id": page.number})
    return found
