"""An Article as JSON and back: the form that `luutin show --json` prints and that versions are stored in."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from storage.records import KEY_BYTES, Article, Block, BlockKind, Image, Moment


def _moment_out(moment: Moment | None) -> dict[str, Any] | None:
    if moment is None:
        return None
    if moment.at.tzinfo is None:
        raise ValueError(f"a naive time cannot be stored: {moment.at!r}")
    return {
        "at": moment.at.astimezone(UTC).isoformat(),
        "offset_seconds": moment.offset.total_seconds(),
        "text": moment.text,
        "date_only": moment.date_only,
        **({"updated": True} if moment.updated else {}),
    }


def _moment_in(value: Mapping[str, Any] | None) -> Moment | None:
    if value is None:
        return None
    return Moment(
        at=datetime.fromisoformat(value["at"]),
        offset=timedelta(seconds=value["offset_seconds"]),
        text=value["text"],
        date_only=value["date_only"],
        updated=value.get("updated", False),
    )


def _keys_out(keys: tuple[int, ...]) -> str:
    return b64encode(b"".join(key.to_bytes(KEY_BYTES, "big") for key in keys)).decode("ascii")


def _keys_in(text: str) -> tuple[int, ...]:
    data = b64decode(text)
    return tuple(int.from_bytes(data[at : at + KEY_BYTES], "big") for at in range(0, len(data), KEY_BYTES))


def article_fields(article: Article) -> dict[str, Any]:
    """The fields of an article for people and scripts; times in RFC 3339 with the page's own offset."""
    return {
        "url": article.url,
        "canonical_url": article.canonical_url,
        "title": article.title,
        "section": article.section,
        "lead": article.lead,
        "authors": list(article.authors),
        "published": article.published.iso if article.published else None,
        "published_text": article.published.text if article.published else "",
        "modified": article.modified.iso if article.modified else None,
        "modified_text": article.modified.text if article.modified else "",
        "language": article.language,
        "body": [{"kind": block.kind.value, "text": block.text} for block in article.body],
        "captions": list(article.captions),
        "images": [{"url": image.url, "caption": image.caption, "alt": image.alt} for image in article.images],
        "tags": list(article.tags),
    }


def to_bytes(article: Article) -> bytes:
    """The article as canonical JSON (sorted keys, UTF-8), from which `from_bytes` makes an equal one."""
    fields = article_fields(article)
    for name, moment in (("published", article.published), ("modified", article.modified)):
        del fields[f"{name}_text"]
        fields[name] = _moment_out(moment)
    fields["shown"] = _keys_out(article.shown)
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def from_bytes(data: bytes) -> Article:
    """The article that `to_bytes` wrote."""
    fields = json.loads(data.decode("utf-8", "surrogatepass"))
    return Article(
        **{
            **fields,
            "authors": tuple(fields["authors"]),
            "captions": tuple(fields["captions"]),
            "tags": tuple(fields["tags"]),
            "published": _moment_in(fields["published"]),
            "modified": _moment_in(fields["modified"]),
            "body": tuple(Block(kind=BlockKind(b["kind"]), text=b["text"]) for b in fields["body"]),
            "images": tuple(Image(**image) for image in fields["images"]),
            "shown": _keys_in(fields.get("shown", "")),
        }
    )
