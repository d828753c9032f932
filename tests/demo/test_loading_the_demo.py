"""The demo stands as a whole, agrees with itself, and is loaded once."""

from collections import Counter
from dataclasses import replace
from io import StringIO

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from accounts.actors import PORTAL
from accounts.choices import AccountKind, AccountState, Secret
from accounts.models import Account, AuditEvent, Mandate, Organisation
from blocking.choices import BlockReason, Door
from blocking.models import Block, Budget, Tally
from blocking.services import Typed, check_secret
from messagebox.choices import DeliveryState
from messagebox.models import Delivery, Message
from messagebox.queries import unread_count
from tests import factories
from tests.demo.conftest import tables
from vecozo_portal.demo.cast import ANJA, CAST, LISTED
from vecozo_portal.demo.founding import found
from vecozo_portal.demo.history import tell
from vecozo_portal.demo.loading import load_demo
from vecozo_portal.demo.past_mail import mail_of_the_past
from vecozo_portal.demo.permission import NoDemoHere
from vecozo_portal.demo.values import password_of, pin_of

pytestmark = pytest.mark.django_db


def everything():
    return {model: list(model._default_manager.order_by("pk").values()) for model in tables()}


def person_called(name):
    return Account.objects.get(user_number=next(person.user_number for person in CAST if person.name == name))


def test_three_organisations_one_of_them_a_pgb_provider_and_some_forty_accounts(demo):
    assert Organisation.objects.filter(is_pgb_provider=True).count() == 1
    assert Organisation.objects.count() == 3
    assert 38 <= Account.objects.count() <= 45
    assert Account.objects.filter(is_staff=True).count() == 2
    assert Account.objects.filter(kind=AccountKind.SYSTEM).count() == 1
    assert sorted(Mandate.objects.values_list("account__name", flat=True)) == [
        "Anja Visser",
        "Bram Smit",
        "Chris Jansen",
        "Dirk Bakker",
    ]


def test_an_account_in_every_state_before_removed(demo):
    states = set(Account.objects.values_list("state", flat=True))
    assert states == set(AccountState) - {AccountState.REMOVED}


def test_loading_twice_changes_nothing(demo):
    before = everything()
    assert load_demo(at=timezone.now()) == 0
    assert everything() == before


def test_a_loading_that_was_cut_off_goes_on_where_it_stopped():
    """Cut off when Anja had been told about, Fatima after three of her five, and nobody else."""
    at = timezone.now()
    anja, fatima = (next(person for person in CAST if person.name == name) for name in (ANJA, "Fatima el Amrani"))
    found(at=at)
    with mail_of_the_past():
        for person in (anja, replace(fatima, story=())):
            tell(person, at=at)
        for _ in range(3):
            check_secret(Typed(Door.SIGN_IN, fatima.user_number, "verkeerd"), by=PORTAL, at=at)
    load_demo(at=at)
    assert_open_blocks_are_the_storys()
    assert Block.objects.lifted().count() == 5


def assert_open_blocks_are_the_storys():
    opened = Counter(Block.objects.open().values_list("account__user_number", "reason"))
    assert opened == Counter((person.user_number, reason) for person in CAST for reason in person.open_reasons)


def test_the_open_blocks_are_the_ones_of_the_story(demo):
    assert_open_blocks_are_the_storys()
    assert set(Block.objects.open().values_list("reason", flat=True)) == set(BlockReason)
    assert Block.objects.lifted().count() >= 5


@pytest.mark.parametrize("reason", [BlockReason.PASSWORD, BlockReason.PIN])
def test_blocks_after_wrong_entries_agree_with_counts_and_log(demo, reason):
    for block in Block.objects.open().filter(reason=reason):
        budget = Budget.objects.get(account=block.account, secret=reason)
        assert (budget.taken, budget.wrong, block.evidence_count) == (5, 5, 5)
        assert block.source_address
        last = AuditEvent.objects.filter(account=block.account, slug=f"account:{reason}:failed").first()
        assert last
        assert last.at == block.opened_at


def test_a_lift_gave_five_fresh_attempts_and_kept_the_sum(demo):
    koen = person_called("Koen Bos")
    assert Budget.objects.get(account=koen, secret=Secret.PASSWORD).taken == 0
    assert Tally.objects.get(account=koen, secret=Secret.PASSWORD).wrong == 5
    assert koen.last_sign_in_at > Block.objects.get(account=koen).lifted_at


