"""Support's pages of a case: what they say of the block, what they ask, and what they answer to a wrong entry."""

import pytest
from django.utils import timezone

from blocking.choices import BlockReason, LiftChannel, LiftReason
from blocking.models import SupportCase
from blocking.services import file_case, lift_block
from tests import factories
from tests.cases import HOLDER, NEW_CASE, a_case, act_on, checked, granted, page_of

pytestmark = pytest.mark.django_db


def about(block):
    return f"{NEW_CASE}?blokkade={block.pk}"


def quoting(account, **changed):
    return {
        "channel": "phone",
        "caller": "contact_person",
        "caller_name": "Anja Visser",
        "quoted_agb_code": account.organisation.agb_code,
        "quoted_user_number": account.user_number,
    } | changed


# --- a new case ----------------------------------------------------------------------------------


def test_nothing_is_chosen_beforehand_and_no_number_is_filled_in(support, quota_block):
    form = support.get(about(quota_block)).context["form"]
    assert set(form.fields) == {
        "channel",
        "caller",
        "caller_name",
        "quoted_agb_code",
        "quoted_user_number",
        "note",
    }
    assert {form[name].value() for name in form.fields} <= {None, ""}


def test_it_shows_the_block_it_is_for(support, quota_block):
    page = support.get(about(quota_block)).text
    assert "Meer bevragingen van Controle op verzekering dan het quotum toestaat (501 geteld)" in page
    assert "verkeerd" not in page


@pytest.mark.parametrize("key", ["x", "999999", "1" * 40, ""])
def test_a_block_that_is_not_there_is_no_block(support, key):
    answer = support.get(f"{NEW_CASE}?blokkade={key}")
    assert (answer.status_code, answer.context["open_block"]) == (200, None)


def test_a_lifted_block_is_no_block(support, anna, anja, noord):
    block = factories.block(anna)
    lift_block(
        block,
        by=factories.by(anja).acting_for(noord),
        at=timezone.now(),
        channel=LiftChannel.USER_ADMINISTRATION,
        reason=LiftReason.FORGOTTEN,
    )
    assert support.get(about(block)).context["open_block"] is None


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("channel", "", "Kies hoe het verzoek binnenkwam."),
        ("channel", "portal", "Kies hoe het verzoek binnenkwam."),
        ("caller", "", "Kies op wiens verzoek u deze blokkade opheft."),
        ("caller", "support", "Kies op wiens verzoek u deze blokkade opheft."),
        ("caller_name", "", "Vul de naam van de beller in."),
        ("caller_name", "x" * 201, "Een naam heeft hoogstens 200 tekens."),
        ("quoted_agb_code", "", "Vul de AGB-code in die de beller noemt."),
        ("quoted_agb_code", "1" * 30, "Een AGB-code heeft 8 cijfers."),
        ("quoted_user_number", "", "Vul het gebruikersnummer in dat de beller noemt."),
        ("quoted_user_number", "1" * 30, "Een gebruikersnummer heeft 14 cijfers."),
        ("note", "x" * 501, "Dit heeft hoogstens 500 tekens."),
    ],
)
def test_a_wrong_entry_is_told_above_and_at_its_field(support, quota_block, field, value, sentence):
    answer = support.post(about(quota_block), quoting(quota_block.account, **{field: value}))
    assert answer.status_code == 200
    assert answer.text.count(sentence) == 2
    assert "<title>Fout: " in answer.text
    assert f'href="#id_{field}"' in answer.text
    assert not SupportCase.objects.exists()


def test_what_was_typed_stays(support, quota_block):
    typed = quoting(quota_block.account, caller="account_holder", note="wat ik al typte", quoted_agb_code="00 11")
    page = support.post(about(quota_block), typed).text
    assert "wat ik al typte" in page
    assert 'value="00 11"' in page
    assert '<option value="account_holder" selected>' in page


def test_an_empty_entry_is_a_wrong_entry(support, quota_block):
    answer = support.post(about(quota_block), {})
    assert (answer.status_code, len(answer.context["form"].errors)) == (200, 5)


def test_spaces_in_the_numbers_a_caller_reads_out_do_not_matter(support, quota_block):
    number, code = quota_block.account.user_number, quota_block.account.organisation.agb_code
    spaced = {"quoted_user_number": f" {number[:7]} {number[7:]}", "quoted_agb_code": f"{code[:4]} {code[4:]} "}
    assert support.post(NEW_CASE, quoting(quota_block.account, **spaced)).status_code == 303
    assert SupportCase.objects.get().block == quota_block


def test_numbers_that_do_not_match_lead_to_a_page_that_says_so_and_grants_nothing(support, anna):
    factories.block(anna)
    page = support.post(NEW_CASE, quoting(anna, quoted_agb_code="99999999"), follow=True)
    assert "De nummers horen niet bij elkaar" in page.text
    assert "Verzoek toekennen" not in page.text
    assert "Anna de Boer" not in page.text
    case = SupportCase.objects.get()
    answer = support.get(act_on(case, "toekennen"))
    assert "niet samen bij één account" in answer.text
    assert 'name="note"' not in answer.text


