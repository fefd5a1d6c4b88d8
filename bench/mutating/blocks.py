"""Noise that is put beside the article and into it: links to other stories, counters, times, advertisements, boxes.

Each takes two sources of chance: `layout` decides where a block stands and what it is made of, `content` what it says.
Two versions of a page share the first and differ in the second, as on a site where the blocks rotate.
"""

from collections.abc import Callable
from html import escape
from random import Random

from lxml.html import HtmlElement

from bench.mutating.drafts import Draft, fragment, insert_after
from bench.mutating.stock import Stock, sentences_of
from bench.mutating.vocabulary import AD_LABELS, AGO, COUNTERS, HEADINGS, NOTICES, OFFERS, RELATED_CLASSES, words_for

_INLINE = frozenset(["a", "b", "strong", "em", "i", "span", "small", "u", "sup", "sub", "font", "mark", "cite", "q"])

Noise = Callable[[Draft, Random, Random, Stock], bool]  # false where it cannot be made on this page


def related_inside(draft: Draft, layout: Random, content: Random, stock: Stock) -> bool:
    """Links to other stories between the paragraphs of the article."""
    gaps = _gaps(draft)
    for gap in layout.sample(gaps, k=min(len(gaps), layout.randint(1, 2))):
        make = layout.choice([_list_of_links, _one_link, _cards, _linked_table])
        insert_after(gap, make(draft.language, layout, content, stock))
    return bool(gaps)


def related_behind(draft: Draft, layout: Random, content: Random, stock: Stock) -> bool:
    """Links to other stories in the article's container, behind its last paragraph."""
    if not draft.placed or draft.container is None:
        return False
    make = layout.choice([_list_of_links, _cards, _linked_table])
    draft.container.append(make(draft.language, layout, content, stock))
    return True


def related_outside(draft: Draft, layout: Random, content: Random, stock: Stock) -> bool:
    """Links to other stories outside of the article's container."""
    make = layout.choice([_list_of_links, _cards, _linked_table])
    return _append_to_body(draft, make(draft.language, layout, content, stock))


def teasers(draft: Draft, layout: Random, content: Random, stock: Stock) -> bool:
    """Cards of other stories, each with a picture and its first sentence."""
    items = []
    for title in content.sample(stock.titles, k=min(len(stock.titles), layout.randint(2, 4))):
        summary = sentences_of(content.choice(stock.paragraphs))[0][:220]
        picture = f'<img src="/media/{content.randrange(10**6)}/{_slug(title)}.jpg" alt="{escape(title)}">'
        items.append(
            f"<div><a href='{_link(title)}'>{picture}<h3>{escape(title)}</h3></a><p>{escape(summary)}</p></div>"
        )
    heading = layout.choice(words_for(HEADINGS, draft.language))
    block = fragment(f"<section{_class(layout)}><h2>{escape(heading)}</h2>{''.join(items)}</section>")
    if draft.container is not None and layout.random() < 0.5:
        insert_after(draft.container, block) if draft.container.tag != "body" else draft.container.append(block)
        return True
    return _append_to_body(draft, block)


def ticker(draft: Draft, layout: Random, content: Random, stock: Stock) -> bool:
    """A strip of the latest headlines at the top of the page."""
    titles = content.sample(stock.titles, k=min(len(stock.titles), layout.randint(3, 6)))
    links = "".join(f"<a href='{_link(title)}'>{escape(title)}</a>" for title in titles)
    return _prepend_to_body(
        draft, fragment(f'<div class="{layout.choice(["ticker", "marquee", "x-strip"])}">{links}</div>')
    )


def most_read(draft: Draft, layout: Random, content: Random, stock: Stock) -> bool:
    """A numbered list of what is read most."""
    titles = content.sample(stock.titles, k=min(len(stock.titles), 5))
    items = "".join(f"<li><a href='{_link(title)}'>{escape(title)}</a></li>" for title in titles)
    heading = layout.choice(words_for(HEADINGS, draft.language))
    return _append_to_body(
        draft, fragment(f"<aside{_class(layout)}><h4>{escape(heading)}</h4><ol>{items}</ol></aside>")
    )


