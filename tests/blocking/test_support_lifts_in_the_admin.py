"""Support's admin: only through the portal's own door, to read, and to lift by a case with a reason."""

import pytest

from accounts.models import Account, AuditEvent, Mandate, Organisation
from blocking.admin.case_acts import ACTS
from blocking.models import Block, SupportCase
from messagebox.models import Delivery, Message
from tests import factories
from tests.cases import HOLDER, NEW_CASE, a_case, checked, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def block(anna):
    return factories.block(anna)


def act_on(case, act):
    return f"/beheer/blocking/supportcase/{case.pk}/{act}/"


def quoting(account, **changed):
    return {
        "channel": "phone",
        "caller": "contact_person",
        "caller_name": "Anja Visser",
        "quoted_agb_code": account.organisation.agb_code if account.organisation else "",
        "quoted_user_number": account.user_number,
    } | changed


def new_case(browser, about, **changed):
    """Written down on the page that its block leads to; the page's answer."""
    return browser.post(f"{NEW_CASE}?blokkade={about.pk}", quoting(about.account, **changed))


def pressed(browser, case, act, **typed):
    """The act's page as it is now, filled in and sent; the answer."""
    case.refresh_from_db()
    return browser.post(act_on(case, act), {"seen": case.as_seen} | typed)


RANG_BACK = {"check": "call_back", "caller": "contact_person", "caller_name": "Anja Visser"}
GRANTED = {"reason": "forgotten", "note": "teruggebeld op het nummer van de praktijk"}


def test_there_is_no_second_sign_in_form(client):
    answer = client.get("/beheer/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/inloggen/?next=/beheer/")
    assert client.get("/beheer/login/").url.startswith("/inloggen/")


def test_the_stock_page_for_changing_a_password_leads_to_the_portals_own(support):
    assert support.post("/beheer/password_change/").headers["Location"] == "/mijn-account/wachtwoord/"


@pytest.mark.parametrize("who", ["anja", "anna", "chris"])
def test_nobody_else_comes_in(client, request, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get("/beheer/").status_code == 403


@pytest.mark.parametrize("model", [Organisation, Account, Mandate, Block, SupportCase, AuditEvent, Delivery, Message])
def test_everything_is_there_to_read_and_nothing_to_edit(support, sanne, anja, block, model):
    a_case(block, sanne)
    options = model._meta
    base = f"/beheer/{options.app_label}/{options.model_name}/"
    assert support.get(base).status_code == 200
    assert support.get(f"{base}add/").status_code == 403
    row = model.objects.first()
    if row:
        page = support.get(f"{base}{row.pk}/change/")
        assert page.status_code == 200
        assert 'name="_save"' not in page.text
        assert support.post(f"{base}{row.pk}/change/", {}).status_code == 403
        assert support.post(f"{base}{row.pk}/delete/", {"post": "yes"}).status_code == 403


def test_there_are_no_groups_to_give_rights_with(support):
    assert "Groepen" not in support.get("/beheer/").text
    assert support.get("/beheer/auth/group/").status_code == 404


def test_no_page_shows_a_hash(support, anna):
    page = support.get(f"/beheer/accounts/account/{anna.pk}/change/").text
    assert "argon2" not in page


@pytest.mark.parametrize("feeler", ["pin__regex=^argon2", "password__startswith=a", "email__contains=a", "id=1"])
def test_no_address_lets_support_feel_for_what_is_not_shown(support, anna, feeler):
    answer = support.get(f"/beheer/accounts/account/?{feeler}")
    assert answer.status_code in {302, 400}
    assert anna.name not in answer.text


def test_the_filters_of_a_list_still_work(support, anna):
    for asked in ("accounts/account/?state__exact=active", "accounts/auditevent/?outcome__exact=succeeded"):
        assert support.get(f"/beheer/{asked}").status_code == 200


def test_a_block_leads_to_a_case_and_not_to_a_lift(support, block):
    page = support.get(f"/beheer/blocking/block/{block.pk}/change/").text
    assert f"{NEW_CASE}?blokkade={block.pk}" in page
    assert support.post(f"/beheer/blocking/block/{block.pk}/opheffen/", GRANTED).status_code in {302, 404}
    block.refresh_from_db()
    assert block.is_open


def test_asking_lifts_nothing(support, block):
    new_case(support, block)
    case = SupportCase.objects.get()
    for act in ACTS:
        assert support.get(act_on(case, act)).status_code == 200
    block.refresh_from_db()
    assert block.is_open


def test_support_lifts_on_request_of_the_contact_person(support, sanne, block):
    answer = new_case(support, block)
    case = SupportCase.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, page_of(case))
    assert pressed(support, case, "controle", **RANG_BACK).status_code == 303
    assert pressed(support, case, "toekennen", **GRANTED).status_code == 303
    block.refresh_from_db()
    assert (block.lifted_by, block.lift_channel, block.lift_caller) == (sanne, "phone", "contact_person")
    assert block.lift_case == case


