"""Support decides on requests for accounts where the deployment says so, and asks itself where nobody else can."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import AccountState
from accounts.models import Account, AuditEvent
from blocking.life_refusals import DecidedAlready, OnlySupportDecides, RejectedWithoutReason
from blocking.models import AccountRequest
from blocking.services import Wanted, approve_request, reject_request, request_account
from messagebox.models import Delivery, Message, SealedSecret
from tests.factories import by

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(noord, anja, a_service, settings):
    settings.PORTAL_REQUESTS_NEED_APPROVAL = True
    wanted = Wanted("Nadia Bouzid", "nadia@voorbeeld.test", (a_service,))
    account = request_account(noord, wanted, by=by(anja).acting_for(noord), at=timezone.now())
    return AccountRequest.objects.get(account=account)


@pytest.fixture
def support(sanne):
    browser = Client()
    browser.force_login(sanne)
    return browser


def address(act, request):
    return reverse(f"admin:blocking_accountrequest_{act}", args=[request.pk])


def state_of(request):
    return Account.objects.get(pk=request.account_id).state


def test_it_stands_on_supports_first_page_and_can_be_approved_there(support, asked, anja):
    assert "aanvraag van een account" in support.get("/beheer/").content.decode()
    page = support.get(address("change", asked)).content.decode()
    assert address("approve", asked) in page
    assert support.get(address("approve", asked)).status_code == 200
    assert state_of(asked) == AccountState.REQUESTED
    assert support.post(address("approve", asked)).status_code == 303
    assert state_of(asked) == AccountState.ISSUED
    assert Delivery.objects.get(template="user_number").to_account == anja
    assert SealedSecret.objects.waiting().count() == 1


def test_rejecting_ends_it_and_the_contact_persons_read_why(support, asked):
    support.post(address("reject", asked), {"reason": "Deze persoon werkt hier niet."})
    assert state_of(asked) == AccountState.REMOVED
    assert not Account.objects.get(pk=asked.account_id).authorisations.exists()
    assert Message.objects.get(kind="blocking:request_rejected").parameters["why"] == "Deze persoon werkt hier niet."
    assert AuditEvent.objects.filter(slug="account:request:rejected", account=asked.account).count() == 1


def test_rejecting_wants_a_reason(support, asked, sanne):
    page = support.post(address("reject", asked), {"reason": " "})
    assert page.status_code == 200
    assert "Schrijf op waarom u de aanvraag afwijst" in page.content.decode()
    with pytest.raises(RejectedWithoutReason):
        reject_request(asked, reason=" ", by=by(sanne), at=timezone.now())
    assert state_of(asked) == AccountState.REQUESTED


def test_it_is_decided_once(support, asked, sanne):
    approve_request(asked, by=by(sanne), at=timezone.now())
    assert support.post(address("approve", asked)).status_code == 404
    with pytest.raises(DecidedAlready):
        reject_request(asked, reason="toch niet", by=by(sanne), at=timezone.now())
    assert SealedSecret.objects.count() == 1


@pytest.mark.parametrize("who", ["anja", "chris", "anna"])
def test_nobody_but_support_decides(request, asked, who):
    person = request.getfixturevalue(who)
    with pytest.raises(OnlySupportDecides):
        approve_request(asked, by=by(person), at=timezone.now())
    browser = Client()
    browser.force_login(person)
    assert browser.post(address("approve", asked)).status_code in {302, 403}
    assert state_of(asked) == AccountState.REQUESTED
    assert AuditEvent.objects.filter(slug="account:request_decision:refused", actor=person).count() == 1


def test_for_a_pgb_provider_support_asks_and_the_number_goes_to_the_organisation(support, pgb, a_service, settings):
    settings.PORTAL_REQUESTS_NEED_APPROVAL = True
    address = reverse("admin:blocking_accountrequest_new", args=[pgb.pk])
    assert address in support.get(reverse("admin:accounts_organisation_change", args=[pgb.pk])).content.decode()
    typed = {"name": "Omar Benali", "email": "omar@voorbeeld.test", "authorisations": ["cov"]}
    answer = support.post(address, typed)
    made = Account.objects.get(name="Omar Benali")
    # Where the letter with the PIN is ordered, as the confirmation says.
    assert (answer.status_code, answer["Location"]) == (303, reverse("admin:accounts_account_change", args=[made.pk]))
    assert (made.state, made.organisation, made.pin) == (AccountState.ISSUED, pgb, "")
    assert Delivery.objects.get().to_address == pgb.email
    assert not SealedSecret.objects.exists()


def test_support_reads_what_is_wrong_too(support, pgb):
    address = reverse("admin:blocking_accountrequest_new", args=[pgb.pk])
    page = support.post(address, {"name": "", "email": "x"})
    assert page.status_code == 200
    for told in ("Vul de naam in.", "Dit is geen e-mailadres"):
        assert told in page.content.decode()
    assert support.get(reverse("admin:blocking_accountrequest_new", args=[999_999])).status_code == 404
