"""Tells a page that shows the beginning of an article and a wall after it from one that merely sells subscriptions."""

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from crawler.pages.blocks import fold
from storage.comparison.sentences import CLOSING, ENDS
from storage.letters import count_words

FEW_WORDS = 250  # as much as a teaser has
_WHOLE_PART = 40  # words within what is said to be closed: then it is open to us
_ENOUGH = 8  # words of a line that may be called cut
_LAST = 3  # blocks, among which may be the words of the wall itself
_ENDS = {*ENDS, *CLOSING, ":", ";", "*"}  # of a text that is whole

_CLOSED = re.compile(r'"isAccessibleForFree"\s*:\s*"?(?:https?://schema\.org/)?false\b', re.IGNORECASE)
_PARTS = re.compile(r'"cssSelector"\s*:\s*"\s*([.#])([\w-]+)')
_DASHES = "—–-"

# What only a wall says: that the text goes on, and what to do to read on.
_WALL = re.compile(
    r"""
    (?:subscribe|sign\ (?:up|in)|log\ in|register|join|create\ (?:a\ free\ |an\ )?account|become\ a\ \w+)
        \b.{0,60}\b(?:continue\ reading|keep\ reading|read\ (?:on|the\ (?:full|rest|whole|entire)))
    | (?:continue|keep)\ reading\b.{0,40}\b(?:subscri|sign\ (?:up|in)|log\ in|free\ trial)
    | (?:article|story|content)\ is\ (?:only\ )?(?:for|reserved\ for|available\ to|exclusive\ to)
        \ (?:our\ )?(?:paying\ |paid\ )?(?:subscribers|members)
    | (?:subscriber|member)s?[-\ ]only\ (?:article|story|content)
    | (?:đăng\ ký|đăng\ nhập|mua\ (?:gói|bài)|trở\ thành\ (?:thành\ viên|hội\ viên)|nâng\ cấp)
        .{0,60}(?:để|và)\ (?:đọc|xem)\ (?:tiếp|toàn\ (?:bộ|văn)|trọn|đầy\ đủ|nội\ dung|bài)
    | (?:bài\ viết|nội\ dung)(?:\ này)?\ (?:chỉ\ )?(?:dành\ (?:riêng\ )?cho)
        \ .{0,20}(?:thuê\ bao|hội\ viên|thành\ viên|trả\ phí)
    | (?:jetzt|mit|als)\b.{0,40}\b(?:abo|abonnent\w*|plus)\b.{0,40}\bweiterlesen
    | weiterlesen\ mit\b.{0,40}\b(?:abo|plus)
    | dieser\ (?:artikel|inhalt)\ ist\ (?:nur\ )?(?:für|exklusiv)\ .{0,30}(?:abonnenten|abonnentinnen|mitglieder)
    | (?:abonnez|connectez|inscrivez)-vous\b.{0,60}\b(?:lire|continuer|poursuivre)
    | (?:article|contenu)\ (?:est\ )?réservé\ (?:à\ nos\ |aux\ )abonn
    | il\ (?:vous\ )?reste\ \d+\ ?%\ de\ cet\ article
    | (?:suscr[ií]b|reg[ií]str|inicia\ sesión).{0,60}\b(?:seguir\ leyendo|leer\ (?:el\ artículo|más|completo))
    | (?:contenido|artículo)\ (?:exclusivo|solo)\ para\ suscriptores
    | (?:assine|cadastre-se|faça\ login)\b.{0,60}\b(?:continuar\ lendo|ler\ (?:a|o)\ )
    | (?:abbonati|accedi|registrati)\b.{0,60}\b(?:continuare\ a\ leggere|leggere\ (?:tutto|l['’]articolo))
    | (?:abonneer|log\ in|word\ lid)\b.{0,60}\bverder\ (?:te\ )?lezen
    """,
    re.IGNORECASE | re.VERBOSE,
)


def find_paywall(root: HtmlElement, *, blocks: Sequence[str]) -> str:
    """Why the page shows only the beginning of its article; empty where it is whole, or long enough to be.

    `blocks` are the lead and the running text. Two of three have to hold: the page says to machines that it is
    closed, it says to readers how to read on, its text breaks off.
    """
    if sum(map(count_words, blocks)) > FEW_WORDS or not blocks:
        return ""
    wall = _wall(root)
    closed = _is_closed(root)
    if wall and (closed or _is_cut(blocks, "…")):
        return f"paywall: {wall!r}"
    if wall and _is_cut(blocks, ""):
        return f"paywall: {wall!r}, and the text breaks off"
    if closed and _is_cut(blocks, "…"):
        return "paywall: the page says that it is not free (isAccessibleForFree), and the text breaks off"
    return ""


def _is_closed(root: HtmlElement) -> bool:
    """Whether it says so, and what it says to be closed is not in the page all the same."""
    scripts = [script.text for script in root.iter("script") if "json" in script.get("type", "") and script.text]
    closed = [text for text in scripts if _CLOSED.search(text)]
    parts = {(sign, name) for text in closed for sign, name in _PARTS.findall(text)}
    return bool(closed) and not any(_holds_text(element, parts) for element in (root.iter() if parts else ()))


def _holds_text(element: HtmlElement, parts: set[tuple[str, str]]) -> bool:
    if not isinstance(element.tag, str):
        return False
    names = {("#", element.get("id", "")), *((".", name) for name in element.get("class", "").split())}
    return not names.isdisjoint(parts) and count_words(fold("".join(element.itertext()))) >= _WHOLE_PART


def _is_cut(blocks: Sequence[str], ending: str) -> bool:
    """Whether the text breaks off: at an ellipsis, or, where any will do, its last line without the end of a sentence.

    A line that begins with a dash says whose words the one above it were.
    """
    told = [block.strip() for block in blocks[-_LAST:] if count_words(block) >= _ENOUGH and not _WALL.search(block)]
    if any(text.endswith(("…", "...", "[…]", "[...]", "(...)")) for text in told):
        return True
    return not ending and bool(told) and told[-1][-1:] not in _ENDS and told[-1][:1] not in _DASHES


def _wall(root: HtmlElement) -> str:
    """The words of a wall among those that the page shows."""
    for element in root.iter("p", "div", "h1", "h2", "h3", "h4", "span", "strong", "a", "button", "section", "aside"):
        text = fold(" ".join(part for part in (element.text, *(child.tail for child in element)) if part))
        whole = text if len(text) > 20 else fold("".join(element.itertext()))[:400]
        if whole and len(whole) < 400 and (match := _WALL.search(whole)):
            return match[0][:80]
    return ""
