"""The `[significance]` table of a site file: how much each kind of change weighs on that site, as checked values."""

from pydantic import BaseModel, ConfigDict

from storage.changes import ChangeKind, Significance, SiteWeights

_Level = Significance | None


class _Table(BaseModel):
    """Keys are spelt as kinds are: `paragraph-added`."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", "-"),
        serialize_by_alias=True,  # so that what a site dumps makes an equal site
    )

    def stated(self) -> dict[ChangeKind, Significance]:
        """What the table says, by kind."""
        return {ChangeKind(name.replace("_", "-")): level for name, level in self if isinstance(level, Significance)}


class _Words(_Table):
    """What can happen to the words of a text."""

    number: _Level = None
    date: _Level = None
    name: _Level = None
    quote: _Level = None
    negation: _Level = None
    sentence_added: _Level = None
    sentence_removed: _Level = None
    wording: _Level = None
    spelling: _Level = None
    orthographic: _Level = None


class _Title(_Words):
    headline: _Level = None


class _Lead(_Words):
    lead: _Level = None


class _Captions(_Words):
    caption: _Level = None


class _Body(_Words):
    paragraph_added: _Level = None
    paragraph_removed: _Level = None
    moved: _Level = None
    correction_note: _Level = None


class _Fields(_Table):
    """What a kind weighs in one field, whatever it weighs elsewhere."""

    title: _Title = _Title()
    lead: _Lead = _Lead()
    body: _Body = _Body()
    captions: _Captions = _Captions()


class Weighing(_Body):
    """What each kind weighs; one that is not stated weighs what it does everywhere."""

    headline: _Level = None
    lead: _Level = None
    byline: _Level = None
    dateline: _Level = None
    caption: _Level = None
    image: _Level = None
    section: _Level = None
    tags: _Level = None
    fields: _Fields = _Fields()

    def weights(self) -> SiteWeights:
        """The table as the archive takes it."""
        return SiteWeights(kinds=self.stated(), fields={name: table.stated() for name, table in self.fields})
