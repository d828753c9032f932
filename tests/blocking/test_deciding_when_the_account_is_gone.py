"""A request whose account is being removed, or is gone, is no longer decided on: nothing comes back to life."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import AccountState
from accounts.models import Account, AuditEvent
from accounts.services import finish_removals, remove_account, undo_removal
from blocking.life_refusals import NotWaiting
from blocking.models import AccountRequest
from blocking.services import Wanted, approve_request, reject_request, request_account
from messagebox.models import SealedSecret
from tests.factories import by

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(noord, anja, settings):
    settings.PORTAL_REQUESTS_NEED_APPROVAL = True
    wanted = Wanted("Nadia Bouzid", "nadia@voorbeeld.test")
    account = request_account(noord, wanted, by=by(anja).acting_for(noord), at=timezone.now())
    return AccountRequest.objects.get(account=account)


@pytest.fixture(params=["pending", "removed"])
def gone(request, asked, anja, noord):
    at = timezone.now()
    remove_account(asked.account, by=by(anja).acting_for(noord), at=at)
    if request.param == "removed":
        finish_removals(at=at + timedelta(days=1))
    return asked


def state_of(asked):
    return Account.objects.get(pk=asked.account_id).state


@pytest.mark.parametrize("decide", [approve_request, reject_request])
def test_it_is_refused_written_down_and_changes_nothing(gone, sanne, decide):
    before, more = state_of(gone), {"reason": "te laat"} if decide is reject_request else {}
    with pytest.raises(NotWaiting):
        decide(gone, by=by(sanne), at=timezone.now(), **more)
    assert state_of(gone) == before
    assert not SealedSecret.objects.exists()
    assert AuditEvent.objects.get(slug="account:request_decision:refused").parameters["code"] == NotWaiting.code


def test_support_has_nothing_to_decide(gone, sanne):
    browser = Client()
    browser.force_login(sanne)
    assert "aanvraag van een account" not in browser.get("/beheer/").text
    for act in ("approve", "reject"):
        address = reverse(f"admin:blocking_accountrequest_{act}", args=[gone.pk])
        assert browser.get(address).status_code == 404
        assert browser.post(address, {"reason": "te laat"}).status_code == 404
    assert "is of wordt verwijderd" in browser.get(reverse("admin:blocking_accountrequest_change", args=[gone.pk])).text


def test_undoing_the_removal_lets_support_decide_again(asked, anja, noord, sanne):
    remove_account(asked.account, by=by(anja).acting_for(noord), at=timezone.now())
    undo_removal(asked.account, by=by(anja).acting_for(noord), at=timezone.now())
    approve_request(asked, by=by(sanne), at=timezone.now())
    assert state_of(asked) == AccountState.ISSUED
