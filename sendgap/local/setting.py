"""What loading local returns needs of the catalogue, read once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sendgap.catalogue.areas import Areas
from sendgap.catalogue.load import Catalogue
from sendgap.catalogue.model import Indicator
from sendgap.config import Paths
from sendgap.local.context import Context
from sendgap.local.folder import LocalFolder
from sendgap.local.lists import Lists
from sendgap.local.measures import LocalMeasures
from sendgap.local.returns.kinds import ReturnKinds
from sendgap.local.returns.values import Known
from sendgap.terms import ValueType


@dataclass(frozen=True, slots=True)
class Setting:
    """The catalogue's part in local loading, and the folder it goes to."""

    where: Paths
    folder: LocalFolder
    areas: Areas
    indicators: Mapping[str, Indicator]
    measures: LocalMeasures
    kinds: ReturnKinds
    needs: Mapping[str, str]
    context: Context

    @classmethod
    def load(cls, where: Paths) -> Setting:
        """Read the catalogue; :class:`CatalogueError` names its faults."""
        catalogue = Catalogue.load(where.catalogue)
        measures = LocalMeasures.load(where.catalogue)
        needs = _needs(catalogue.breakdowns)
        scores = {i.id for i in catalogue.indicators.values() if i.value_type is ValueType.SCORE}
        kinds = ReturnKinds.load(where.catalogue, measures, needs, scores)
        return cls(
            where, LocalFolder(where.local), Areas.load(where.reference), catalogue.indicators,
            measures, kinds, needs, Context.load(where.catalogue),
        )  # fmt: skip

    def known(self, lists: Lists) -> Known:
        """What the cells of a return may name."""
        return Known(frozenset(lists.schools["urn"]), lists.dspls, self.needs)


def _needs(breakdowns: Mapping[str, str]) -> dict[str, str]:
    """Primary needs by the spellings taken: the code, and the name in full."""
    found = {}
    for key, name in breakdowns.items():
        if key.startswith("need:"):
            code = key.removeprefix("need:")
            found[code] = found[name.lower()] = code
    return found
