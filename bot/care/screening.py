"""What the answers of a check-in add up to, and when to offer a person.

Sources of the rules; each is a screen, and none is a diagnosis:

* PHQ-2, two items of 0 to 3, cut 3: Kroenke, Spitzer and Williams 2003, Medical Care 41(11).
* GAD-2, two items of 0 to 3, cut 3: Kroenke and others 2007, Annals of Internal Medicine 146(5).
* PC-PTSD-5, a gate and five items, cut 4: Prins and others 2016, J Gen Intern Med 31(10), who also
  give the total of 0 after a no at the gate.
* PC-PTSD-5, cut 3 for women: Bovin and others 2021, JAMA Network Open 4(2), e2036733.

No number from here may ever stand in a sentence to a survivor; tests/care/test_screening.py looks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

PHQ2 = ("phq_interest", "phq_down")
GAD2 = ("gad_nervous", "gad_worry")
PTSD_GATE = "ptsd_gate"
PCPTSD5 = ("ptsd_dreams", "ptsd_avoid", "ptsd_guard", "ptsd_numb", "ptsd_guilt")

HOW_OFTEN = {"not_at_all": 0, "several_days": 1, "more_than_half": 2, "nearly_every_day": 3}
YES_NO = {"no": 0, "yes": 1}

PHQ2_CUT = GAD2_CUT = 3
PCPTSD5_CUT, PCPTSD5_CUT_WOMEN = 4, 3

#: Answers after which a person is offered, whatever else was said.
WORRYING = {"feel_today": "very_bad", "feel_safe": "no", "safe_now": "no"}


@dataclass(frozen=True)
class Screening:
    """Totals: ``phq2`` and ``gad2`` 0 to 6, ``pcptsd5`` 0 to 5; ``None`` while an item is missing.

    ``is_high``: one of them has reached its cut, or has so already without the missing items.
    """

    phq2: int | None
    gad2: int | None
    pcptsd5: int | None
    is_high: bool


def score_screening(answers: Mapping[str, str], woman: bool | None) -> Screening:
    """The totals of a check-in's answers, by question and option id.

    ``woman``: whether the person said so themselves; ``None`` where nobody asked. An option that
    an item does not have counts as missing: this room never raises because of an answer.
    """
    phq2, gad2 = _values(answers, PHQ2, HOW_OFTEN), _values(answers, GAD2, HOW_OFTEN)
    pcptsd5 = _shock_values(answers)
    pcptsd5_cut = PCPTSD5_CUT_WOMEN if woman else PCPTSD5_CUT
    return Screening(
        phq2=_total(phq2),
        gad2=_total(gad2),
        pcptsd5=_total(pcptsd5),
        is_high=_reaches(phq2, PHQ2_CUT)
        or _reaches(gad2, GAD2_CUT)
        or _reaches(pcptsd5, pcptsd5_cut),
    )


def is_worrying(answers: Mapping[str, str]) -> bool:
    """Whether to offer a person: not safe today, or the worst of days."""
    return any(answers.get(question) == worst for question, worst in WORRYING.items())


def _shock_values(answers: Mapping[str, str]) -> Sequence[int | None]:
    """After a no at the gate all items are 0; before any answer they are all missing."""
    gate = YES_NO.get(answers.get(PTSD_GATE, ""))
    if gate == YES_NO["yes"]:
        return _values(answers, PCPTSD5, YES_NO)
    return [gate] * len(PCPTSD5)


def _values(
    answers: Mapping[str, str], items: Sequence[str], worth: Mapping[str, int]
) -> Sequence[int | None]:
    return [worth.get(answers.get(item, "")) for item in items]


def _total(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _reaches(values: Sequence[int | None], cut: int) -> bool:
    """No item counts less than 0, so what is missing can only add."""
    return sum(value for value in values if value is not None) >= cut
