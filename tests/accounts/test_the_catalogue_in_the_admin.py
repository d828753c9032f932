"""Support keeps the catalogue of services: adds one, gives one another name; a code is for good."""

import pytest

from accounts.actors import PORTAL
from accounts.models import AuditEvent, Service
from accounts.services import authorise
from tests import factories

pytestmark = pytest.mark.django_db

LIST = "/beheer/accounts/service/"
NEW = f"{LIST}nieuw/"
TYPED = {"code": "machtigingen", "name": "Machtigingen", "legal_basis": "zvw"}


def rename(service):
    return f"{LIST}{service.pk}/naam/"


def test_a_service_is_added_and_logged(support, sanne):
    assert support.get(NEW).status_code == 200
    assert support.post(NEW, TYPED).status_code == 303
    assert Service.objects.get().code == "machtigingen"
    event = AuditEvent.objects.get(slug="account:service:added")
    assert (event.actor, event.parameters["service"]) == (sanne, "Machtigingen")


@pytest.mark.parametrize("code", ["", "Hoofd", "met spatie", "-x", "x--y", "é", "x" * 41, "a/b", "x\n", "\x00"])
def test_a_code_that_is_none_is_told_at_its_field(support, code):
    answer = support.post(NEW, TYPED | {"code": code})
    if code.strip() != "x":  # what surrounds a code is not part of it
        assert answer.status_code == 200
        assert 'id="id_code_error"' in answer.text
        assert not Service.objects.exists()


def test_a_code_that_is_taken_is_refused(support, a_service):
    answer = support.post(NEW, TYPED | {"code": a_service.code})
    assert answer.status_code == 409
    assert "Er is al een dienst met deze code" in answer.text
    assert 'value="Machtigingen"' in answer.text
    assert Service.objects.count() == 1


def test_a_service_gets_another_name_and_keeps_its_code(support, a_service):
    assert support.post(rename(a_service), {"name": "Verzekeringscontrole", "code": "anders"}).status_code == 303
    a_service.refresh_from_db()
    assert (a_service.name, a_service.code) == ("Verzekeringscontrole", "cov")
    parameters = AuditEvent.objects.get(slug="account:service:renamed").parameters
    assert (parameters["before"], parameters["service"]) == ("Controle op verzekering", "Verzekeringscontrole")


def test_the_same_name_is_nothing_new(support, a_service):
    support.post(rename(a_service), {"name": a_service.name})
    assert not AuditEvent.objects.filter(slug="account:service:renamed").exists()


@pytest.mark.parametrize("name", ["", " ", "x" * 121, "\u202e"])
def test_a_name_that_is_none_is_told_at_its_field(support, a_service, name):
    answer = support.post(rename(a_service), {"name": name})
    assert answer.status_code == 200
    assert 'id="id_name_error"' in answer.text


def test_a_services_page_tells_how_many_are_authorised_and_leads_to_them(support, a_service, anna, anja):
    authorise(anna, service=a_service, by=PORTAL, at=factories.a_moment_ago())
    page = support.get(f"{LIST}{a_service.pk}/change/").text
    address = f"/beheer/accounts/account/?service={a_service.pk}"
    assert address in page
    assert set(support.get(address).context["cl"].result_list) == {anna}


@pytest.mark.parametrize("who", ["anja", "chris"])
def test_nobody_but_support_acts(client, request, a_service, who):
    client.force_login(request.getfixturevalue(who))
    for asked in (NEW, rename(a_service)):
        for answer in (client.get(asked), client.post(asked, TYPED)):
            assert answer.status_code == 403
    assert Service.objects.get().name == "Controle op verzekering"


def test_a_service_that_is_not_there_is_not_found(support):
    assert support.get(f"{LIST}999999/naam/").status_code == 404
