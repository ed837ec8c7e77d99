"""What the trainer warns of is a fault, unless it is meant so."""

from __future__ import annotations

from bot.flows.validation import find_faults

PLACE = "\x1b[93m/x/rasa/shared/utils/io.py:100: UserWarning: "
DESIGNED = (
    f"{PLACE}The intent 'answer' is listed in the domain file, but is not found in the NLU "
    "training data.\n\x1b[0m"
    f"{PLACE}The utterance 'utter_thanks' is not used in any story or rule.\n\x1b[0m"
    f"{PLACE}The example 'next' was found labeled with multiple different intents in the data. "
    "The example is labeled with: more, skip.\n\x1b[0m"
)
BEGIN = (
    "2026-11-29 11:47:40 INFO     rasa.cli.train  - Started validating domain and training data\n"
)
END = "2026-11-29 11:47:48 INFO     rasa.validator  - Story structure validation...\n"
TIME = "2026-11-29 11:47:46 INFO     rasa.validator  - Validating utterances...\n"


def test_what_is_meant_so_is_no_fault() -> None:
    assert find_faults(BEGIN + DESIGNED + END) == []


def test_a_fault_is_told_once_in_full() -> None:
    issue = (
        f"{PLACE}Issue found in 'data/rules/help.yml': \nFound intent 'no_such' in stories which "
        "is not part of the domain.\n  More info at https://rasa.example/docs\n\x1b[0m"
    )
    repeated = (
        f"{PLACE}The example 'ok bye' was found labeled with multiple intents.\n\x1b[0m{TIME}"
    )
    assert find_faults(BEGIN + DESIGNED + issue + TIME + issue + repeated) == [
        "Issue found in 'data/rules/help.yml': Found intent 'no_such' in stories which is not part "
        "of the domain.",
        "The example 'ok bye' was found labeled with multiple intents.",
    ]


def test_what_is_still_being_written_is_not_read() -> None:
    whole = f"{PLACE}The utterance 'utter_thanks' is not used in any story or rule.\n"
    assert find_faults(f"{BEGIN}{TIME}{whole[:70]}") == []


def test_what_the_trainer_says_of_itself_is_no_fault() -> None:
    itself = f"{PLACE}'RulePolicy' is not included in the model's policy configuration.\n"
    assert find_faults(itself + BEGIN + DESIGNED + END + itself + TIME) == []
    assert find_faults(BEGIN + itself + END) != []


def test_rules_that_contradict_each_other_are_told() -> None:
    log = "InvalidRule: \nContradicting rules or stories found\n\n" + (
        "- the prediction of the action 'a' in rule 'One' is contradicting with rule 'Two'.\n"
    )
    assert find_faults(log) == [
        "the prediction of the action 'a' in rule 'One' is contradicting with rule 'Two'."
    ]
