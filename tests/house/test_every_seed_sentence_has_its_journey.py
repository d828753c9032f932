"""The seed page is kept, sentence by sentence: each has its journey, or waits by name for the part that brings it.

Sentences are numbered in the order of the page, headings left out. Who builds what a waiting sentence is about moves
its number from WAITING to JOURNEYS.
"""

import importlib
from collections.abc import Callable

import pytest

JOURNEYS = {
    1: "test_reasons.test_who_is_blocked_finds_out_how_the_block_ends",
    2: "test_reasons.test_any_of_several_reasons_keeps_somebody_from_signing_in",
    # A wrong password, too often.
    3: "test_password_blocked.test_five_wrong_passwords_block_the_account",
    4: "test_password_blocked.test_passwords_are_case_sensitive",
    5: "test_password_blocked.test_caps_lock_or_num_lock_may_have_been_the_cause",
    6: "test_password_blocked.test_the_contact_person_is_the_one_to_ask",
    7: "test_password_blocked.test_the_contact_person_lifts_the_block_at_once",
    8: "test_password_blocked.test_after_the_lift_signing_in_can_be_tried_again",
    9: "test_password_blocked.test_a_forgotten_password_is_changed_with_the_pin",
    10: "test_support_lifts.test_support_asks_whether_the_contact_person_is_absent",
    11: "test_support_lifts.test_the_rightful_user_reaches_support_when_the_contact_person_is_absent",
    12: "test_support_lifts.test_the_contact_person_may_ask_support_too",
    # A wrong PIN, too often. Of 13 the half about installing a certificate comes with that door.
    13: "test_pin_blocked.test_five_wrong_pins_block_the_account",
    14: "test_pin_blocked.test_pins_are_case_sensitive",
    15: "test_pin_blocked.test_caps_lock_or_num_lock_may_have_spoilt_the_pin",
    16: "test_pin_blocked.test_the_contact_person_is_the_one_to_ask_about_a_pin",
    17: "test_pin_blocked.test_the_contact_person_lifts_a_pin_block_at_once",
    18: "test_system_certificate_blocked.test_only_support_lifts_the_pin_block_of_a_system_account",
    19: "test_pin_blocked.test_after_the_lift_the_right_pin_is_taken_again",
    20: "test_pin_blocked.test_who_has_not_the_right_pin_is_told_the_way_out",
    # The quota of a service, exceeded.
    21: "test_quota_crossed.test_more_queries_than_the_quota_block_the_account",
    22: "test_quota_blocked.test_who_is_over_a_quota_is_told_to_get_in_touch",
    23: "test_quota_blocked.test_the_contact_person_does_not_lift_a_quota_block",
    24: "test_quota_crossed.test_the_block_is_known_by_429_and_ends_with_support",
    25: "test_quota_blocked.test_the_message_says_how_it_is_lifted_and_asks_with_one_press",
    26: "test_quota_blocked.test_support_lifts_it_on_request_with_both_numbers",
    27: "test_quota_blocked.test_for_the_software_the_contact_person_asks",
    28: "test_quota_blocked.test_for_the_software_support_is_rung_or_written_to",
    29: "test_quota_blocked.test_for_the_software_its_own_number_is_quoted",
    # The pages that are related.
    30: "test_related_pages.test_the_page_about_blocks_leads_to_every_related_subject",
}
WAITING: dict[int, str] = {}
SENTENCES = 30


def journey(name: str) -> Callable[..., None]:
    module, _, function = name.partition(".")
    found: Callable[..., None] = getattr(importlib.import_module(f"tests.journeys.{module}"), function)
    return found


def test_no_sentence_is_forgotten_and_none_both_waits_and_is_kept():
    assert sorted([*JOURNEYS, *WAITING]) == list(range(1, SENTENCES + 1))


@pytest.mark.parametrize("number", JOURNEYS)
def test_the_journey_is_there_and_says_the_sentence_in_our_own_words(number):
    told = journey(JOURNEYS[number]).__doc__
    assert told
    assert told.rstrip().endswith((".", "?"))


def test_every_sentence_has_a_journey_of_its_own():
    assert len(set(JOURNEYS.values())) == len(JOURNEYS)
