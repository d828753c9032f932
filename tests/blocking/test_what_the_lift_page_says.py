"""Support's page for lifting: what it says of the block, what it asks, and what it answers to a wrong entry."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from blocking.choices import BlockReason, LiftChannel, LiftReason
from blocking.services import lift_block
from tests import factories

pytestmark = pytest.mark.django_db

COMPLETE = {"channel": "phone", "caller": "contact_person", "reason": "forgotten", "note": "teruggebeld"}


@pytest.fixture
def support(client, sanne):
    client.force_login(sanne)
    return client


@pytest.fixture
def quota_block(anna, a_service):
    block = factories.block(anna, BlockReason.QUOTA, service=a_service)
    block.evidence_count = 501
    block.save(update_fields=["evidence_count"])
    return block


@pytest.fixture
def lifted(anna, anja, noord):
    block = factories.block(anna)
    return lift_block(
        block,
        by=factories.by(anja).acting_for(noord),
        at=timezone.now(),
        channel=LiftChannel.USER_ADMINISTRATION,
        reason=LiftReason.FORGOTTEN,
    )


def address(block):
    return reverse("admin:blocking_block_lift", args=[block.pk])


def quoting(block, **changed):
    numbers = {
        "quoted_agb_code": block.account.organisation.agb_code,
        "quoted_user_number": block.account.user_number,
    }
    return COMPLETE | numbers | changed


# --- what it says --------------------------------------------------------------------------------


def test_a_quota_block_comes_from_queries_and_not_from_wrong_entries(support, quota_block):
    page = support.get(address(quota_block)).text
    assert "Meer bevragingen van Controle op verzekering dan het quotum toestaat (501 geteld)" in page
    assert "verkeerd" not in page
    assert "foute" not in page


def test_a_quota_block_without_a_figure_names_none(support, anna, a_service):
    block = factories.block(anna, BlockReason.QUOTA, service=a_service)
    block.evidence_count = 0
    block.save(update_fields=["evidence_count"])
    page = support.get(address(block)).text
    assert "dan het quotum toestaat" in page
    assert "geteld" not in page


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (BlockReason.PASSWORD, "5 keer achter elkaar een verkeerd wachtwoord"),
        (BlockReason.PIN, "5 keer achter elkaar een verkeerde pincode"),
        (BlockReason.SUPPORT, "Support heeft het account geblokkeerd"),
    ],
)
def test_every_reason_has_its_own_cause(support, anna, reason, said):
    assert said in support.get(address(factories.block(anna, reason))).text


def test_what_else_is_open_is_said_before_and_after(support, anna):
    block = factories.block(anna)
    factories.block(anna, BlockReason.PIN)
    assert "Pincode geblokkeerd" in support.get(address(block)).text
    after = support.post(address(block), COMPLETE, follow=True).text
    assert "blijft geblokkeerd" in after
    assert "Pincode geblokkeerd" in after


def test_nobody_is_promised_a_mail_that_does_not_come(support, noord_software):
    block = factories.block(noord_software, BlockReason.PIN)
    after = support.post(address(block), COMPLETE, follow=True).text
    assert "is opgeheven" in after
    assert "per e-mail" not in after


# --- what it asks --------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["channel", "caller", "reason"])
def test_nothing_is_chosen_beforehand(support, anna, field):
    form = support.get(address(factories.block(anna))).context["form"]
    assert form.fields[field].choices[0] == ("", "Kies")
    assert form.fields[field].required
    assert form[field].value() in {None, ""}


@pytest.mark.parametrize(
    ("reason", "asked"),
    [
        (BlockReason.PASSWORD, {"caller", "states_absence"}),
        (BlockReason.PIN, {"caller"}),
        (BlockReason.SUPPORT, set()),
    ],
)
def test_only_what_the_rule_wants_to_know_is_asked(support, anna, reason, asked):
    fields = set(support.get(address(factories.block(anna, reason))).context["form"].fields)
    assert fields == {"channel", "reason", "note"} | asked


def test_for_a_quota_the_numbers_are_asked(support, quota_block):
    fields = set(support.get(address(quota_block)).context["form"].fields)
    assert fields == {"channel", "caller", "quoted_agb_code", "quoted_user_number", "reason", "note"}


def test_for_a_colleague_at_support_no_caller_is_asked(support, teun):
    assert "caller" not in support.get(address(factories.block(teun))).context["form"].fields


# --- what it answers to a wrong entry ------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("channel", "", "Kies hoe het verzoek binnenkwam."),
        ("channel", "user_administration", "Kies hoe het verzoek binnenkwam."),
        ("caller", "", "Kies op wiens verzoek u deze blokkade opheft."),
        ("caller", "de buurvrouw", "Kies op wiens verzoek u deze blokkade opheft."),
        ("reason", "", "Kies een reden."),
        ("reason", "zomaar", "Kies een reden."),
        ("note", "", "Schrijf in de toelichting waarom u de blokkade opheft."),
        ("note", "x" * 501, "Een toelichting heeft hoogstens 500 tekens."),
        ("quoted_agb_code", "", "Vul de AGB-code in die de beller noemt."),
        ("quoted_agb_code", "1" * 30, "Een AGB-code heeft 8 cijfers."),
        ("quoted_user_number", "", "Vul het gebruikersnummer in dat de beller noemt."),
        ("quoted_user_number", "1" * 30, "Een gebruikersnummer heeft 14 cijfers."),
    ],
)
def test_a_wrong_entry_is_told_above_and_at_its_field(support, quota_block, field, value, sentence):
    answer = support.post(address(quota_block), quoting(quota_block, note="wat ik al typte") | {field: value})
    assert answer.status_code == 200
    assert answer.text.count(sentence) == 2
    assert "<title>Fout: " in answer.text
    assert f'href="#id_{field}"' in answer.text
    quota_block.refresh_from_db()
    assert quota_block.is_open


def test_what_was_typed_stays(support, quota_block):
    typed = quoting(quota_block, caller="account_holder", note="wat ik al typte", reason="", quoted_agb_code="00 11")
    page = support.post(address(quota_block), typed).text
    assert "wat ik al typte" in page
    assert 'value="00 11"' in page
    assert '<option value="account_holder" selected>' in page


def test_an_empty_entry_is_a_wrong_entry(support, quota_block):
    answer = support.post(address(quota_block), {})
    assert answer.status_code == 200
    assert len(answer.context["form"].errors) == 6


@pytest.mark.parametrize(
    ("entered", "field"),
    [
        ({"caller": "account_holder"}, "states_absence"),
        ({"caller": "account_holder", "quoted_agb_code": "99999999"}, "quoted_agb_code"),
    ],
)
def test_what_the_policy_refuses_is_told_at_the_field_it_is_about(support, anna, a_service, entered, field):
    about_quota = field == "quoted_agb_code"
    block = factories.block(anna, BlockReason.QUOTA, service=a_service) if about_quota else factories.block(anna)
    answer = support.post(address(block), quoting(block, **entered))
    assert answer.status_code == 403
    assert set(answer.context["form"].errors) == {field}
    assert AuditEvent.objects.filter(slug="account:block_lift:refused").count() == 1


def test_for_a_pin_only_the_contact_person_may_ask(support, anna):
    block = factories.block(anna, BlockReason.PIN)
    answer = support.post(address(block), COMPLETE | {"caller": "account_holder"})
    assert answer.status_code == 403
    assert set(answer.context["form"].errors) == {"caller"}


def test_spaces_in_the_numbers_a_caller_reads_out_do_not_matter(support, quota_block):
    number, code = quota_block.account.user_number, quota_block.account.organisation.agb_code
    spaced = {"quoted_user_number": f" {number[:7]} {number[7:]}", "quoted_agb_code": f"{code[:4]} {code[4:]} "}
    assert support.post(address(quota_block), quoting(quota_block, **spaced)).status_code == 303


# --- where there is nothing to lift --------------------------------------------------------------


def test_of_a_lifted_block_it_says_when_and_by_whom_and_shows_no_form(support, lifted):
    answer = support.get(address(lifted))
    assert answer.status_code == 200
    assert "al opgeheven" in answer.text
    assert "Anja Visser" in answer.text
    assert 'name="reason"' not in answer.text
    assert reverse("admin:blocking_block_change", args=[lifted.pk]) in answer.text


@pytest.mark.parametrize("entered", [COMPLETE, {}])
def test_lifting_a_lifted_block_is_409_with_the_same_sentence(support, lifted, entered):
    answer = support.post(address(lifted), entered)
    assert answer.status_code == 409
    assert "al opgeheven" in answer.text
    assert "Anja Visser" in answer.text
    assert 'name="reason"' not in answer.text
    lifted.refresh_from_db()
    assert lifted.lift_channel == "user_administration"


@pytest.mark.parametrize(("method", "status"), [("get", 200), ("post", 403)])
def test_the_own_block_has_a_sentence_and_no_form(support, sanne, method, status):
    answer = getattr(support, method)(address(factories.block(sanne)))
    assert answer.status_code == status
    assert "kunt een blokkade van uw eigen account niet zelf opheffen" in answer.text
    assert 'name="reason"' not in answer.text