def test_the_block_leads_to_the_case_that_is_about_it(support, sanne, block):
    case = a_case(block, sanne)
    page = support.get(f"/beheer/blocking/block/{block.pk}/change/").text
    assert page_of(case) in page
    assert "supportcase/nieuw/" not in page


@pytest.mark.parametrize("missing", ["reason", "note"])
def test_granting_wants_a_reason(support, sanne, block, missing):
    case = checked(a_case(block, sanne), sanne)
    answer = pressed(support, case, "toekennen", **GRANTED | {missing: ""})
    assert answer.status_code == 200
    block.refresh_from_db()
    assert block.is_open


def test_the_note_is_kept_as_one_inert_line(support, sanne, block):
    case = checked(a_case(block, sanne), sanne)
    typed = {"note": "teruggebeld\r\nop\u2028nummer \u202e\x1b[31m van de praktijk"}
    assert pressed(support, case, "toekennen", **GRANTED | typed).status_code == 303
    block.refresh_from_db()
    assert block.lift_note == "teruggebeld op nummer [31m van de praktijk"
    assert AuditEvent.objects.get(slug="account:block:lifted").parameters["note"] == block.lift_note


def test_a_note_that_nobody_can_see_is_none(support, sanne, block):
    case = checked(a_case(block, sanne), sanne)
    answer = pressed(support, case, "toekennen", **GRANTED | {"note": "\u202e \u200b"})
    assert answer.status_code == 200
    assert "Schrijf op waarom u het verzoek toekent." in answer.text
    block.refresh_from_db()
    assert block.is_open


def test_the_policy_refuses_in_the_admin_as_everywhere(support, sanne, block):
    case = checked(a_case(block, sanne, HOLDER), sanne)
    answer = pressed(support, case, "toekennen", **GRANTED)
    assert answer.status_code == 403
    assert set(answer.context["form"].errors) == {"states_absence"}
    assert "contactpersoon afwezig is" in answer.text
    assert AuditEvent.objects.filter(slug="account:block_lift:refused").count() == 1


def test_support_does_not_lift_the_own_block(support, sanne):
    own = factories.block(sanne)
    answer = support.post(f"{NEW_CASE}?blokkade={own.pk}", {"caller": "support"})
    assert answer.status_code == 403
    assert "Een collega behandelt het." in answer.text
    own.refresh_from_db()
    assert own.is_open


def test_what_is_lifted_already_says_so(support, sanne, block):
    case = checked(a_case(block, sanne), sanne)
    assert pressed(support, case, "toekennen", **GRANTED).status_code == 303
    answer = pressed(support, case, "toekennen", **GRANTED)
    assert answer.status_code == 409
    assert "al afgehandeld" in answer.text
    assert 'name="note"' not in answer.text


@pytest.mark.parametrize("act", ACTS)
def test_a_case_that_is_not_there_is_not_found(support, act):
    assert support.get(f"/beheer/blocking/supportcase/999999/{act}/").status_code == 404


@pytest.mark.parametrize("who", ["anja", "anna", "chris"])
@pytest.mark.parametrize("act", ACTS)
def test_nobody_else_handles_a_case_by_the_admins_address(client, request, sanne, block, who, act):
    case = checked(a_case(block, sanne), sanne)
    client.force_login(request.getfixturevalue(who))
    for answer in (client.get(act_on(case, act)), client.post(act_on(case, act), GRANTED), new_case(client, block)):
        assert answer.status_code == 403
    assert client.get(page_of(case)).status_code == 403
    block.refresh_from_db()
    assert block.is_open
