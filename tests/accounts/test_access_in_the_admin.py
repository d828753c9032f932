"""On an account's page Support gives and withdraws authorisations, and registers from where software may call."""

import pytest

from accounts.actors import PORTAL
from accounts.choices import AccountState
from accounts.models import AuditEvent, Authorisation, RegisteredAddress
from accounts.services import authorise, register_address
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def given(anna, a_service):
    return authorise(anna, service=a_service, by=PORTAL, at=factories.a_moment_ago())


@pytest.fixture
def registered(noord_software):
    return register_address(noord_software, network="192.0.2.7", by=PORTAL, at=factories.a_moment_ago(), note="kantoor")


def page_of(account, *further):
    return "/".join(("/beheer/accounts/account", str(account.pk), *map(str, further), ""))


def logged(slug):
    return AuditEvent.objects.filter(slug=slug).order_by("-id").first()


def test_an_authorisation_is_given(support, sanne, anna, a_service):
    assert page_of(anna, "autoriseren") in support.get(page_of(anna, "change")).text
    assert support.post(page_of(anna, "autoriseren"), {"service": a_service.pk}).status_code == 303
    assert Authorisation.objects.get(account=anna).granted_by == sanne
    event = logged("account:authorisation:granted")
    assert (event.actor, event.account, event.parameters["service"]) == (sanne, anna, a_service.name)


@pytest.mark.parametrize("service", ["", "x", "999999", "\x00"])
def test_a_service_that_is_not_offered_is_told_at_its_field(support, anna, a_service, service):
    answer = support.post(page_of(anna, "autoriseren"), {"service": service})
    assert answer.status_code == 200
    assert 'id="id_service_error"' in answer.text
    assert not Authorisation.objects.exists()


def test_what_an_account_has_is_not_offered_again(support, anna, given, a_service):
    assert support.post(page_of(anna, "autoriseren"), {"service": a_service.pk}).status_code == 200
    assert Authorisation.objects.count() == 1


def test_an_authorisation_is_withdrawn(support, sanne, anna, given):
    way = page_of(anna, "autorisaties", given.pk, "intrekken")
    assert way in support.get(page_of(anna, "change")).text
    assert "403" in support.get(way).text
    assert Authorisation.objects.exists()
    assert support.post(way).status_code == 303
    assert not Authorisation.objects.exists()
    assert logged("account:authorisation:withdrawn").account == anna
    assert support.post(way).status_code == 404


def test_an_authorisation_is_not_withdrawn_by_the_page_of_another_account(support, anja, given):
    assert support.post(page_of(anja, "autorisaties", given.pk, "intrekken")).status_code == 404
    assert Authorisation.objects.exists()


def test_nothing_is_given_to_who_has_no_organisation_or_is_removed(support, sanne, noord):
    gone = factories.account(noord, "Vera Vertrokken", state=AccountState.REMOVED)
    for account in (sanne, gone):
        assert "autoriseren" not in support.get(page_of(account, "change")).text
        assert support.get(page_of(account, "autoriseren")).status_code == 404


@pytest.mark.parametrize(
    ("network", "kept"),
    [
        ("198.51.100.7", "198.51.100.7/32"),
        ("198.51.100.7/24", "198.51.100.0/24"),
        ("2001:db8::7", "2001:db8::7/128"),
        ("2001:DB8::/48", "2001:db8::/48"),
        ("::ffff:198.51.100.7", "198.51.100.7/32"),
        (" 198.51.100.0 / 24 ", "198.51.100.0/24"),
    ],
)
def test_an_address_is_registered_as_the_network_it_is(support, sanne, noord_software, network, kept):
    answer = support.post(
        page_of(noord_software, "adressen", "nieuw"), {"network": network, "note": "kantoor"}, follow=True
    )
    assert kept in answer.text
    made = RegisteredAddress.objects.get()
    assert (made.network, made.note, made.registered_by) == (kept, "kantoor", sanne)
    assert logged("account:address:registered").parameters["network"] == kept


@pytest.mark.parametrize(
    "network", ["", "x", "192.0.2.300", "10.0.0.0/15", "2001:db8::/31", "0.0.0.0/0", "1.2.3.4;", "\x00"]
)
def test_what_is_no_network_is_told_at_its_field(support, noord_software, network):
    answer = support.post(page_of(noord_software, "adressen", "nieuw"), {"network": network})
    assert answer.status_code == 200
    assert 'id="id_network_error"' in answer.text
    assert not RegisteredAddress.objects.exists()


def test_an_address_that_is_registered_already_is_refused(support, noord_software, registered):
    for twice in ("192.0.2.7", "192.0.2.7/32", "::ffff:192.0.2.7"):
        answer = support.post(page_of(noord_software, "adressen", "nieuw"), {"network": twice})
        assert answer.status_code == 409
        assert "staat al geregistreerd" in answer.text
    assert RegisteredAddress.objects.count() == 1


def test_a_persons_account_has_no_addresses(support, anna):
    assert "adressen" not in support.get(page_of(anna, "change")).text
    answer = support.post(page_of(anna, "adressen", "nieuw"), {"network": "192.0.2.7"})
    assert answer.status_code == 400
    assert "alleen geregistreerd voor een systeemaccount" in answer.text


def test_an_address_is_removed(support, noord_software, registered):
    way = page_of(noord_software, "adressen", registered.pk, "verwijderen")
    assert way in support.get(page_of(noord_software, "change")).text
    assert "kantoor" in support.get(way).text
    assert support.post(way).status_code == 303
    assert not RegisteredAddress.objects.exists()
    assert logged("account:address:removed").parameters["network"] == "192.0.2.7/32"
    assert support.post(way).status_code == 404


@pytest.mark.parametrize("who", ["anja", "anna", "chris"])
def test_nobody_but_support_acts(client, request, anna, noord_software, given, registered, a_service, who):
    client.force_login(request.getfixturevalue(who))
    ways = (
        page_of(noord_software, "autoriseren"),
        page_of(anna, "autorisaties", given.pk, "intrekken"),
        page_of(noord_software, "adressen", "nieuw"),
        page_of(noord_software, "adressen", registered.pk, "verwijderen"),
    )
    for way in ways:
        assert client.get(way).status_code == 403
        assert client.post(way, {"service": a_service.pk, "network": "192.0.2.8"}).status_code == 403
    assert (Authorisation.objects.count(), RegisteredAddress.objects.count()) == (1, 1)
