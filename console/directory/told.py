"""What the page of a service begins with after an act."""

from __future__ import annotations

#: What the page begins with after an act, by the word in its address.
TOLD = {
    "saved": "Saved. The bot tells people this from now on.",
    "retired": "Nobody is told of this service any more. It stays here, and can be offered again.",
    "offered": "People are told of this service again.",
    "assured": "Thank you. This counts as made sure of today.",
    "undone": "It is as it was before that change.",
    "capacity": "Thank you. The bot says so for 24 hours.",
    "ended": "The link does not work any more.",
    "changed_meanwhile": "Somebody changed it at this moment, so nothing was done. Look again.",
    "refused": "That is not possible any more: it would give away a place that is confidential, "
    "or nobody could find the service. Open “Change” to see what is in the way.",
    "gone": "There is nothing to put back.",
    "no_number": "Write how many are free as a number.",
    "no_why": "Write in a few words why people are not to be told of it any more.",
}
#: Of those, what is no good news.
FAULTS = frozenset({"changed_meanwhile", "refused", "gone", "no_number", "no_why"})
