"""An invented page that allows every kind of edit, and a few more that lend it their texts."""

import json
from random import Random

from bench.mutating.drafts import draft_of, parse, text_of
from bench.mutating.stock import Source, Stock, source_of, stock_for
from bench.mutating.stories import Workshop
from bench.scoring import Gold

TITLE = "Harbour town of Lowmere rebuilds its oldest bridge"
LEAD = "The iron bridge that closed after the winter floods will carry traffic again, engineers of the county said."
BODY = (
    LEAD,
    (
        "Work on the crossing began in spring and took 214 days, far longer than the council had first expected. "
        "The bill came to 38.5 million crowns. Most of that went into the two piers in the middle of the river."
    ),
    "The chief engineer Clara Whitfield said that the old stones were stronger than anybody had believed before.",
    (
        "Inspectors visited the site on 14 March and found the piers sound, after they had closed one lane for a week. "
        "They will come back before the summer holidays begin and look at the railings once more."
    ),
    "“We have waited for this bridge through a long and muddy winter, and nobody will miss the ferry,” said one.",
    (
        "The ferry was not meant to run for more than a month, and its captain café owner Brandt has kept counting "
        "every crossing since the first."
    ),
    "Lorries have to take the northern road until the new railings have been painted and inspected by the county.",
    "Traffic is expected to double in the first weeks, and wardens of the council will stand at both ends of it.",
    "New railings along the whole length of the bridge",
    "Lamps that burn all night on both sides of it",
    "Schools along the river will close early on the day of the opening, when a band is going to play on the quay.",
    "The bridge over the Lowmere seen from the western quay",
)
GOLD = Gold(body=BODY, optional=frozenset([11]), title=TITLE, authors=("Morten Askeland",), day="2026-03-20")
_LD = {
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": "2026-03-20T07:30:00+01:00",
    "author": {"@type": "Person", "name": "Morten Askeland"},
    "articleSection": "Harbour",
    "keywords": ["bridges", "floods"],
    "articleBody": " ".join(BODY[:8]),
}
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE} | The Lowmere Courier</title>
<meta property="og:title" content="{TITLE}"><meta name="description" content="{LEAD}">
<meta property="article:section" content="Harbour"><meta property="article:tag" content="bridges">
<meta property="article:published_time" content="2026-03-20T07:30:00+01:00">
<link rel="stylesheet" href="/static/site.css"><script src="/static/site.js"></script>
<script type="application/ld+json">{json.dumps(_LD)}</script></head><body>
<header class="top"><nav><a href="/">Home</a><a href="/harbour">Harbour</a></nav></header>
<div class="breadcrumb"><a href="/harbour">Harbour</a></div><div class="outer"><div>
<article class="story"><h1>{TITLE}</h1><p class="standfirst">{LEAD}</p>
<p class="byline">By <a href="/by/askeland">Morten Askeland</a>, <time datetime="2026-03-20">20 March 2026</time></p>
<div class="text">{"".join(f"<p>{text}</p>" for text in BODY[1:8])}
<figure><img src="/media/lowmere-bridge-20260319-wide.jpg" alt=""><figcaption>{BODY[11]}</figcaption></figure>
<ul><li>{BODY[8]}</li><li>{BODY[9]}</li></ul>
<table><tr><td>Piers</td><td>38.5 million crowns</td></tr></table><p>{BODY[10]}</p></div>
<div class="tags"><a rel="tag" href="/tag/bridges">bridges</a><a rel="tag" href="/tag/floods">floods</a></div>
</article></div></div><aside><img src="/media/side.jpg" alt="side"></aside>
<footer class="bottom"><p>The Lowmere Courier</p></footer></body></html>"""

_OTHERS = (
    ("Ferry company looks for new captains", "Henrik Solvang"),
    ("County opens a school beside the old mill", "Ingrid Falkner"),
    ("Why the fish market moved to the eastern quay", "Oskar Lindqvist"),
    ("A second winter of floods troubles the farmers", "Petra Hallam"),
)


def others() -> list[Source]:
    """What the other pages lend."""
    sources = []
    for title, author in _OTHERS:
        body = tuple(
            f"{title}: that is what everybody in street {number} talked about during breakfast, and several wanted to "
            "hear considerably more. Some remained doubtful about whatever happened next, as usual."
            for number in range(1, 14)
        )
        paragraphs = "".join(f"<p>{one}</p>" for one in body)
        text = f"<html lang=en><title>{title}</title><h1>{title}</h1>{paragraphs}</html>"
        sources.append(source_of(title, draft_of(text, Gold(body=body, title=title, authors=(author,)))))
    return sources


def stock() -> Stock:
    return stock_for("lowmere", "en", others(), Random(1))


def shop(seed: int = 1, text: str = PAGE, gold: Gold = GOLD) -> Workshop:
    return Workshop(name="lowmere", text=text, gold=gold, stock=stock(), seed=seed)


def shown(text: str) -> str:
    """What a reader sees of a page."""
    return text_of(parse(text))
