"""A canonical URL that is another article's is a slip of a template that states one for all, and decides nothing."""

from dataclasses import replace

from sqlalchemy import Connection, select

from storage import frontier, schema, versions
from storage.deciding import same_article
from storage.visits import Finding

_page = schema.page.c


def well_named(connection: Connection, finding: Finding) -> Finding:
    """The finding without the identity that it states, where the page known by that holds another article.

    What comes after a redirect is what its URL holds. Two readings by different readers are not compared.
    """
    reading, response = finding.reading, finding.response
    article = reading.article if reading and not reading.suspect else None
    if reading is None or article is None or response is None or response.hops or not finding.identity:
        return finding
    known = frontier.page_at(connection, finding.identity)
    if known is None or known == finding.page_id:
        return finding
    holder = connection.execute(select(_page.version_id).where(_page.id == known)).scalar_one()
    there, reader = versions.current(connection, holder)
    if there is None or reader != reading.reader or same_article(there, article):
        return finding
    return replace(finding, identity="")