def counters(draft: Draft, layout: Random, content: Random, _stock: Stock) -> bool:
    """How often the article was seen, shared and commented on, before and behind it."""
    if not draft.paragraphs or draft.container is None:
        return False
    said = layout.sample(words_for(COUNTERS, draft.language), k=2)
    shown = "".join(f"<span>{escape(one.format(f'{content.randrange(2, 99_999):,}'))}</span> " for one in said)
    tag, name = layout.choice([("div", "article-stats"), ("p", "meta-2"), ("div", "share"), ("ul", "engage")])
    markup = f'<{tag} class="{name}">{shown}</{tag}>' if tag != "ul" else f'<ul class="{name}"><li>{shown}</li></ul>'
    draft.container.append(fragment(markup))
    if layout.random() < 0.5 and _begins_with_a_block(draft.container):
        draft.container.insert(0, fragment(markup))
    return True


def times(draft: Draft, layout: Random, content: Random, _stock: Stock) -> bool:
    """Today's date at the top of the page, and how long ago something was."""
    day = f"{content.randint(1, 28)}/{content.randint(1, 12)}/{content.randint(2024, 2026)}"
    ago = layout.choice(words_for(AGO, draft.language)).format(content.randint(2, 23))
    _prepend_to_body(
        draft, fragment(f'<div class="top-date">{day} {content.randint(0, 23)}:{content.randint(10, 59)}</div>')
    )
    if draft.container is not None and draft.paragraphs:
        mark = fragment(
            layout.choice([f'<span class="ago">{ago}</span>', f"<time>{ago}</time>", f"<p class='upd'>{ago}</p>"])
        )
        if _begins_with_a_block(draft.container):
            draft.container.insert(0, mark)
    return True


def advertisements(draft: Draft, layout: Random, content: Random, _stock: Stock) -> bool:
    """Advertisements between the paragraphs and at the end, some with words in them."""
    gaps = _gaps(draft)
    for gap in layout.sample(gaps, k=min(len(gaps), layout.randint(1, 3))):
        insert_after(gap, _advertisement(draft.language, layout, content))
    if draft.container is not None and gaps:
        draft.container.append(_advertisement(draft.language, layout, content))
    return bool(gaps)


def boxes(draft: Draft, layout: Random, content: Random, _stock: Stock) -> bool:
    """An invitation to a newsletter, an app or a subscription between two paragraphs."""
    gaps = _gaps(draft)
    if not gaps:
        return False
    text = escape(content.choice(words_for(NOTICES, draft.language)))
    box = layout.choice(
        [
            f'<div class="newsletter"><p>{text}</p><form action="/nl"><input type="email"></form></div>',
            f'<aside class="p-box"><p>{text}</p><a href="/abo">→</a></aside>',
            f'<div class="paywall-prompt"><strong>{text}</strong></div>',
            f'<div data-box="{layout.randrange(99)}"><p><a href="/join?src=art">{text}</a></p></div>',
        ]
    )
    insert_after(layout.choice(gaps), fragment(box))
    return True


def _gaps(draft: Draft) -> list[HtmlElement]:
    """The paragraphs behind which something may stand: not where a line of text goes on right behind."""
    return [paragraph for paragraph in draft.paragraphs[:-1] if _ends_its_line(paragraph)]


def _begins_with_a_block(container: HtmlElement) -> bool:
    """Whether what is put first into it stands in a line of its own: not before bare words, and not in source code."""
    code = any(one.tag in {"pre", "code"} for one in (container, *container.iterancestors()))
    first = next(iter(container), None)
    return not code and not (container.text or "").strip() and (first is None or first.tag not in _INLINE)


