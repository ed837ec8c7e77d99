"""Whether a site's folder may go live, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.errors import SiteError
from bot.flows.content import SHIPPED
from bot.flows.errors import BadContent
from bot.flows.gate import Finding, check, load_content
from bot.journeys.errors import BadJourney
from bot.packs.code import find_code
from bot.packs.names import CONTENT
from bot.packs.pipeline import find_unknown_parts
from bot.packs.unfolding import find_unfolding
from bot.site import Site, read_site
from bot.site_localise import Point, read_points

TRIAL = (
    "site.toml says demo = true. Take it out when everything is your own: while it stands there, "
    "the house starts without looking at localise.toml."
)


@dataclass(frozen=True)
class Report:
    """What is open in ``localise.toml``, what the gate finds, and what cannot be used at all."""

    points: tuple[Point, ...] = ()
    findings: tuple[Finding, ...] = ()
    problems: tuple[str, ...] = ()
    trial: bool = False

    @property
    def may_go_live(self) -> bool:
        """Whether nothing stands in the way."""
        return not (self.points or self.findings or self.problems or self.trial)


def check_folder(folder: Path) -> Report:
    """Everything that stands in the way of the site in ``folder``. Changes nothing."""
    try:
        points = read_points(folder)
    except SiteError as error:
        return Report(problems=(str(error),))
    report = Report(points=tuple(point for point in points if point.open))
    try:
        return _check(folder, report, imported=bool(points))
    except (SiteError, BadContent, BadJourney) as error:
        return replace(report, problems=(str(error),))
    except Exception as error:
        # Strangers wrote it: it may be wrong in a way that no reader of it has foreseen.
        reason = f"This folder cannot be read as a site ({type(error).__name__})."
        return replace(report, problems=(reason,))


def _check(folder: Path, report: Report, *, imported: bool) -> Report:
    if large := [path.relative_to(folder) for path in find_unfolding(folder)]:
        told = tuple(f"{path} is too large when it is read." for path in large)
        return replace(report, problems=told)
    site = read_site(folder)
    # A demo that was written here is what it says; one that came from elsewhere is half-way.
    report = replace(report, trial=site.demo and imported)
    findings, unknown = _check_content(folder / CONTENT, site)
    return replace(report, findings=findings, problems=unknown)


def _check_content(content: Path, site: Site) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    if not content.is_dir():
        return (), ()
    unknown = tuple(_tell_unknown(content))
    return tuple(check(load_content(content, site))), unknown


def _tell_unknown(content: Path) -> Iterator[str]:
    for name in find_unknown_parts(content / "config.yml", SHIPPED / "config.yml"):
        yield f"config.yml names a part that did not come with this house: {name!a}."
    yield from find_code(content)
