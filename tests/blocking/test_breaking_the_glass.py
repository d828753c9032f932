"""`manage.py break_glass_lift` lifts any block, with a reason and a name, and nobody misses that it happened."""

import logging

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent
from blocking.choices import BlockReason
from blocking.models import Block, Probation
from messagebox.models import Delivery, Message
from tests import factories
from tests.cases import a_case, lifted_by_support

pytestmark = pytest.mark.django_db

WHO = {"reason": "niemand van Support kan inloggen", "by_name": "Piet van Beheer"}


@pytest.fixture
def block(anna):
    return factories.block(anna)


def broken(*target, **how):
    call_command("break_glass_lift", *[str(part) for part in target], **(WHO | how))


def test_it_lifts_by_public_id(block):
    broken(block.public_id)
    block.refresh_from_db()
    assert (block.lift_channel, block.lifted_by, block.lift_note) == ("break_glass", None, WHO["reason"])


def test_it_lifts_by_user_number_and_reason(anna, block):
    pin = factories.block(anna, BlockReason.PIN)
    broken(anna.user_number, "pin")
    assert list(Block.objects.open()) == [block]
    pin.refresh_from_db()
    assert not pin.is_open


@pytest.mark.parametrize("reason", BlockReason)
def test_any_block_of_anybody_is_lifted(sanne, noord_software, a_service, reason):
    for account in (sanne, noord_software):
        service = a_service if reason == BlockReason.QUOTA else None
        broken(factories.block(account, reason, service=service).public_id)
    assert not Block.objects.open().exists()


def test_a_quota_block_leaves_an_allowance(anna, a_service):
    broken(factories.block(anna, BlockReason.QUOTA, service=a_service).public_id)
    assert Probation.objects.get().queries == settings.PORTAL_PROBATION_QUERIES


def test_the_log_has_a_line_of_its_own(block):
    broken(block.public_id)
    event = AuditEvent.objects.get(slug="account:break_glass:used")
    assert (event.account, event.parameters["by_name"], event.parameters["note"]) == (
        block.account,
        WHO["by_name"],
        WHO["reason"],
    )
    assert AuditEvent.objects.filter(slug="account:block:lifted").count() == 1


def test_the_programs_log_has_an_error(block, caplog):
    with caplog.at_level(logging.ERROR):
        broken(block.public_id)
    assert str(block.public_id) in caplog.text
    assert block.account.user_number not in caplog.text


def test_support_gets_a_mail_and_the_organisation_a_message(anja, block):
    broken(block.public_id)
    assert Delivery.objects.get(template="glass_broken").to_address == settings.PORTAL_SUPPORT_EMAIL
    assert Message.objects.filter(kind="blocking:block_lifted").count() == 1


def test_an_open_case_about_it_is_withdrawn(sanne, block):
    case = a_case(block, sanne)
    broken(block.public_id)
    case.refresh_from_db()
    assert case.state == "withdrawn"


@pytest.mark.parametrize("missing", ["reason", "by_name"])
def test_without_a_reason_and_a_name_nothing_happens(block, missing):
    with pytest.raises(CommandError, match="Say why this cannot wait, and who you are"):
        broken(block.public_id, **{missing: "  "})
    block.refresh_from_db()
    assert block.is_open
    assert AuditEvent.objects.get(slug="account:break_glass:refused").account == block.account


def test_the_command_line_itself_asks_for_both(block):
    with pytest.raises(CommandError, match="--reason, --by-name"):
        call_command("break_glass_lift", str(block.public_id))


def test_what_is_lifted_already_is_refused(sanne, block):
    lifted_by_support(block, sanne)
    for target in ([block.public_id], [block.account.user_number, "password"]):
        with pytest.raises(CommandError, match=r"lifted already at 20.* by Sanne Support\."):
            broken(*target)


def test_what_it_did_is_told_in_one_language(anna, a_service, capsys):
    broken(factories.block(anna, BlockReason.QUOTA, service=a_service).public_id)
    assert capsys.readouterr().out == "Lifted: the quota block of Anna de Boer. Support is told by mail.\n"


@pytest.mark.parametrize(
    ("target", "told"),
    [
        (["iets"], "neither the public id"),
        (["b0c1e9c2-0000-4000-8000-000000000000"], "no such block"),
        (["99999999999999", "pin"], "no such block"),
        (["99999999999999"], "say which block"),
    ],
)
def test_what_names_no_block_says_so(block, target, told):
    with pytest.raises(CommandError, match=told):
        broken(*target)


def test_two_quotas_at_once_want_the_service(anna, a_service):
    other = type(a_service).objects.create(code="dcl", name="Declareren", legal_basis="zvw")
    for service in (a_service, other):
        factories.block(anna, BlockReason.QUOTA, service=service)
    with pytest.raises(CommandError, match="--service"):
        broken(anna.user_number, "quota")
    broken(anna.user_number, "quota", service="dcl")
    assert Block.objects.open().get().service == a_service
