"""What a page shows, text by text, and what of a difference is only that it was read otherwise.

A new template leads a reader to other blocks: a line of the body is taken for a box, a caption for a share button, a
tag list is not known any more. But what a page showed before and still shows has not been edited. So an article
carries the keys of all texts and pictures of its page, each as often as it is shown. What the article had and lacks now
was taken away only if the page shows it less often; what it lacked and has now was added only if the page shows it
more often. A sentence that goes from the text while a pull quote still says it is shown once instead of twice.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from itertools import islice
from typing import TypeVar

from storage.comparison.imagekey import image_key
from storage.comparison.patience import encode, matching_runs
from storage.comparison.textkey import visible
from storage.letters import letters
from storage.records import KEY_BYTES, Article, Block

_Told = TypeVar("_Told")
_LINES = 0x5BD1E9955BD1  # sets the keys of lines run together apart from those of texts
_NAMES = 0x2C1B3C6D297A  # and those of names within a line
MOST = 3000  # texts of a page; a hostile one holds more


def shown_keys(
    texts: Iterable[str],
    images: Iterable[str],
    titles: Iterable[str] = (),
    *,
    lines: Iterable[str] = (),
    names: Iterable[str] = (),
) -> tuple[int, ...]:
    """The keys of the texts that a page shows and of the addresses of its images, sorted, each as often as shown.

    `texts` may be given by their letters (`storage.letters`). `titles` are all that the page states as its headline, to
    readers or to machines, `lines` those below a picture, run together, which only captions may be, `names` those in
    longer lines, which only authors may be.
    """
    keys = (
        *_keys(islice(texts, MOST)),
        *map(_image, islice(images, MOST)),
        *(key for title in islice(titles, MOST) for key in (_title(title), _wording(title))),
        *(key ^ _LINES for key in _keys(islice(lines, MOST)) if key),
        *(key ^ _NAMES for key in _keys(islice(names, MOST)) if key),
    )
    return tuple(sorted(key for key in keys if key))


def without_misread(old: Article, new: Article) -> tuple[Article, Article]:
    """The articles without what one of them lacks though its page shows it no less than the other one's does.

    Times are left alone, and a title only counts as misread where the page shows and states both just as before.
    """
    if not old.shown or not new.shown:
        return old, new
    before, after = Counter(old.shown), Counter(new.shown)
    if old.title != new.title and _is_no_new_title(old.title, new.title, before, after):
        new = replace(new, title=old.title)
    old, new = _without_ambiguous(old, new, before, after)
    here, there = _fields(old), _fields(new)
    also = {
        name: (_with(mark, before, here[name] | there[name]), _with(mark, after, here[name] | there[name]))
        for name, mark in (("captions", _LINES), ("authors", _NAMES))
    }
    gone: dict[str, Counter[int]] = {}
    come: dict[str, Counter[int]] = {}
    for name in here:
        first, second = also.get(name, (before, after))
        gone[name] = _misread(here[name] - there[name], first, second, old)
        come[name] = _misread(there[name] - here[name], second, first, new)
    if not (old.authors and new.authors):  # read on one page alone, and by themselves shown as often on the other
        gone["authors"] |= _misread(here["authors"], before, after, old)
        come["authors"] |= _misread(there["authors"], after, before, new)
    if letters(old.lead) != letters(new.lead):  # else it was read on both: 3.5 became 35
        gone["lead"] += _shown_in_parts(old.lead, before, after)
        come["lead"] += _shown_in_parts(new.lead, after, before)
        if bool(gone["lead"]) != bool(come["lead"]) and _is_part(old.lead, new.lead):
            gone["lead"], come["lead"] = Counter(), Counter()
    for taken, article, other in ((gone["body"], old, new), (come["body"], new, old)):
        for key in _parts_of_longer(article, other, taken):
            del taken[key]
    return _without(old, gone, new), _without(new, come, old)


def _parts_of_longer(article: Article, other: Article, taken: Collection[int]) -> list[int]:
    """Which of the taken texts a longer paragraph of the other article begins or ends with.

    A sentence was added to it; a page that sets that one off, or after a line break, shows the rest by itself as ever.
    A pull quote stands in a longer paragraph of its own article.
    """
    if not taken:
        return []
    own = {_text(block.text): letters(block.text) for block in article.body}
    longer = [said for block in other.body if _text(block.text) not in own and (said := letters(block.text))]
    texts = {key: own[key] for key in taken if key in own}
    return [
        key
        for key, text in texts.items()
        if any(said.startswith(text) or said.endswith(text) for said in longer)
        and not any(text in said and text != said for said in own.values())
    ]


def _with(mark: int, shown: Counter[int], keys: Iterable[int]) -> Counter[int]:
    """How often texts are shown, by themselves or as what `mark` sets apart."""
    return shown + Counter({key: shown[key ^ mark] for key in keys})


def _without_ambiguous(
    old: Article, new: Article, before: Counter[int], after: Counter[int]
) -> tuple[Article, Article]:
    """The articles without lines that either has at another place, where the page shows them at more places anyway."""
    here, there = ([_text(block.text) for block in article.body] for article in (old, new))
    if here == there:
        return old, new
    kept_here, kept_there = _in_order(here, there)
    out_of_order = {here[at] for at in range(len(here)) if at not in kept_here}
    out_of_order &= {there[at] for at in range(len(there)) if at not in kept_there}
    gone = {key for key in out_of_order if before[key] > here.count(key) and after[key] > there.count(key)}
    if not gone:
        return old, new
    body = tuple(block for at, block in enumerate(old.body) if here[at] not in gone or at in kept_here)
    other = tuple(block for at, block in enumerate(new.body) if there[at] not in gone or at in kept_there)
    return replace(old, body=body), replace(new, body=other)


def _in_order(here: Sequence[int], there: Sequence[int]) -> tuple[set[int], set[int]]:
    """The places in either list of keys that have their counterpart in the other, in order."""
    runs = matching_runs(*encode(here, there))
    return (
        {start + step for start, _, length in runs for step in range(length)},
        {start + step for _, start, length in runs for step in range(length)},
    )


def _is_no_new_title(old: str, new: str, before: Counter[int], after: Counter[int]) -> bool:
    """Whether either title is only another one of those that the page stated and states.

    Of two with the same letters and other marks, the page has to have stated the new one just so; where only capitals
    differ, it may be the template that sets them, as long as the page states the old one too.
    """
    if letters(old) != letters(new):
        return _both_as_before((old, new), before, after)
    only_capitals = visible(old).casefold() == visible(new).casefold()
    return bool(before[_wording(new)] or (only_capitals and after[_wording(old)]))


def _both_as_before(titles: tuple[str, str], before: Counter[int], after: Counter[int]) -> bool:
    """Whether either page states both titles, and shows each of them as often as the other page does."""
    stated = all(before[_title(title)] and after[_title(title)] for title in titles)
    return stated and all(before[_text(title)] == after[_text(title)] for title in titles)


def _fields(article: Article) -> dict[str, Counter[int]]:
    """The keys of what an article says, field by field, each as often as it says it."""
    return {
        "section": Counter([_text(article.section)]),
        "lead": Counter([_text(article.lead)]),
        "authors": Counter(map(_text, article.authors)),
        "body": Counter(_text(block.text) for block in article.body),
        "captions": Counter(map(_text, article.captions)),
        "images": Counter(_image(image.url) for image in article.images),
        "tags": Counter(map(_text, article.tags)),
    }


def _misread(more: Counter[int], here: Counter[int], there: Counter[int], article: Article) -> Counter[int]:
    """What of that which an article says more often than the other one its page does not show more often too.

    Of the copies of a text that the other article lacks only as many have gone as the other page shows less. Authors
    are as they were where the other page still shows all of them in one line.
    """
    line = _text(" ".join(article.authors))
    together = set(map(_text, article.authors)) if 0 < here[line] <= there[line] else set()
    fewer = {key: 0 if key in together else max(0, here[key] - there[key]) for key in more}
    return Counter(
        {
            key: count - fewer[key]
            for key, count in more.items()
            if count > fewer[key] and (here[key] or key in together)
        }
    )


def _is_part(one: str, other: str) -> bool:
    """Whether all words of one of two leads are words of the other: more came, or went, amid them or at their end."""
    shorter, longer = sorted(({letters(word) for word in lead.split()} for lead in (one, other)), key=len)
    return bool(shorter) and shorter <= longer


def _shown_in_parts(lead: str, here: Counter[int], there: Counter[int]) -> Counter[int]:
    """The key of a lead of several texts, one after another, each of which the other page shows no less often."""
    words = [letters(word) for word in lead.split()]
    reached = [True, *(False for _ in words)]
    for start in range(len(words)):
        text = ""
        for end in range(start + 1, len(words) + 1) if reached[start] else ():
            text += words[end - 1]
            key = _hash(text)
            reached[end] = reached[end] or 0 < here[key] <= there[key]
    return Counter([_text(lead)]) if words and reached[-1] else Counter()


def _without(article: Article, keys: Mapping[str, Counter[int]], other: Article) -> Article:
    """The article without what is misread in each field."""
    return replace(
        article,
        section="" if keys["section"] else article.section,
        lead="" if keys["lead"] or _is_told_in(article.lead, other.body) else article.lead,
        authors=_kept(article.authors, _text, keys["authors"]),
        body=_kept(
            article.body, lambda block: _text(block.text), keys["body"], _unmatched(article, other, keys["body"])
        ),
        captions=_kept(article.captions, _text, keys["captions"]),
        images=_kept(article.images, lambda image: _image(image.url), keys["images"]),
        tags=_kept(article.tags, _text, keys["tags"]),
    )


def _is_told_in(lead: str, body: Sequence[Block]) -> bool:
    """Whether a lead is several blocks of the other article, one after another."""
    text = letters(lead)
    told = [letters(block.text) for block in body] if text else []
    for start in range(len(told)):
        end, joined = start, ""
        while end < len(told) and text.startswith(joined) and len(joined) < len(text):
            joined, end = joined + told[end], end + 1
        if joined == text and end - start > 1:
            return True
    return False


def _kept(
    told: tuple[_Told, ...], key: Callable[[_Told], int], taken: Counter[int], spare: Sequence[int] = ()
) -> tuple[_Told, ...]:
    """`told` without those keys; of what is told several times that at the `spare` places goes first, then the last."""
    if not taken:
        return told
    gone, left = set[int](), taken.copy()
    for index in (*spare, *reversed(range(len(told)))):
        if index not in gone and left[key(told[index])] > 0:
            left[key(told[index])] -= 1
            gone.add(index)
    return tuple(one for index, one in enumerate(told) if index not in gone)


def _unmatched(article: Article, other: Article, taken: Counter[int]) -> list[int]:
    """The places in an article's body that have no counterpart in the other one's, if any of what goes stands twice."""
    keys = [_text(block.text) for block in article.body]
    if not any(keys.count(key) > count for key, count in taken.items()):
        return []
    matched, _ = _in_order(keys, [_text(block.text) for block in other.body])
    return [index for index in range(len(keys)) if index not in matched]


def _text(text: str) -> int:
    return next(_keys((text,)))


def _keys(texts: Iterable[str]) -> Iterator[int]:
    """A key for each text, of its letters and digits alone: a template may set it in other quotes, or behind a `#`.

    What is alike is only that somewhere on the page; what the article says is compared with all its signs.
    """
    return (_hash(letters(text)) for text in texts)


def _title(title: str) -> int:
    key = letters(title)
    return _hash(f"title {key}") if key else 0


def _wording(title: str) -> int:
    """The key of a title with all its marks and capitals."""
    return _hash(f"wording {visible(title)}") if letters(title) else 0


def _image(url: str) -> int:
    key = image_key(url)
    return _hash(f"image {key}") if key else 0


def _hash(key: str) -> int:
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()
    return int.from_bytes(digest, "big") if key else 0
