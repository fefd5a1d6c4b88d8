"""A visit as a script gets it."""

from typing import Any

from storage.visits import Visit


def visit_fields(visit: Visit) -> dict[str, Any]:
    """A visit as `luutin crawl --json` prints it."""
    return {
        "url": visit.url,
        "page": visit.page_url,
        "at": visit.at.isoformat(),
        "outcome": visit.outcome.value,
        "status": visit.status,
        "version": visit.version,
        "note": visit.note,
        "edit": visit.edit_id,
    }
