"""Shows the difference of two versions as a web page of its own: inline, or in two columns."""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import groupby

from luutin.diff_rows import Heading, Row, State, bounds, clean, rows, running
from storage.changes import Comparison
from storage.comparison.hunks import Hunk
from storage.records import Article

_STYLE = """
:root { color-scheme: light dark; --page: #fff; --text: #1b1f24; --soft: #59636e; --line: #d1d9e0; --box: #f6f8fa;
  --gone: #ffd7d5; --gone-text: #6e0a12; --come: #c5f0ce; --come-text: #0a4a1c; --moved: #d8ebff; }
@media (prefers-color-scheme: dark) { :root { --page: #14181d; --text: #e6e9ec; --soft: #9aa5b1; --line: #343c45;
  --box: #1c2229; --gone: #5c1f22; --gone-text: #ffdcd9; --come: #17492a; --come-text: #d3f7dc; --moved: #17375c; } }
body { margin: 0 auto; padding: 1.5rem; background: var(--page); color: var(--text);
  font: 1rem/1.6 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere; }
body.inline { max-width: 46rem; } body.columns { max-width: 80rem; }
h1 { font-size: 1.3rem; line-height: 1.35; margin: 0 0 .25rem; }
header { border-bottom: 1px solid var(--line); margin-bottom: 1rem; padding-bottom: .75rem; }
header p, header ul { margin: .25rem 0; color: var(--soft); } header a { color: inherit; }
header strong { color: var(--text); }
ins { background: var(--come); color: var(--come-text); text-decoration: underline; border-radius: .2em; }
del { background: var(--gone); color: var(--gone-text); text-decoration: line-through; border-radius: .2em; }
.row { margin: .6rem 0; } .label { color: var(--soft); font-size: .85rem; display: block; }
.moved { background: var(--moved); border-radius: .2em; } .heading { font-weight: 600; }
details { color: var(--soft); border: 1px solid var(--line); border-radius: .4rem; padding: .2rem .75rem;
  margin: .6rem 0; }
summary { cursor: pointer; }
.columns .row { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; }
.columns .row > div { border-left: 2px solid var(--line); padding-left: .75rem; }
@media (max-width: 40rem) { .columns .row { grid-template-columns: 1fr; gap: .4rem; } }
"""


def inline_page(old: Article, new: Article, comparison: Comparison, heading: Heading) -> str:
    """An HTML page, complete in itself, with the words taken out and put in marked within the running text."""
    return _page(old, new, comparison, heading, layout="inline", render=_inline_row)


def side_by_side_page(old: Article, new: Article, comparison: Comparison, heading: Heading) -> str:
    """An HTML page, complete in itself, with the old version on the left and the new one on the right."""
    return _page(old, new, comparison, heading, layout="columns", render=_column_row)


def _page(
    old: Article,
    new: Article,
    comparison: Comparison,
    heading: Heading,
    *,
    layout: str,
    render: Callable[[Row], str],
) -> str:
    title = escape(clean(new.title or old.title or heading.url))
    language = escape(new.language or old.language, quote=True)
    body = "\n".join(_folded(rows(old, new, comparison), render))
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}: version {heading.old_version} to {heading.new_version}</title>\n"
        f'<style>{_STYLE}</style>\n</head>\n<body class="{layout}">\n'
        f"{_header(title, comparison, heading)}\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _header(title: str, comparison: Comparison, heading: Heading) -> str:
    url = escape(clean(heading.url), quote=True)
    link = f'<a href="{url}" rel="noreferrer">{url}</a>' if url.startswith(("https://", "http://")) else url
    versions = " to ".join(escape(bound) for bound in bounds(heading))
    reasons = "".join(f"<li>{escape(clean(reason))}</li>" for reason in comparison.reasons)
    verdict = (
        f"<p><strong>{comparison.significance}, {comparison.acknowledged}</strong>: "
        f"{', '.join(comparison.kinds)}</p>\n<ul>{reasons}</ul>"
        if comparison.changes
        else "<p>Nothing was edited.</p>"
    )
    return f'<header lang="en">\n<h1 dir="auto">{title}</h1>\n<p>{link}</p>\n<p>{versions}</p>\n{verdict}\n</header>'


def _folded(all_rows: Sequence[Row], render: Callable[[Row], str]) -> Iterator[str]:
    """The rows, each run of unchanged ones behind a line that opens it."""
    for same, group in groupby(all_rows, key=lambda row: row.state is State.SAME):
        inner = [render(row) for row in group]
        if same:
            yield f'<details><summary lang="en">{len(inner)} unchanged</summary>'
        yield from inner
        if same:
            yield "</details>"


def _inline_row(row: Row) -> str:
    if row.state is State.CHANGED:
        text = "".join(_side(hunk, old=True, new=True) for hunk in running(row.hunks))
    else:
        text = _whole(row, row.old if row.state in {State.REMOVED, State.MOVED_AWAY} else row.new)
    return f'<div class="row">{_label(row)}<div{_kind(row)} dir="auto">{text}</div></div>'


def _column_row(row: Row) -> str:
    if row.state is State.CHANGED:
        left = "".join(_side(hunk, old=True, new=False) for hunk in row.hunks)
        right = "".join(_side(hunk, old=False, new=True) for hunk in row.hunks)
    else:
        left, right = _whole(row, row.old), _whole(row, row.new)
    return (
        f'<div class="row"><div{_kind(row)} dir="auto">{_label(row)}{left}</div>'
        f'<div{_kind(row)} dir="auto">{_label(row)}{right}</div></div>'
    )


def _label(row: Row) -> str:
    note = {State.MOVED_AWAY: "moved away", State.MOVED_HERE: "moved here"}.get(row.state, "")
    text = ", ".join(part for part in (row.label, note) if part)
    return f'<span class="label" lang="en">{escape(text)}</span>' if text else ""


def _kind(row: Row) -> str:
    return ' class="heading"' if row.mark.startswith("#") else ""


def _whole(row: Row, text: str) -> str:
    """A text that is shown in one piece: as it is, or as removed, added or moved."""
    if not text:
        return ""
    shown = escape(row.mark if row.mark != "## " else "") + escape(text)
    if row.state is State.REMOVED:
        return f"<del>{shown}</del>"
    if row.state is State.ADDED:
        return f"<ins>{shown}</ins>"
    return f'<span class="moved">{shown}</span>' if row.state is not State.SAME else shown


def _side(hunk: Hunk, *, old: bool, new: bool) -> str:
    if hunk.equal:
        return escape(hunk.new if new else hunk.old)
    parts = []
    if old and hunk.old:
        parts.append(_tagged("del", hunk.old))
    if new and hunk.new:
        parts.append(_tagged("ins", hunk.new))
    return " ".join(parts) if len(parts) > 1 and not hunk.old[-1:].isspace() else "".join(parts)


def _tagged(tag: str, text: str) -> str:
    """The words marked, and the space behind them not."""
    bare = text.rstrip()
    return (f"<{tag}>{escape(bare)}</{tag}>" if bare else "") + text[len(bare) :]
