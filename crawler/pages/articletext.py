"""The text of an article out of its tree: lead, body, captions and pictures, and what was left out and why."""

from bisect import bisect
from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field

from cssselect import SelectorError
from lxml import etree
from lxml.html import HtmlElement

from crawler.pages.amendments import find_amendments
from crawler.pages.blocks import CAPTION, HEADER, Piece, fold, text_key
from crawler.pages.boilerplate import find_boilerplate, mistaken
from crawler.pages.boxnames import RELATED
from crawler.pages.captionmarks import find_captions
from crawler.pages.captions import Caption, caption_pieces, collect
from crawler.pages.cards import Links
from crawler.pages.closing import find_closing
from crawler.pages.comments import find_comments, find_counts_of_posts
from crawler.pages.extent import LEAST_TEXT, find_end, find_headline
from crawler.pages.galleries import Others, end_of_gallery
from crawler.pages.islands import find_islands
from crawler.pages.labelledboxes import find_labelled_boxes
from crawler.pages.labels import find_bare_labels
from crawler.pages.lead import find_lead, without_label
from crawler.pages.linkcards import find_link_cards
from crawler.pages.linklists import find_link_lists
from crawler.pages.manner import is_told
from crawler.pages.pictures import leads_away
from crawler.pages.posts import without_counts
from crawler.pages.rates import find_rates
from crawler.pages.repeats import find_repeated
from crawler.pages.segmenting import segment
from crawler.pages.selection import Votes, select, up_to_end
from crawler.pages.semantics import find_semantic
from crawler.pages.showing import addresses_of, lines_shown, names_shown, shown_texts
from crawler.pages.sidelines import count_or_label
from crawler.pages.skips import find_skipped
from crawler.pages.tallies import AGO, tally_reason
from crawler.pages.teasers import find_teasers, is_related_heading
from crawler.rules import Rules
from storage.records import Block, Dropped, Image
from storage.sitememory import NOTHING, Memory, block_key

