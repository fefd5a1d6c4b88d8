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
{stamp_files}
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
{stamps}
WHAT IT DOES NOT PROVE

- That the site sent it. Whoever holds an archive could make one up as a whole. What stands against that: a head kept by
  somebody else, and other archives that captured the same page.
- That the times are right: they are those of the clock of the machine that ran the crawl{but}.
- That everybody was shown the same.
- When the edit was made: only that it was made between the two times above.
- Who made the edit, and why. What the program calls it is a judgement; the two answers are what it was made from.
"""


_STAMP_FILES = """\
stamp-*.json       the heads of all chains, which were stamped; stamp-*.tst the stamp of each (RFC 3161)
certificates.pem   the root certificates of the authority, where whoever packed this had them
"""

_STAMPS = """
An authority for time stamps has signed that it was given the SHA-256 of a stamp-*.json at a certain time. That file
names an entry of the chain, which commits to all before it. So these entries were there at that time at the latest,
whatever the clock of the machine said, and nobody, not even who holds the archive, can have made them up later:

{described}

It does not show how long before that time an entry was made, nor anything of later entries, nor that what the entries
say is true. It is worth as much as the authority is trusted, and is only checked against root certificates that come
from the authority itself, not from whoever packed this file:

  luutin verify FILE.zip --certificates ROOTS.pem

or without Luutin, after the line of the chain was found that stamp-1.json names:

  openssl ts -verify -data stamp-1.json -in stamp-1.tst -token_in -CAfile ROOTS.pem
"""


def readme(edit: EditRow, about: Mapping[str, Any], described: str) -> str:
    """The text for one edit; `described` are the time stamps, a line each, or nothing."""
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
        stamp_files=_STAMP_FILES if described else "",
        stamps=_STAMPS.format(described=described) if described else "",
        but=", but for what is stamped above" if described else "",
    )
