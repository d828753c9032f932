"""What Support allows after a quota block is told to Support and to the contact person, and so is that it is over."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.audit_sentences import sentence_of
from accounts.models import AuditEvent
from accounts.services import authorise
from blocking.admin.words import cause_of
from blocking.choices import QuotaWindow
from blocking.models import Block, Probation
from blocking.services import Allowance
from blocking.services.quota import QuotaEvent, record_crossing
from messagebox.letters import body_of, subject_of
from messagebox.models import Message
from tests import factories
from tests.cases import a_case, lifted_by_support
from tests.desk.conftest import text_of
from tests.factories import by

pytestmark = pytest.mark.django_db

PAGE = "/gebruikersbeheer/systeemcertificaten/"


def crossed(account, service, *, count=101, at=None):
    at = at or timezone.now()
    event = QuotaEvent(account, service, QuotaWindow.DAY, limit=100, count=count, client="", at=at)
    return record_crossing(uuid4(), event, at=at)


def allowed(block, support, queries=1200, **ahead):
    until = timezone.now() + timedelta(**ahead or {"days": 2})
    return lifted_by_support(block, support, allowance=Allowance(queries, until))


@pytest.fixture
def block(noord_software, a_service):
    return crossed(noord_software, a_service, at=factories.a_moment_ago(seconds=30))


@pytest.fixture
def lifted(block, sanne):
    done = allowed(block, sanne)
    Probation.objects.update(used=200)
    return done


def test_the_page_of_the_case_tells_how_much_until_when_and_what_is_used(client, sanne, lifted):
    client.force_login(sanne)
    page = text_of(client.get(reverse("admin:blocking_supportcase_change", args=[lifted.lift_case_id])))
    assert "1.200 bevragingen boven het quotum, tot" in page
    assert "Daarvan gebruikt: 200" in page


def test_the_page_of_the_block_tells_it_too(client, sanne, lifted):
    client.force_login(sanne)
    page = text_of(client.get(reverse("admin:blocking_block_change", args=[lifted.pk])))
    assert "1.200 bevragingen boven het quotum, tot" in page


def test_an_open_block_tells_no_allowance(client, sanne, block):
    client.force_login(sanne)
    page = text_of(client.get(reverse("admin:blocking_block_change", args=[block.pk])))
    assert "Toegestaan na het opheffen" not in page


def test_the_history_tells_what_was_allowed_and_no_reason_that_is_none(lifted):
    told = sentence_of(AuditEvent.objects.get(slug="account:block:lifted"))
    assert "Boven het quotum toegestaan: 1200 bevragingen, tot " in told
    assert "Anders" not in told


def test_a_line_from_before_the_moment_was_kept_still_reads_well():
    old = AuditEvent(slug="account:block:lifted", parameters={"reason": "Quotum", "why": "Anders", "queries": 5})
    assert sentence_of(old) == "Blokkade opgeheven: Quotum. Boven het quotum toegestaan: 5 bevragingen."


def test_other_lifts_read_as_before():
    event = AuditEvent(slug="account:block:lifted", parameters={"reason": "Pincode", "why": "Anders", "queries": None})
    assert sentence_of(event) == "Blokkade opgeheven: Pincode. Reden: Anders."


def test_the_contact_person_sees_what_is_left(client, anja, noord_software, a_service, lifted):
    authorise(noord_software, service=a_service, by=by(), at=timezone.now())
    client.force_login(anja)
    page = text_of(client.get(PAGE))
    assert "1.200 bevragingen boven het quotum, tot" in page
    assert "Nog 1.000 over" in page
    Probation.objects.update(used=1200)
    assert "Alles is gebruikt" in text_of(client.get(PAGE))
    Probation.objects.update(valid_until=timezone.now())
    assert "Extra toegestaan" not in text_of(client.get(PAGE))


def test_chris_sees_nothing_of_it(client, chris, lifted):
    client.force_login(chris)
    assert "1.200" not in text_of(client.get(PAGE))


def test_the_block_after_a_spent_allowance_says_so(noord_software, a_service, anja, lifted):
    again = crossed(noord_software, a_service, count=1301)
    message = Message.objects.filter(kind="blocking:block_opened").latest("pk")
    told = " ".join(body_of(message, anja).split())
    assert "1.200 bevragingen boven het quotum toegestaan, en die zijn nu op" in told
    assert "Extra toegestaan door Support" in told
    assert subject_of(message).startswith("Quotum opnieuw overschreden")
    assert cause_of(again).endswith("(1.301 geteld). Support had 1.200 extra toegestaan: die zijn op")


def test_the_block_after_an_allowance_whose_time_is_over_says_that(noord_software, a_service, anja, lifted):
    over = {"granted_at": factories.a_moment_ago(seconds=20), "valid_until": factories.a_moment_ago(seconds=1)}
    Probation.objects.update(**over)
    crossed(noord_software, a_service, count=301)
    message = Message.objects.filter(kind="blocking:block_opened").latest("pk")
    assert "maar de tijd daarvoor is om" in body_of(message, anja)


def test_a_new_day_crossed_by_the_one_query_too_many_is_no_matter_of_an_allowance(noord_software, a_service, lifted):
    assert "extra toegestaan" not in cause_of(crossed(noord_software, a_service, count=101))


def test_support_reads_which_quota_and_window(client, sanne, block):
    client.force_login(sanne)
    case = a_case(Block.objects.get(pk=block.pk), sanne)
    page = text_of(client.get(reverse("admin:blocking_supportcase_change", args=[case.pk])))
    assert "dan het quotum van 100 per dag toestaat (101 geteld)" in page
