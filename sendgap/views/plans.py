"""The views of the page about plans and placements, by the key that a link asks for."""

from __future__ import annotations

from sendgap.errors import UnknownNameError
from sendgap.store import Release
from sendgap.views.model import NoAnswer
from sendgap.views.plans_how_many import how_many
from sendgap.views.plans_model import Plans
from sendgap.views.plans_needs import needs
from sendgap.views.plans_placement import placement
from sendgap.views.plans_requests import requests
from sendgap.views.plans_timeliness import timeliness
from sendgap.views.request import Request

VIEWS = ("prevalence", "needs", "placement", "requests", "timeliness")


def plans(
    release: Release, request: Request, view: str, which: str = "all", shown: str = "share"
) -> Plans | NoAnswer:
    """One view of an area: of all or of new plans, as shares or as numbers, where both are."""
    if view == "prevalence":
        return how_many(release, request)
    if view == "needs":
        return needs(release, request, which)
    if view == "placement":
        return placement(release, request, which, shown)
    if view == "requests":
        return requests(release, request)
    if view == "timeliness":
        return timeliness(release, request)
    raise UnknownNameError("view of plans and placements", view, VIEWS)