@pytest.mark.parametrize("who", ["anna", "teun"])
def test_where_nobody_need_ask_support_may_be_its_own_caller(support, request, who):
    account = request.getfixturevalue(who)
    block = factories.block(account, BlockReason.SUPPORT)
    assert support.post(about(block), {"caller": "support"}).status_code == 303
    case = SupportCase.objects.get()
    assert (case.account, case.block, case.caller_role) == (account, block, "support")
    assert "Niemand vraagt hierom" in support.get(page_of(case)).text


# --- the page of a case --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (BlockReason.PASSWORD, "5 keer achter elkaar een verkeerd wachtwoord"),
        (BlockReason.PIN, "5 keer achter elkaar een verkeerde pincode"),
        (BlockReason.SUPPORT, "Support heeft het account geblokkeerd"),
    ],
)
def test_every_reason_has_its_own_cause(support, sanne, anna, reason, said):
    case = a_case(factories.block(anna, reason), sanne)
    assert said in support.get(page_of(case)).text
    assert said in support.get(act_on(case, "toekennen")).text


def test_a_quota_block_without_a_figure_names_none(support, sanne, anna, a_service):
    block = factories.block(anna, BlockReason.QUOTA, service=a_service)
    block.evidence_count = 0
    block.save(update_fields=["evidence_count"])
    page = support.get(page_of(a_case(block, sanne))).text
    assert "dan het quotum toestaat" in page
    assert " geteld" not in page


def test_who_can_be_rung_back_stands_there(support, sanne, anja, bram, quota_block, noord):
    page = support.get(page_of(a_case(quota_block, sanne))).text
    assert noord.phone in page
    assert "Anja Visser" in page
    assert "Tweede contactpersoon" in page


def test_what_else_is_open_stands_there_and_who_asks_about_it(support, sanne, teun, anna, quota_block):
    pin = factories.block(anna, BlockReason.PIN)
    factories.block(anna)
    other = a_case(pin, teun)
    page = support.get(page_of(a_case(quota_block, sanne))).text
    assert "Ook open: Wachtwoord geblokkeerd" in page
    assert page_of(other) in page


def test_the_accounts_history_and_earlier_requests_stand_there(support, sanne, anna):
    earlier = a_case(factories.block(anna), sanne)
    granted(checked(earlier, sanne), sanne)
    page = support.get(page_of(a_case(factories.block(anna), sanne))).text
    assert earlier.number in page
    assert f"Supportverzoek {earlier.number} toegekend." in page


def test_who_asked_in_the_portal_needs_no_check(support, sanne, anja, quota_block):
    case = file_case(quota_block, by=factories.by(anja), at=timezone.now())
    page = support.get(page_of(case)).text
    assert "ingelogd in het portaal" in page
    assert "Nog niemand behandelt dit verzoek" in page
    assert "Verzoek toekennen" not in page


def test_a_colleagues_case_shows_whose_it_is_and_offers_to_take_it_over(support, teun, quota_block):
    page = support.get(page_of(a_case(quota_block, teun))).text
    assert "Teun Support" in page
    assert "Verzoek overnemen" in page
    assert "Verzoek toekennen" not in page


def test_what_is_missing_stands_where_the_decision_is(support, sanne, quota_block):
    case = a_case(quota_block, sanne)
    page = support.get(page_of(case)).text
    assert "Controleer eerst wie de beller is." in page
    assert "Verzoek toekennen" not in page
    checked(case, sanne)
    assert "Verzoek toekennen" in support.get(page_of(case)).text


def test_a_system_accounts_holder_is_not_entitled_and_the_page_says_so(support, sanne, noord_software):
    case = checked(a_case(factories.block(noord_software, BlockReason.PIN), sanne, HOLDER), sanne)
    assert "alleen opgeheven op verzoek van de contactpersoon" in support.get(page_of(case)).text
    answer = support.post(act_on(case, "toekennen"), {"seen": case.as_seen, "reason": "other", "note": "toch"})
    assert answer.status_code == 403


def test_a_handled_case_shows_how_it_ended_and_has_no_button(support, sanne, quota_block):
    case = granted(checked(a_case(quota_block, sanne), sanne), sanne, note="teruggebeld")
    page = support.get(page_of(case)).text
    assert "Toegekend" in page
    assert "teruggebeld" in page
    assert 'class="vp-steps"' not in page


def test_a_pgb_provider_has_no_code_to_read_out(support, sanne, pgb, a_service):
    block = factories.block(factories.account(pgb, "Els Mol"), BlockReason.QUOTA, service=a_service)
    page = support.get(page_of(a_case(block, sanne))).text
    assert "Controleren met een code" not in page
    assert "leest geen berichten" in page
