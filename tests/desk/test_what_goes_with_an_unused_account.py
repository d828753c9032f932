"""An account that ends before anybody used it takes as much along as a removed one, and is told of once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.choices import AccountState, MandateRank
from accounts.models import Account, AuditEvent, Mandate
from blocking.choices import BlockReason, CaseState, LetterState, LiftChannel
from blocking.models import AccountRequest, Block, PinLetter, SupportCase
from blocking.services import file_case, reject_request, renew_pin, tend_issued_accounts
from certificates.choices import ReadinessEnd
from certificates.models import Readiness
from messagebox.choices import SecretEnd
from messagebox.models import Delivery, Message, SealedSecret
from messagebox.services import queue_mail
from tests import factories
from tests.factories import block, by

pytestmark = pytest.mark.django_db

NOW = timezone.now()
SIXTY_DAYS_AGO = NOW - timedelta(days=60)


@pytest.fixture
def nadia(noord, anja, a_service):
    """With whatever a floor can have of an account."""
    account = factories.account(noord, "Nadia Bouzid", state=AccountState.ISSUED, password=None)
    Account.objects.filter(pk=account.pk).update(issued_at=SIXTY_DAYS_AGO)
    block(account, BlockReason.QUOTA, service=a_service)
    renew_pin(account, by=by(anja), at=NOW)
    Readiness.objects.create(account=account, made_ready_at=SIXTY_DAYS_AGO)
    PinLetter.objects.create(account=account, ordered_at=NOW, sealed="sealed")
    factories.mandate(account, MandateRank.SECOND)
    return account


def lapsed(account):
    assert tend_issued_accounts(at=NOW) == (0, 1)
    return "account:account:lapsed"


@pytest.fixture
def rejected(sanne):
    def reject(account):
        Account.objects.filter(pk=account.pk).update(state=AccountState.REQUESTED)
        asked = AccountRequest.objects.create(account=account, asked_at=NOW)
        reject_request(asked, reason="Werkt hier niet.", by=by(sanne), at=NOW)
        return "account:request:rejected"

    return reject


@pytest.fixture(params=["lapsed", "rejected"])
def ended(request, nadia):
    """`ended()` ends the account and says under which line of the log."""
    way = lapsed if request.param == "lapsed" else request.getfixturevalue("rejected")
    return lambda: way(nadia)


def lines(account, slug):
    return AuditEvent.objects.filter(account=account, slug=slug).count()


def test_everything_of_it_ends(nadia, ended):
    ended()
    assert Account.objects.get(pk=nadia.pk).state == AccountState.REMOVED
    assert Block.objects.get(account=nadia).lift_channel == LiftChannel.REMOVAL
    assert Readiness.objects.get(account=nadia).end == ReadinessEnd.WITHDRAWN
    assert SealedSecret.objects.get(message__about=nadia).end == SecretEnd.REMOVED
    assert not Delivery.objects.filter(to_account=nadia).exists()
    assert not Mandate.objects.filter(account=nadia, valid_until=None).exists()


def test_a_letter_on_its_way_and_a_request_for_help_end_too(nadia, anja, ended):
    case = file_case(Block.objects.get(account=nadia), by=by(anja), at=NOW)
    ended()
    assert PinLetter.objects.get(account=nadia).state == LetterState.EXPIRED
    assert SupportCase.objects.get(pk=case.pk).state == CaseState.WITHDRAWN


def test_the_log_has_each_end_once(nadia, ended):
    slug = ended()
    each = (slug, "account:block:closed", "account:pin:erased", "account:letter:erased", "account:mandate:ended")
    assert {line: lines(nadia, line) for line in each} == dict.fromkeys(each, 1)
    assert not lines(nadia, "account:account:removed")


def test_the_contact_persons_read_one_message_and_get_one_mail(nadia, anja, ended):
    queue_mail("pin_issued", to=nadia, parameters={"issued_at": NOW.isoformat()}, at=NOW)
    before = Message.objects.count(), Delivery.objects.filter(to_account=anja).count()
    ended()
    told = Message.objects.latest("pk")
    assert told.kind in {"blocking:not_activated", "blocking:request_rejected"}
    after = Message.objects.count(), Delivery.objects.count()
    assert after == (before[0] + 1, before[1] + 1)
