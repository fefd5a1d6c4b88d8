"""The read door: everything that is read from an archive is read through `Queries`, which cannot write."""

from storage.asking.edits import EditQueries
from storage.asking.learning import LearningQueries
from storage.asking.overview import OverviewQueries
from storage.asking.searching import SearchQueries
from storage.asking.texts import TextQueries


class Queries(TextQueries, EditQueries, LearningQueries, SearchQueries, OverviewQueries):
    """An archive open for reading.

    Raises:
        ArchiveError: from any method, when the database fails; the text says what a person can do.
    """
