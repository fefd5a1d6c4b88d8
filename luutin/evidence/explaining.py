"""The README of a file of evidence: what it holds, what it proves and what it does not, in plain words."""

from collections.abc import Mapping
from typing import Any

from luutin.diff_rows import clean
from storage.rows import EditRow

_TEXT = """\
EVIDENCE FOR AN EDIT

Page:     {url}
Edit:     number {edit}, {significance}, {acknowledged}
Between:  {old_at} (the old text was seen last)
          {new_at} (the new text was seen first)
Packed:   {packed}

WHAT IS HERE

captures.warc.gz   both answers of the site, byte for byte as received, and the requests (WARC 1.1)
text-old.json      what was read from the first answer; text-new.json from the second
diff.html          the difference, for a browser; diff.json the same for programs
edit.json          what the program calls this edit, and why
visits.jsonl       every look at the page between the two
rows.json          the rows of the archive about it
chain-*.jsonl      the hash chain of the site, from the first entry that is needed to the newest one
evidence.json      the digest of each file, the versions of the programs, the heads of the chains

HOW TO CHECK IT

On any machine, without the archive and without a network:  luutin verify FILE.zip
By hand: `sha256sum` of each file is in evidence.json. How each line of the chain follows from the one before stands in
docs/evidence.md of Luutin.

WHAT IT PROVES

That the two answers, the times, the texts read from them and the visits between belong to one chain of records, in
which each commits to all before. Nothing in it was altered without everything after it being made anew. The heads of
the chains when this was packed:

{heads}

If one of these, or a later one of the same chain, was published or given to somebody at a certain time, then all of
this was there at that time.

WHAT IT DOES NOT PROVE

- That the site sent it. Whoever holds an archive could make one up as a whole. What stands against that: a head kept by
  somebody else, and other archives that captured the same page.
- That the times are right: they are those of the clock of the machine that ran the crawl.
- That everybody was shown the same.
- When the edit was made: only that it was made between the two times above.
- Who made the edit, and why. What the program calls it is a judgement; the two answers are what it was made from.
"""


def readme(edit: EditRow, about: Mapping[str, Any]) -> str:
    """The text for one edit."""
    heads = "\n".join(f"  {site}  entry {seq}\n  {digest}" for site, (seq, digest) in about["heads"].items())
    return _TEXT.format(
        url=clean(edit.url),
        edit=edit.id,
        significance=edit.significance,
        acknowledged=edit.acknowledged,
        old_at=edit.between[0].isoformat(),
        new_at=edit.between[1].isoformat(),
        packed=about["packed"],
        heads=heads,
    )
