"""What an update of the code brings is taken up before anything starts, and told in plain words."""

from __future__ import annotations

from bot.flows.errors import BadContent
from bot.flows.site_in_use import find_site
from bot.flows.updating import UpdateBlocked, bring_up_to_date
from bot.settings import Settings

#: Where staff read more of it.
PAGE = "/releases/update"


def take_up_update(settings: Settings) -> list[str]:
    """Bring the content in use up to date. Returns lines for the operator; none when nothing
    was to be done. Raises ``SiteError``.

    What cannot be brought up to date stays in use as it is.
    """
    try:
        own = bring_up_to_date(settings.home, find_site(settings.site_path, settings.home))
    except UpdateBlocked as blocked:
        return [
            "This site's changes to the conversation do not go together with the update. It "
            "speaks on as before, without what the update says otherwise:",
            *(f"  {line}" for line in str(blocked).splitlines()),
            f"Read on in the console, {settings.console_url}{PAGE}",
        ]
    except BadContent as reason:
        return [f"The conversation in use cannot be brought up to date: {reason}"]
    if own is None:
        return []
    count = len(own.gone) + sum(one.is_overtaken for one in own.changes)
    lines = ["The conversation in use was brought up to date; this site's own changes stay."]
    if count:
        lines.append(
            f"To look at, where both changed something: {count}. {settings.console_url}{PAGE}"
        )
    return lines
