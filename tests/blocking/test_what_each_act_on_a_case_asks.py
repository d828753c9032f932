"""The page of each act on a case: what it asks, what it offers, what it answers to a wrong entry or a late press."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent
from blocking.choices import BlockReason, CaseChannel
from blocking.models import CallerCode, Probation, SupportCase
from blocking.services import Quoted, issue_caller_code, open_case
from tests import factories
from tests.cases import CONTACT_PERSON, HOLDER, NEW_CASE, a_case, a_case_of_supports_own, act_on, checked

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("reason", "caller", "asked"),
    [
        (BlockReason.PASSWORD, CONTACT_PERSON, {"reason"}),
        (BlockReason.PASSWORD, HOLDER, {"reason", "states_absence"}),
        (BlockReason.PIN, CONTACT_PERSON, {"reason"}),
        (BlockReason.QUOTA, CONTACT_PERSON, {"queries", "until"}),
        (BlockReason.QUOTA, HOLDER, {"queries", "until"}),
        (BlockReason.SUPPORT, CONTACT_PERSON, set()),
    ],
)
def test_only_what_the_rule_wants_to_know_is_asked(support, sanne, anna, a_service, reason, caller, asked):
    block = factories.block(anna, reason, service=a_service if reason == BlockReason.QUOTA else None)
    case = checked(a_case(block, sanne, caller), sanne)
    fields = set(support.get(act_on(case, "toekennen")).context["form"].fields)
    assert fields == {"seen", "note"} | asked


def test_the_allowance_is_offered_as_the_portal_gives_it(support, sanne, quota_block, settings):
    settings.PORTAL_PROBATION_QUERIES = 33
    form = support.get(act_on(checked(a_case(quota_block, sanne), sanne), "toekennen")).context["form"]
    assert (form["queries"].value(), form["until"].value()) == (33, 1)
    assert form.fields["until"].choices[0] == (1, "Tot het einde van vandaag")
    assert len(form.fields["until"].choices) == 7


def test_another_allowance_is_given(support, sanne, quota_block):
    case = checked(a_case(quota_block, sanne), sanne)
    typed = {"seen": case.as_seen, "note": "eenmalig", "queries": "12", "until": "3"}
    assert support.post(act_on(case, "toekennen"), typed).status_code == 303
    probation = Probation.objects.get()
    assert probation.queries == 12
    assert 2 <= (probation.valid_until - timezone.now()).days <= 3


def test_an_allowance_of_1_000_is_a_thousand(support, sanne, quota_block):
    case = checked(a_case(quota_block, sanne), sanne)
    typed = {"seen": case.as_seen, "note": "eenmalig", "queries": "1.000", "until": "1"}
    assert support.post(act_on(case, "toekennen"), typed).status_code == 303
    assert Probation.objects.get().queries == 1000


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("queries", "", "Vul in hoeveel bevragingen het account nog mag doen."),
        ("queries", "0", "Geef minstens 1 bevraging."),
        ("queries", "1000001", "Geef hoogstens 1.000.000 bevragingen."),
        ("queries", "veel", "Vul een heel getal in, bijvoorbeeld 1000 of 1.000."),
        ("queries", "1.00", "Vul een heel getal in, bijvoorbeeld 1000 of 1.000."),
        ("until", "8", "Kies een dag uit de lijst."),
        ("until", "gisteren", "Kies een dag uit de lijst."),
        ("note", "", "Schrijf op waarom u het verzoek toekent."),
    ],
)
def test_a_wrong_allowance_is_told_at_its_field(support, sanne, quota_block, field, value, sentence):
    case = checked(a_case(quota_block, sanne), sanne)
    typed = {"seen": case.as_seen, "note": "eenmalig", "queries": "12", "until": "1"} | {field: value}
    answer = support.post(act_on(case, "toekennen"), typed)
    assert answer.status_code == 200
    assert answer.text.count(sentence) == 2
    assert not Probation.objects.exists()


@pytest.mark.parametrize("code", ["abc", "1234567", "123456789", "１２３４５６７８", "1234-5678"])
def test_what_cannot_be_a_code_is_no_guess(support, sanne, anja, noord, quota_block, code):
    issue_caller_code(by=factories.by(anja).acting_for(noord), at=timezone.now())
    case = a_case(quota_block, sanne)
    answer = support.post(act_on(case, "code"), {"seen": case.as_seen, "code": code})
    assert answer.status_code == 200
    assert "Een code heeft 8 cijfers." in answer.text
    assert CallerCode.objects.get().wrong_entries == 0
    assert not AuditEvent.objects.filter(outcome="refused").exists()


def test_a_wrong_code_is_told_at_its_field(support, sanne, quota_block):
    case = a_case(quota_block, sanne)
    answer = support.post(act_on(case, "code"), {"seen": case.as_seen, "code": "1234 5678"})
    assert answer.status_code == 403
    assert set(answer.context["form"].errors) == {"code"}
    assert AuditEvent.objects.filter(slug="account:case_act:refused").count() == 1


@pytest.mark.parametrize("act", ["toekennen", "afwijzen", "intrekken", "overdragen", "controle", "code", "nemen"])
def test_a_page_that_is_out_of_date_gets_409_and_no_form(support, sanne, quota_block, act):
    case = checked(a_case(quota_block, sanne), sanne)
    typed = {"note": "x", "reason": "other", "queries": "1", "until": "1", "code": "12345678", "check": "call_back"}
    typed |= {"caller": "contact_person", "caller_name": "Anja", "to": "", "seen": "open...."}
    answer = support.post(act_on(case, act), typed)
    assert answer.status_code == 409
    assert "intussen gewijzigd" in answer.text
    assert 'class="vp-form"' not in answer.text


def test_another_block_is_chosen_from_those_that_are_free(support, sanne, teun, anna):
    pin, password = factories.block(anna, BlockReason.PIN), factories.block(anna)
    factories.block(anna, BlockReason.SUPPORT)
    a_case(pin, teun)
    case = open_case(
        quoted=Quoted.of(anna),
        caller=CONTACT_PERSON,
        channel=CaseChannel.PHONE,
        by=factories.by(sanne),
        at=timezone.now(),
    )
    offered = support.get(act_on(case, "blokkade")).context["form"].fields["block"].queryset
    assert {block.reason for block in offered} == {"password", "support"}
    answer = support.post(act_on(case, "blokkade"), {"seen": case.as_seen, "block": password.pk})
    assert answer.status_code == 303
    case.refresh_from_db()
    assert case.block == password


def test_handing_over_offers_colleagues_alone(support, sanne, teun, quota_block):
    case = a_case(quota_block, sanne)
    form = support.get(act_on(case, "overdragen")).context["form"]
    assert list(form.fields["to"].queryset) == [teun]
    typed = {"seen": case.as_seen, "to": teun.pk, "reason": "weet er meer van"}
    assert support.post(act_on(case, "overdragen"), typed).status_code == 303


def test_refusing_and_withdrawing_close_it(support, sanne, anna, quota_block):
    case = a_case(quota_block, sanne)
    assert support.post(act_on(case, "afwijzen"), {"seen": case.as_seen, "note": "nog niet"}).status_code == 303
    other = a_case(factories.block(anna), sanne)
    assert support.post(act_on(other, "intrekken"), {"seen": other.as_seen, "reason": "belt terug"}).status_code == 303
    assert {each.state for each in SupportCase.objects.all()} == {"refused", "withdrawn"}


def test_acts_want_a_csrf_token(sanne, quota_block):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(sanne)
    case = a_case(quota_block, sanne)
    for address in (act_on(case, "afwijzen"), NEW_CASE):
        assert browser.post(address, {"note": "x"}).status_code == 403
    case.refresh_from_db()
    assert case.is_open


def test_a_case_of_supports_own_is_about_nobody_elses_block(support, sanne, anna):
    case = a_case_of_supports_own(factories.block(anna, BlockReason.SUPPORT), sanne)
    answer = support.post(act_on(case, "toekennen"), {"seen": case.as_seen, "note": "sleutel gevonden"}, follow=True)
    assert "Toegekend" in answer.text


def test_after_a_lift_it_says_what_is_open_still(support, sanne, anna):
    case = checked(a_case(factories.block(anna), sanne), sanne)
    factories.block(anna, BlockReason.PIN)
    typed = {"seen": case.as_seen, "reason": "forgotten", "note": "teruggebeld"}
    after = support.post(act_on(case, "toekennen"), typed, follow=True).text
    assert "De blokkade van Anna de Boer is opgeheven. De rechtmatige gebruiker krijgt bericht per e-mail." in after
    assert "Het account blijft geblokkeerd. Ook open: Pincode geblokkeerd." in after


def test_nobody_is_promised_a_mail_that_does_not_come(support, sanne, noord_software):
    case = checked(a_case(factories.block(noord_software, BlockReason.PIN), sanne), sanne)
    typed = {"seen": case.as_seen, "reason": "other", "note": "teruggebeld"}
    after = support.post(act_on(case, "toekennen"), typed, follow=True).text
    assert "is opgeheven." in after
    assert "per e-mail." not in after.split("vp-summary-list")[0]
