"""Support removes software's account: who asked, how that was checked, why; and undoes it while that can be."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import AccountState, IdentityCheck, Means
from accounts.models import Account, AuditEvent
from accounts.refusals import NoReasonGiven
from accounts.services import finish_removals, remove_at_support
from messagebox.models import Message
from tests import factories
from tests.fixtures_signing_in import showed

pytestmark = pytest.mark.django_db

SAID = {"caller": "Anja Visser, contactpersoon", "check": "call_back", "reason": "Andere leverancier"}


@pytest.fixture
def support(client, sanne):
    client.force_login(sanne)
    return client


def page_of(account, *further):
    return "/".join(("/beheer/accounts/account", str(account.pk), *further, ""))


def removal_of(account):
    return page_of(account, "verwijderen")


def undoing_of(account):
    return page_of(account, "verwijderen", "ongedaan-maken")


def state_of(account):
    return Account.objects.get(pk=account.pk).state


def test_asking_warns_that_software_depends_on_it(support, anja, noord, noord_software):
    assert removal_of(noord_software) in support.get(page_of(noord_software, "change")).text
    page = support.get(removal_of(noord_software)).text
    for told in ("Software die met dit account werkt", "Na 30 minuten", anja.name, noord.phone):
        assert told in page
    assert state_of(noord_software) == AccountState.ACTIVE


def test_a_press_removes_it_with_what_was_said_and_the_contact_persons_hear_of_it(support, sanne, anja, noord_software):
    assert support.post(removal_of(noord_software), SAID).status_code == 303
    assert state_of(noord_software) == AccountState.REMOVAL_PENDING
    event = AuditEvent.objects.get(slug="account:removal:asked")
    assert (event.actor, event.parameters["check"]) == (sanne, "call_back")
    assert "Andere leverancier (gevraagd door: Anja Visser, contactpersoon)" in event.parameters["remark"]
    message = Message.objects.get(about=noord_software)
    assert (message.kind, message.parameters["by_support"]) == ("accounts:removal_asked", True)


def test_it_is_put_back_and_then_no_more(support, noord_software):
    support.post(removal_of(noord_software), SAID)
    change = support.get(page_of(noord_software, "change")).text
    assert undoing_of(noord_software) in change
    assert f'href="{removal_of(noord_software)}"' not in change
    assert support.get(undoing_of(noord_software)).status_code == 200
    assert support.post(undoing_of(noord_software)).status_code == 303
    assert state_of(noord_software) == AccountState.ACTIVE
    assert support.get(undoing_of(noord_software)).status_code == 404
    assert support.post(undoing_of(noord_software)).status_code == 409


def test_gone_for_good_the_organisation_can_get_another_one(support, noord, noord_software):
    support.post(removal_of(noord_software), SAID)
    finish_removals(at=timezone.now() + timedelta(minutes=31))
    assert state_of(noord_software) == AccountState.REMOVED
    factories.account(noord, "Nieuwe koppeling", kind=noord_software.kind, email="")


@pytest.mark.parametrize("missing", ["caller", "check", "reason"])
@pytest.mark.parametrize("typed", ["", "   ", "x" * 501])
def test_what_is_missing_is_told_at_its_field(support, noord_software, missing, typed):
    answer = support.post(removal_of(noord_software), SAID | {missing: typed})
    assert answer.status_code == 200
    assert f'id="id_{missing}_error"' in answer.text
    assert state_of(noord_software) == AccountState.ACTIVE


def test_a_second_press_is_told_that_it_was_done(support, noord_software):
    support.post(removal_of(noord_software), SAID)
    assert support.post(removal_of(noord_software), SAID).status_code == 409
    assert support.get(removal_of(noord_software)).status_code == 404


def test_a_personal_account_is_the_contact_persons(support, anna):
    assert removal_of(anna) not in support.get(page_of(anna, "change")).text
    assert support.get(removal_of(anna)).status_code == 404
    assert support.post(removal_of(anna), SAID).status_code == 403
    assert state_of(anna) == AccountState.ACTIVE


def test_of_a_pgb_provider_support_removes_people_too_but_not_the_last_contact_person(support, dirk, pgb):
    user = factories.account(pgb, "Karel Kok")
    assert support.post(removal_of(user), SAID).status_code == 303
    assert state_of(user) == AccountState.REMOVAL_PENDING
    assert support.post(removal_of(dirk), SAID).status_code == 403
    assert state_of(dirk) == AccountState.ACTIVE


@pytest.mark.parametrize("act", [removal_of, undoing_of])
def test_nobody_else_gets_there(anja, chris, noord_software, act):
    for somebody in (anja, chris):
        browser = Client()
        browser.force_login(somebody)
        for answer in (browser.get(act(noord_software)), browser.post(act(noord_software), SAID)):
            assert answer.status_code in {302, 403}
    assert state_of(noord_software) == AccountState.ACTIVE


def test_it_asks_a_second_factor_shown_shortly_before_and_keeps_what_was_typed(support, noord_software):
    showed(support, Means.PASSWORD, Means.ONE_TIME_CODE, at=factories.a_moment_ago(minutes=16))
    answer = support.post(removal_of(noord_software), SAID)
    assert answer["Location"].startswith("/bevestigen/")
    assert state_of(noord_software) == AccountState.ACTIVE
    showed(support, Means.PASSWORD, Means.ONE_TIME_CODE)
    assert "Andere leverancier" in support.get(removal_of(noord_software)).text


def test_supports_first_page_counts_who_is_being_removed(support, noord_software):
    support.post(removal_of(noord_software), SAID)
    address = "/beheer/accounts/account/?state__exact=removal_pending"
    assert address in support.get("/beheer/").text
    assert support.get(address).context["cl"].result_count == 1


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_removed(sanne, noord_software, reason):
    with pytest.raises(NoReasonGiven):
        remove_at_support(
            noord_software, check=IdentityCheck.CALL_BACK, reason=reason, by=factories.by(sanne), at=timezone.now()
        )
    assert state_of(noord_software) == AccountState.ACTIVE
    assert AuditEvent.objects.get(slug="account:removal:refused").parameters == {"code": "no_reason_given"}
