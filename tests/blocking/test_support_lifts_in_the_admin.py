"""Support's admin: only through the portal's own door, to read, and to lift by a button with a reason."""

import pytest

from accounts.models import Account, AuditEvent, Mandate, Organisation
from blocking.models import Block
from messagebox.models import Delivery
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def support(client, sanne):
    client.force_login(sanne)
    return client


@pytest.fixture
def block(anna):
    return factories.block(anna)


def address(block):
    return f"/beheer/blocking/block/{block.pk}/opheffen/"


FOR_THE_CONTACT_PERSON = {
    "channel": "phone",
    "caller": "contact_person",
    "reason": "forgotten",
    "note": "teruggebeld op het nummer van de praktijk",
}


def test_there_is_no_second_sign_in_form(client):
    answer = client.get("/beheer/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/inloggen/?next=/beheer/")
    assert client.get("/beheer/login/").url.startswith("/inloggen/")


def test_the_stock_page_for_changing_a_password_leads_to_the_portals_own(support):
    assert support.post("/beheer/password_change/").headers["Location"] == "/wachtwoord-vergeten/"


@pytest.mark.parametrize("who", ["anja", "anna", "chris"])
def test_nobody_else_comes_in(client, request, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get("/beheer/").status_code == 403


@pytest.mark.parametrize("model", [Organisation, Account, Mandate, Block, AuditEvent, Delivery])
def test_everything_is_there_to_read_and_nothing_to_edit(support, anja, block, model):
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


def test_lifting_asks_first_and_a_get_lifts_nothing(support, block):
    assert "Op wiens verzoek?" in support.get(address(block)).text
    block.refresh_from_db()
    assert block.is_open


def test_support_lifts_on_request_of_the_contact_person(support, sanne, block):
    assert support.post(address(block), FOR_THE_CONTACT_PERSON).status_code == 303
    block.refresh_from_db()
    assert (block.lifted_by, block.lift_channel, block.lift_caller) == (sanne, "phone", "contact_person")


@pytest.mark.parametrize("missing", ["channel", "reason", "note"])
def test_lifting_wants_a_reason_and_a_way(support, block, missing):
    answer = support.post(address(block), FOR_THE_CONTACT_PERSON | {missing: ""})
    assert answer.status_code == 200
    block.refresh_from_db()
    assert block.is_open


def test_the_note_is_kept_as_one_inert_line(support, block):
    typed = {"note": "teruggebeld\r\nop\u2028nummer \u202e\x1b[31m van de praktijk"}
    assert support.post(address(block), FOR_THE_CONTACT_PERSON | typed).status_code == 303
    block.refresh_from_db()
    assert block.lift_note == "teruggebeld op nummer [31m van de praktijk"
    assert AuditEvent.objects.get(slug="account:block:lifted").parameters["note"] == block.lift_note


def test_a_note_that_nobody_can_see_is_none(support, block):
    answer = support.post(address(block), FOR_THE_CONTACT_PERSON | {"note": "\u202e \u200b"})
    assert answer.status_code == 200
    assert "Schrijf in de toelichting waarom" in answer.text
    block.refresh_from_db()
    assert block.is_open


def test_the_policy_refuses_in_the_admin_as_everywhere(support, block):
    answer = support.post(address(block), FOR_THE_CONTACT_PERSON | {"caller": "account_holder"})
    assert answer.status_code == 403
    assert "contactpersoon afwezig is" in answer.text
    assert AuditEvent.objects.filter(slug="account:block_lift:refused").count() == 1


def test_support_does_not_lift_the_own_block(support, sanne):
    own = factories.block(sanne)
    assert support.post(address(own), FOR_THE_CONTACT_PERSON | {"caller": ""}).status_code == 403
    own.refresh_from_db()
    assert own.is_open


def test_what_is_lifted_already_says_so(support, block):
    support.post(address(block), FOR_THE_CONTACT_PERSON)
    assert support.post(address(block), FOR_THE_CONTACT_PERSON).status_code == 409


def test_a_block_that_is_not_there_is_not_found(support):
    assert support.get("/beheer/blocking/block/999999/opheffen/").status_code == 404


def test_a_contact_person_does_not_lift_by_the_admins_address(client, anja, block):
    client.force_login(anja)
    assert client.post(address(block), FOR_THE_CONTACT_PERSON).status_code == 403
    block.refresh_from_db()
    assert block.is_open