def _ends_its_line(paragraph: HtmlElement) -> bool:
    following = paragraph.getnext()
    return not (paragraph.tail or "").strip() and (following is None or following.tag not in _INLINE)


def _advertisement(language: str, layout: Random, content: Random) -> HtmlElement:
    label = escape(layout.choice(words_for(AD_LABELS, language)))
    offer = escape(content.choice(words_for(OFFERS, language)))
    number = content.randrange(10**9)
    return fragment(
        layout.choice(
            [
                f'<div class="ad-slot" id="ad-{number}"><span>{label}</span><iframe src="/ad?{number}"></iframe></div>',
                f'<div id="div-gpt-{number}" data-slot="/{number}/mid"><script>gpt({number})</script></div>',
                f'<div class="adsbygoogle"><p>{label}</p><a href="/click?{number}" rel="sponsored">{offer}</a></div>',
                f'<div class="z{layout.randrange(99)}"><small>{label}</small><a href="/c/{number}">{offer}</a></div>',
            ]
        )
    )


def _list_of_links(language: str, layout: Random, content: Random, stock: Stock) -> HtmlElement:
    titles = content.sample(stock.titles, k=min(len(stock.titles), layout.randint(2, 5)))
    items = "".join(f"<li><a href='{_link(title)}'>{escape(title)}</a></li>" for title in titles)
    heading = escape(layout.choice(words_for(HEADINGS, language)))
    head = layout.choice([f"<h3>{heading}</h3>", f"<p><b>{heading}</b></p>", f"<div>{heading}</div>", ""])
    return fragment(f"<div{_class(layout)}>{head}<ul>{items}</ul></div>")


def _one_link(language: str, layout: Random, content: Random, stock: Stock) -> HtmlElement:
    title = content.choice(stock.titles)
    heading = escape(layout.choice(words_for(HEADINGS, language)))
    return fragment(f"<p{_class(layout)}><strong>{heading}:</strong> <a href='{_link(title)}'>{escape(title)}</a></p>")


def _cards(language: str, layout: Random, content: Random, stock: Stock) -> HtmlElement:
    titles = content.sample(stock.titles, k=min(len(stock.titles), layout.randint(2, 3)))
    cards = "".join(
        f"<div><a href='{_link(title)}'><img src='/thumb/{content.randrange(10**6)}.jpg' alt=''>"
        f"<span>{escape(title)}</span></a></div>"
        for title in titles
    )
    heading = escape(layout.choice(words_for(HEADINGS, language)))
    return fragment(f"<aside{_class(layout)}><p>{heading}</p>{cards}</aside>")


def _linked_table(language: str, layout: Random, content: Random, stock: Stock) -> HtmlElement:
    titles = content.sample(stock.titles, k=min(len(stock.titles), 3))
    cells = "".join(f"<tr><td><a href='{_link(title)}'>{escape(title)}</a></td></tr>" for title in titles)
    heading = escape(layout.choice(words_for(HEADINGS, language)))
    return fragment(f"<div{_class(layout)}><b>{heading}</b><table>{cells}</table></div>")


def _class(layout: Random) -> str:
    return f' class="{layout.choice(RELATED_CLASSES)}"'


def _slug(title: str) -> str:
    return "-".join("".join(char for char in word if char.isalnum()) for word in title.casefold().split()[:8]) or "tin"


def _link(title: str) -> str:
    return f"/{escape(_slug(title))}-{len(title) * 7919 % 99_991}.html"


def _body_of(draft: Draft) -> HtmlElement | None:
    return next((one for one in draft.root.iter("body") if isinstance(one, HtmlElement)), None)


def _append_to_body(draft: Draft, block: HtmlElement) -> bool:
    body = _body_of(draft)
    if body is not None:
        body.append(block)
    return body is not None


def _prepend_to_body(draft: Draft, block: HtmlElement) -> bool:
    body = _body_of(draft)
    if body is not None:
        body.insert(0, block)
    return body is not None