def test_every_block_has_its_message_and_its_line_in_the_log(demo):
    blocks = Block.objects.count()
    assert Message.objects.filter(kind="blocking:block_opened").count() == blocks
    assert AuditEvent.objects.filter(slug="account:block:opened").count() == blocks
    assert AuditEvent.objects.filter(slug="account:block:lifted").count() == Block.objects.lifted().count()
    assert not AuditEvent.objects.filter(slug__endswith="refused").exists()


def test_mail_of_the_past_counts_as_sent_when_it_was_due_and_none_waits(demo, mailoutbox):
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.SENT}
    assert all(delivery.sent_at == delivery.created_at for delivery in Delivery.objects.all())
    assert mailoutbox == []


def test_mail_after_the_loading_waits_to_be_sent_as_ever(demo):
    factories.block(person_called("Anna de Boer"))
    Delivery.objects.create(template="new_message", to_address="a@b.example", created_at=demo, next_try_at=demo)
    assert Delivery.objects.waiting().count() == 1


def test_new_messages_are_unread_and_old_ones_are_read(demo):
    anja = person_called("Anja Visser")
    assert 0 < unread_count(anja.organisation, anja) < Message.objects.filter(organisation=anja.organisation).count()


def test_nothing_of_the_history_lies_in_the_future(demo):
    assert not AuditEvent.objects.filter(at__gt=demo).exists()
    assert not Message.objects.filter(posted_at__gt=demo).exists()
    assert not Account.objects.filter(last_sign_in_at__gt=demo).exists()


def test_every_password_keeps_the_rules_whatever_the_key(demo, settings):
    for key in range(20):
        settings.SECRET_KEY = f"another key {key}"
        for person in CAST:
            password = password_of(person)
            if password:
                validate_password(password, Account.objects.get(user_number=person.user_number))


def test_values_differ_per_person_and_per_deployment(settings):
    values = {value for person in CAST for value in (password_of(person), pin_of(person)) if value}
    assert len(values) == sum(bool(value) for person in CAST for value in (password_of(person), pin_of(person)))
    settings.SECRET_KEY = "of another deployment"
    assert values.isdisjoint({password_of(person) for person in CAST} | {pin_of(person) for person in CAST})


def test_user_numbers_are_fixed_and_distinct():
    assert len({person.user_number for person in CAST}) == len(CAST)
    assert LISTED[0].user_number == "20460143580347"


def test_a_production_refuses(db, settings):
    settings.PORTAL_ENVIRONMENT = "production"
    with pytest.raises(CommandError, match="This is a production"):
        call_command("load_demo")
    assert not Account.objects.exists()


def test_a_deployment_without_demo_refuses(db, settings):
    settings.PORTAL_DEMO = False
    with pytest.raises(CommandError, match="PORTAL_DEMO is off"):
        call_command("load_demo")


def test_a_database_with_real_accounts_refuses(anna):
    with pytest.raises(CommandError, match="holds real accounts"):
        call_command("load_demo")
    assert Account.objects.count() == 1


def test_an_account_made_later_in_a_demo_is_no_obstacle(demo):
    factories.account(Organisation.objects.first(), "Nieuw Hier")
    assert load_demo(at=timezone.now()) == 0


def test_a_person_who_was_added_to_the_cast_joins_a_demo_that_stands(demo, monkeypatch):
    newcomer = replace(CAST[0], place=99, name="Nora Later", rank=None)
    for module in ("founding", "loading"):
        monkeypatch.setattr(f"vecozo_portal.demo.{module}.CAST", (*CAST, newcomer))
    assert load_demo(at=timezone.now()) == 1
    assert Account.objects.filter(name="Nora Later").exists()


def test_nothing_is_loaded_where_a_refusal_comes_first(db, settings):
    settings.PORTAL_DEMO = False
    with pytest.raises(NoDemoHere):
        load_demo(at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_the_command_loads_with_threads_and_says_so_once():
    first, second = StringIO(), StringIO()
    call_command("load_demo", stdout=first)
    call_command("load_demo", stdout=second)
    assert f"{len(CAST)} loaded" in first.getvalue()
    assert "already" in second.getvalue()
    assert Block.objects.open().count() == sum(len(person.open_reasons) for person in CAST)
