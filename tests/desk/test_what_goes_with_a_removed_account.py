"""When a removal is final every floor lets go; the history stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.services import finish_removals, undo_removal
from blocking.admin.words import end_of
from blocking.choices import BlockReason, CaseState, LiftChannel
from blocking.models import Block, KnownBrowser, Notice, SupportCase
from blocking.refusals import NoticeExpired
from blocking.services import deny_notice, file_case
from messagebox.models import Delivery, Message
from messagebox.services import queue_mail
from tests.accounts.removing import gone, removed_by
from tests.factories import block, by

pytestmark = pytest.mark.django_db


def mails_to(account):
    return list(Delivery.objects.filter(to_account=account).order_by("pk").values_list("template", flat=True))


def messages_about(account):
    return list(Message.objects.filter(about=account).order_by("pk").values_list("kind", flat=True))


def test_open_blocks_are_closed_by_the_removal_and_lifted_ones_stay(anja, anna):
    opened = block(anna, BlockReason.PIN)
    earlier = block(anna, lifted_at=timezone.now(), lift_channel=LiftChannel.PHONE, lifted_by=anja)
    gone(anna, anja)
    closed = Block.objects.get(pk=opened.pk)
    assert (closed.lift_channel, closed.lifted_by, closed.lift_reason) == (LiftChannel.REMOVAL, None, "")
    assert closed.get_lift_channel_display() == "Gesloten door verwijdering"
    assert "door verwijdering van het account" in end_of(closed)
    assert Block.objects.get(pk=earlier.pk).lift_channel == LiftChannel.PHONE
    assert AuditEvent.objects.filter(slug="account:block:closed", account=anna).count() == 1


def test_nothing_is_let_go_while_it_can_be_undone(anja, anna):
    opened = block(anna, BlockReason.PIN)
    queue_mail("password_changed", to=anna, parameters={"changed_at": timezone.now().isoformat()}, at=timezone.now())
    removed_by(anna, anja)
    undo_removal(anna, by=by(anja), at=timezone.now())
    assert Block.objects.get(pk=opened.pk).is_open
    assert mails_to(anna) == ["password_changed", "removal_asked", "removal_undone"]


def test_a_request_for_help_is_withdrawn(anja, anna, a_service):
    case = file_case(block(anna, BlockReason.QUOTA, service=a_service), by=by(anja), at=timezone.now())
    gone(anna, anja)
    case = SupportCase.objects.get(pk=case.pk)
    assert (case.state, case.decision_note) == (CaseState.WITHDRAWN, "Het account is verwijderd.")


def test_browsers_are_forgotten(anja, anna):
    at = timezone.now()
    KnownBrowser.objects.create(account=anna, token_hash="a" * 64, first_seen_at=at, last_seen_at=at)
    gone(anna, anja)
    assert not KnownBrowser.objects.filter(account=anna).exists()


def test_an_old_link_this_was_not_me_blocks_nobody(anja, anna):
    notice = Notice.objects.create(account=anna, kind="new_browser", told_at=timezone.now())
    gone(anna, anja)
    with pytest.raises(NoticeExpired):
        deny_notice(notice, by=by(), at=timezone.now())
    assert not Block.objects.open().filter(account=anna).exists()


def test_mail_that_still_waited_never_leaves_but_the_last_one_does(anja, anna):
    queue_mail("password_changed", to=anna, parameters={"changed_at": timezone.now().isoformat()}, at=timezone.now())
    gone(anna, anja)
    assert mails_to(anna) == ["removal_final"]


def test_user_and_contact_persons_hear_of_each_step(anja, anna):
    at = timezone.now()
    removed_by(anna, anja, at=at)
    undo_removal(anna, by=by(anja), at=at)
    removed_by(anna, anja, at=at)
    assert mails_to(anna) == ["removal_asked", "removal_undone", "removal_asked"]
    finish_removals(at=at + timedelta(minutes=30))
    asked, undone = "accounts:removal_asked", "accounts:removal_undone"
    assert messages_about(anna) == [asked, undone, asked, "accounts:removal_final"]
