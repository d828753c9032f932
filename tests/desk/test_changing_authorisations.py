"""Which services a user may query: ticked by the contact person, twenty users at most for Wmo and for Jeugdwet."""

from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import AccountState, LegalBasis, Means
from accounts.models import Account, AccountVersion, AuditEvent, Authorisation, Service
from accounts.services import authorise
from tests import factories
from tests.accounts.removing import removed_by
from tests.desk.conftest import account_address, many_accounts, refusals, text_of
from tests.fixtures_signing_in import showed

pytestmark = pytest.mark.django_db


@pytest.fixture
def wmo():
    return Service.objects.create(code="wmo", name="Wmo-berichten", legal_basis=LegalBasis.WMO)


@pytest.fixture
def more_wmo():
    return Service.objects.create(code="wmo-2", name="Wmo-declaraties", legal_basis=LegalBasis.WMO)


def page_of(account):
    return f"{account_address(account)}autorisaties/"


def services_of(account):
    return sorted(Authorisation.objects.filter(account=account).values_list("service__code", flat=True))


def fill(organisation, service, users):
    at = timezone.now()
    accounts = many_accounts(organisation, users)
    Authorisation.objects.bulk_create(
        Authorisation(account=account, service=service, granted_at=at) for account in accounts
    )


def test_the_page_shows_what_is_ticked_and_how_many_users_there_are(signed_in, anja, anna, a_service, wmo):
    authorise(anna, service=wmo, by=PORTAL, at=timezone.now())
    browser = signed_in(anja)
    assert page_of(anna) in browser.get(account_address(anna)).text
    page = browser.get(page_of(anna))
    for told in ("Zorgverzekeringswet", "Controle op verzekering", "1 van de 20 gebruikers", "Opslaan"):
        assert told in text_of(page)
    assert page.text.count("checked") == 1


def test_what_is_saved_is_exactly_what_is_ticked(signed_in, anja, noord, anna, a_service, wmo, more_wmo):
    authorise(anna, service=a_service, by=PORTAL, at=timezone.now())
    version = AccountVersion.objects.get(account=anna).version
    answer = signed_in(anja).post(page_of(anna), {"wmo": ["wmo", "wmo-2"]})
    assert (answer.status_code, answer["Location"]) == (303, account_address(anna))
    assert services_of(anna) == ["wmo", "wmo-2"]
    assert Authorisation.objects.filter(account=anna, granted_by=anja).count() == 2
    assert AccountVersion.objects.get(account=anna).version > version
    slugs = ["account:authorisation:granted", "account:authorisation:withdrawn"]
    events = AuditEvent.objects.filter(slug__in=slugs, actor=anja, on_behalf_of=noord, account=anna)
    assert events.count() == 3


def test_saving_the_same_again_writes_nothing(signed_in, anja, anna, wmo):
    authorise(anna, service=wmo, by=PORTAL, at=timezone.now())
    before = AuditEvent.objects.count()
    assert signed_in(anja).post(page_of(anna), {"wmo": ["wmo"]}).status_code == 303
    assert AuditEvent.objects.count() == before


def test_everything_can_be_taken_away(signed_in, anja, anna, wmo):
    authorise(anna, service=wmo, by=PORTAL, at=timezone.now())
    assert signed_in(anja).post(page_of(anna), {}).status_code == 303
    assert services_of(anna) == []


def test_the_twentieth_user_fits_and_the_next_is_told_at_the_field(signed_in, anja, noord, anna, wmo, a_service):
    fill(noord, wmo, 19)
    browser = signed_in(anja)
    assert browser.post(page_of(anna), {"wmo": ["wmo"]}).status_code == 303
    other = factories.account(noord, "Karel Kok")
    answer = browser.post(page_of(other), {"wmo": ["wmo"], "zvw": ["cov"]})
    assert answer.status_code == 409
    assert "al 20 gebruikers" in text_of(answer)
    assert 'id="id_wmo_error"' in answer.text
    assert answer.text.count("checked") == 2
    assert services_of(other) == []
    assert refusals("account:authorisations:refused")[-1].parameters == {"code": "legal_basis_full"}


def test_one_service_more_of_the_same_legal_basis_takes_no_room(signed_in, anja, noord, anna, wmo, more_wmo):
    authorise(anna, service=wmo, by=PORTAL, at=timezone.now())
    fill(noord, wmo, 19)
    assert signed_in(anja).post(page_of(anna), {"wmo": ["wmo", "wmo-2"]}).status_code == 303
    assert services_of(anna) == ["wmo", "wmo-2"]


def test_other_organisations_and_software_take_no_room(signed_in, anja, noord_software, zuid, anna, wmo):
    fill(zuid, wmo, 20)
    authorise(noord_software, service=wmo, by=PORTAL, at=timezone.now())
    assert signed_in(anja).post(page_of(anna), {"wmo": ["wmo"]}).status_code == 303


@pytest.mark.parametrize(
    "typed", [{"wmo": ["no"]}, {"wmo": ["cov"]}, {"wmo": ["wmo", "\x00"]}, {"wmo": ["x" * 100_000]}]
)
def test_what_is_not_offered_is_told(signed_in, anja, anna, wmo, a_service, typed):
    answer = signed_in(anja).post(page_of(anna), typed)
    assert answer.status_code == 200
    assert "Kies diensten uit de lijst" in text_of(answer)
    assert services_of(anna) == []


@pytest.mark.parametrize("method", ["get", "post"])
class TestRefused:
    def refused(self, browser, method, account, code, status):
        answer = getattr(browser, method)(page_of(account), {"wmo": ["wmo"]})
        assert answer.status_code == status
        assert services_of(account) == []
        events = [*refusals("account:page:refused"), *refusals("account:authorisations:refused")]
        assert [(event.account, event.parameters["code"]) for event in events] == [(account, code)]

    def test_chris_changes_nobody_of_noord(self, signed_in, chris, anna, wmo, method):
        self.refused(signed_in(chris), method, anna, "not_your_organisation", 404)

    def test_the_software(self, signed_in, anja, noord_software, wmo, method):
        self.refused(signed_in(anja), method, noord_software, "not_a_personal_account", 403)

    def test_who_is_removed(self, signed_in, anja, anna, wmo, method):
        removed_by(anna, anja)
        self.refused(signed_in(anja), method, anna, "not_to_authorise", 409)

    def test_somebody_who_is_not_there(self, signed_in, anja, wmo, method):
        address = f"/gebruikersbeheer/accounts/{uuid4()}/autorisaties/"
        assert getattr(signed_in(anja), method)(address).status_code == 404


def test_it_asks_a_second_factor_shown_shortly_before_and_keeps_what_was_ticked(signed_in, anja, anna, wmo):
    browser = signed_in(anja)
    showed(browser, Means.PASSWORD, Means.ONE_TIME_CODE, at=factories.a_moment_ago(minutes=16))
    answer = browser.post(page_of(anna), {"wmo": ["wmo"]})
    assert answer["Location"].startswith(f"/bevestigen/?next={page_of(anna)}")
    assert services_of(anna) == []
    showed(browser, Means.PASSWORD, Means.ONE_TIME_CODE)
    assert "checked" in browser.get(page_of(anna)).text


def test_who_has_yet_to_begin_can_be_given_services(signed_in, anja, noord, wmo):
    account = factories.account(noord, "Karel Kok", state=AccountState.ISSUED)
    assert signed_in(anja).post(page_of(account), {"wmo": ["wmo"]}).status_code == 303
    assert Account.objects.get(pk=account.pk).authorisations.count() == 1
