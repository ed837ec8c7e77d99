"""Pages, made on the server: everything is escaped, and everything works without a script."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.site import Site
from console.permissions import Permissions

if TYPE_CHECKING:
    from console.members import Member

FOLDER = Path(__file__).with_suffix("")


class Pages:
    """Makes the pages of ``console/pages``."""

    def __init__(self, site: Callable[[], Site], permissions: Permissions) -> None:
        self._site, self._permissions = site, permissions
        self._templates = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["when"] = self.when

    def show(
        self, member: Member | None, template: str, /, status: int = 200, **values: object
    ) -> HTMLResponse:
        """A page for ``member``, or for somebody who is not signed in."""
        return HTMLResponse(self.render(member, template, **values), status_code=status)

    def render(self, member: Member | None, template: str, /, **values: object) -> str:
        """The same as text, for a part of a page."""
        csrf = member.csrf if member else str(values.pop("csrf", ""))
        return self._templates.get_template(template).render(
            {
                "member": member,
                "may": partial(self._may, member),
                "csrf": csrf,
                "csrf_field": partial(_csrf_field, csrf),
                "when": self.when,
                "service_name": self._site().facts["service_name"],
                **values,
            }
        )

    def when(self, moment: datetime | None) -> str:
        """A moment by the clock on the site's wall; today without the day."""
        if moment is None:
            return ""
        local = moment.astimezone(self._site().timezone)
        today = datetime.now(self._site().timezone).date()
        return local.strftime("%H:%M" if local.date() == today else "%d %b %H:%M")

    def _may(self, member: Member | None, permission: str) -> bool:
        return member is not None and self._permissions.allow(member.role, permission)


def _csrf_field(csrf: str) -> Markup:
    return Markup('<input type="hidden" name="csrf" value="{}">').format(csrf)