LEAD = "lead"  # the mark of what a site rule takes for the lead
_UNREAD = ("style", "noscript", "svg", "template", "iframe", "script", "link", "meta")  # nothing to vote on
SHORT_ARTICLE = 80  # words
NAMED = (4, 12)  # lines before and after headline and end
_ASKING = ("form", "comments", "author box")  # marks of boxes whose pictures are theirs
MIN_DROPPED = 4  # words; shorter texts that are left out are not worth telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known before the text is read: of the page (`elements` hold the fields beside the text), of its site."""

    url: str
    title: str
    description: str
    authors: tuple[str, ...]
    elements: tuple[HtmlElement, ...]
    canonical_url: str = ""
    tag_list: tuple[HtmlElement, ...] = ()
    memory: Memory = NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    lead: str = ""
    body: tuple[Block, ...] = ()
    captions: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    shown: tuple[str, ...] = ()
    lines_shown: tuple[str, ...] = ()
    names_shown: tuple[str, ...] = ()
    images_shown: tuple[str, ...] = ()
    learned: tuple[int, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def texts(self) -> tuple[str, ...]:
        """Lead and body, block by block."""
        return tuple(text for text in (self.lead, *(block.text for block in self.body)) if text)


def read_text(root: HtmlElement, known: Known, rules: Rules, vote: Callable[[HtmlElement], Votes]) -> Text:
    """`vote` extracts the main content of a tree, which it may take apart; `root` stays as it is."""
    marks = _marks(root, known, rules)
    pieces = segment(root, marks)
    while wrong := mistaken(pieces):
        marks = {element: why for element, why in marks.items() if element not in wrong}
        pieces = segment(root, marks)
    return _Page(root, without_counts(root, pieces), marks, known, rules).read(vote)


def _marks(root: HtmlElement, known: Known, rules: Rules) -> dict[HtmlElement, str]:
    ruled = [element for selector in (rules.body, rules.lead) for element in selected(root, selector)]
    kept = frozenset((*known.elements, *ruled))
    marks = find_labelled_boxes(root, kept) | find_rates(root, kept)
    marks |= find_semantic(root, kept) | find_boilerplate(root, kept) | find_comments(root, kept)
    captions = find_captions(root)
    marks |= find_link_cards(root, kept, captions)
    marks |= captions | find_counts_of_posts(root) | find_skipped(root, kept)
    marks |= {time: AGO for time in root.iter("time") if any(tally_reason(said) == AGO for said in _said(time))}
    marks |= dict.fromkeys(known.elements, HEADER)
    return marks | dict.fromkeys(selected(root, rules.lead), LEAD)


def _said(time: HtmlElement) -> Sequence[str]:
    """What a time says as a whole, and part by part: how long ago it was may stand beside what it was."""
    return (fold(time.text_content()), *map(fold, time.itertext()))


def selected(root: HtmlElement, selector: str) -> list[HtmlElement]:
    """What a CSS selector finds; nothing where it is empty or none (site files are checked when they are read)."""
    try:
        return list(root.cssselect(selector)) if selector else []
    except SelectorError:
        return []


class _Page:
    """One page on its way from pieces to text; `why` says of each piece left out why."""

    def __init__(
        self, root: HtmlElement, pieces: list[Piece], marks: Mapping[HtmlElement, str], known: Known, rules: Rules
    ) -> None:
        self.root, self.pieces, self.marks, self.known, self.rules = root, pieces, marks, known, rules
        self.owners = {i: owner for i, owner in caption_pieces(pieces).items() if pieces[i].mark in ("", CAPTION)}
        self.why = {i: piece.mark for i, piece in enumerate(pieces) if piece.mark not in ("", CAPTION, LEAD)}
        free = [i for i in range(len(pieces)) if i not in self.why and i not in self.owners]
        self.why |= {i: why for i in free if (why := count_or_label(pieces[i]))}
        self.headline = find_headline(pieces, known.title)
        self.shown = tuple(shown_texts(pieces))
        self.lines = tuple(lines_shown(pieces))
        self.addresses = addresses_of(pieces, known.url)
        self.links = Links(known.url, known.canonical_url)
        self.names = {text_key(name) for name in known.authors if " " in name}
        self.sources: dict[str, str] = {}
        self.passed: frozenset[int] = frozenset()
        self.apart: frozenset[int] = frozenset()  # pictures in boxes that are none of the text

    def usable(self) -> set[int]:
        return {
            i
            for i, piece in enumerate(self.pieces)
            if not piece.picture and piece.mark in ("", CAPTION) and i not in self.owners and i not in self.why
        }

    def read(self, vote: Callable[[HtmlElement], Votes]) -> Text:
        usable = self.usable()
        teasers = {} if self.rules.body else self.pointers(usable)
        chosen = self.choose(usable - set(teasers), vote)
        if teasers and sum(self.pieces[i].words for i in chosen) < SHORT_ARTICLE:
            whole = self.choose(usable, vote)
            if self.is_all_in(teasers, whole):
                teasers = {i: why for i, why in teasers.items() if self.points(i)}
                chosen = [i for i in whole if i not in teasers]
        if not self.rules.body:
            related = {i for i, piece in enumerate(self.pieces) if piece.mark == RELATED}
            tags = {i for i, piece in enumerate(self.pieces) if piece.marker in self.known.tag_list}
            chosen = up_to_end(self.pieces, chosen, related | set(teasers), tags)
            notes = find_amendments(self.pieces, usable - set(teasers), chosen)
            self.why = {i: why for i, why in self.why.items() if i not in notes}
            chosen = sorted({*chosen, *notes})
        self.why |= teasers
        self.passed = frozenset(teasers)
        repeated = {} if self.rules.body else find_repeated(self.pieces, chosen, self.known.memory)
        self.why |= repeated
        chosen = self.without_labels([i for i in chosen if i not in repeated])
        lead = self.lead(chosen)
        chosen = self.without_islands([i for i in chosen if i not in lead])
        closing = find_closing(self.pieces, chosen, lead, self.known)
        if lead or not all(i in closing for i in chosen):  # else the page is nothing but words to its readers
            self.why |= closing
        chosen = self.without_labels([i for i in chosen if i not in self.why])
        return self.text(lead, chosen, repeated)

    def without_labels(self, chosen: Sequence[int]) -> list[int]:
        """`chosen` without the labels over nothing but links that were left out."""
        if not self.rules.body:
            self.why |= dict.fromkeys(find_bare_labels(self.pieces, chosen, self.why), "label of links left out")
        return [i for i in chosen if i not in self.why]

    def without_islands(self, chosen: Sequence[int]) -> list[int]:
        """`chosen` without boxes set apart in it, by how they are made."""
        if not self.rules.body:
            islands = find_islands(self.pieces, chosen, self.links, self.why, self.owners)
            self.why |= islands.texts
            self.apart = frozenset(islands.pictures)
        return [i for i in chosen if i not in self.why]

    def is_all_in(self, pointers: Mapping[int, str], chosen: Sequence[int]) -> bool:
        """A short article under a link is no summary of what the link leads to: nothing else would be left.

        Texts that stand below several links, each below its own, are summaries all the same.
        """
        told = [i for i in chosen if self.pieces[i].words >= LEAST_TEXT and self.pieces[i].link_share < 0.5]
        links = [i for i, piece in enumerate(self.pieces) if piece.is_link]
        above = {bisect(links, i) for i in told}
        return len(above) == 1 and all(i in pointers for i in told)

    def points(self, index: int) -> bool:
        return self.pieces[index].link_share >= 0.5 or is_related_heading(self.pieces[index])

    def pointers(self, usable: set[int]) -> dict[int, str]:
        """What leads to other articles, or to places of this one."""
        return find_link_lists(self.pieces, usable) | find_teasers(self.pieces, usable, self.links)

    def choose(self, usable: set[int], vote: Callable[[HtmlElement], Votes]) -> list[int]:
        boxes = selected(self.root, self.rules.body)
        if boxes:
            self.sources["body"] = f"site rule {self.rules.body!r}"
            return [i for i in sorted(usable) if any(box in self.pieces[i].path for box in boxes)]
        self.sources["body"] = "the element that holds most running text, repaired by the page's structure"
        return select(self.pieces, usable, self.headline + 1, lambda: self.votes(vote))

    def votes(self, vote: Callable[[HtmlElement], Votes]) -> Votes:
        """The votes on a copy of the tree without the marked elements."""
        self.sources["body"] = "trafilatura's main content, repaired by the page's structure"
        twin = copy(self.root)
        marked = [other for element, other in zip(self.root.iter(), twin.iter(), strict=True) if element in self.marks]
        etree.strip_elements(twin, *_UNREAD, with_tail=False)
        for element in marked:
            if element.getparent() is not None:
                element.drop_tree()
        return vote(twin)

    def lead(self, chosen: Sequence[int]) -> list[int]:
        ruled = [i for i, piece in enumerate(self.pieces) if piece.mark == LEAD and piece.text]
        if ruled:
            self.sources["lead"] = f"site rule {self.rules.lead!r}"
            return ruled
        early = [i for i in sorted(self.usable()) if i > self.headline]
        found, how = find_lead(self.pieces, early, chosen, self.known.description)
        if found:
            self.sources["lead"] = how
        return found

    def text(self, lead: Sequence[int], chosen: Sequence[int], repeated: Collection[int]) -> Text:
        self.owners = {i: owner for i, owner in self.owners.items() if i not in self.why}
        first = min([self.headline, *lead, *chosen])  # a template may have its headline below the text
        gallery = end_of_gallery(self.pieces, self.owners, first)
        if lead and gallery >= 0 and not any(is_told(self.pieces[index]) for index in chosen):
            chosen = ()  # labels beside the pictures
        last = find_end(self.pieces, self.owners, [*lead, *chosen], self.passed)
        last = last if chosen else max(last, gallery)
        captions = [
            one for one in collect(self.pieces, self.owners, first, last) if text_key(one.text) not in self.names
        ]
        images = self.images(captions, first, last)
        used = {*lead, *chosen, *(i for i in self.owners if first <= i <= last)}
        for name, value in (("captions", captions), ("images", images)):
            if value:
                self.sources[name] = "pictures between headline and end of the body"
        return Text(
            lead=without_label(" ".join(self.pieces[i].text for i in lead), fold(self.known.description)),
            body=tuple(Block(kind=self.pieces[i].kind, text=self.pieces[i].text) for i in chosen),
            captions=tuple(caption.text for caption in captions),
            images=images,
            dropped=self.dropped(used),
            shown=self.shown,
            lines_shown=self.lines,
            names_shown=tuple(names_shown(self.around(first, last))),
            images_shown=tuple(self.addresses.values()),
            learned=tuple(sorted(block_key(self.pieces[i].text) for i in repeated)),
            sources=self.sources if chosen else {k: v for k, v in self.sources.items() if k != "body"},
        )

    def around(self, first: int, last: int) -> Sequence[Piece]:
        """The lines beside headline and end, which may name the authors."""
        top, bottom = max(0, first - NAMED[0]), max(0, last - NAMED[0], first + NAMED[1])
        return (*self.pieces[top : first + NAMED[1]], *self.pieces[bottom : last + NAMED[1]])

    def images(self, captions: Sequence[Caption], first: int, last: int) -> tuple[Image, ...]:
        said = {caption.picture: caption.text for caption in reversed(captions)}
        asking = {i for i, piece in enumerate(self.pieces) if piece.mark in _ASKING}
        others = Others(self.pieces, self.passed | asking, self.names)
        found: dict[str, Image] = {}
        for index in range(max(first, 0), last + 1):
            piece = self.pieces[index]
            if piece.picture and piece.mark in ("", CAPTION) and (index in said or not leads_away(piece.element)):
                url = self.addresses.get(index, "")
                if url and url not in found and index not in self.apart and not others.hold(index):
                    alt = " ".join(piece.element.get("alt", "").split())
                    found[url] = Image(url=url, caption=said.get(index, ""), alt=alt)
        return tuple(found.values())

    def dropped(self, used: set[int]) -> tuple[Dropped, ...]:
        return tuple(
            Dropped(text=piece.text, why=self.why.get(i, "outside the article's text"))
            for i, piece in enumerate(self.pieces)
            if piece.text and i not in used and piece.mark != HEADER and piece.words >= MIN_DROPPED
        )
