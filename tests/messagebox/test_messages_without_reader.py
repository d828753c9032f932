"""A message that nobody of the organisation can read is work of Support, until Support has told them."""

import pytest

from accounts.models import AuditEvent
from messagebox.letters import letter_of
from messagebox.queries import without_reader
from messagebox.services import mark_read
from tests import factories

pytestmark = pytest.mark.django_db

LIST = "/beheer/messagebox/message/"


@pytest.fixture
def unread(post, anna):
    """Noord has no contact person yet."""
    return post(anna)


def told(browser, message):
    return browser.post(f"{LIST}{message.pk}/doorgegeven/")


def test_it_is_a_pile_on_the_first_page_and_a_list_of_its_own(support, request, anna, post, unread):
    request.getfixturevalue("anja")
    has_a_reader = post(anna)
    page = support.get("/beheer/").text
    assert "bericht zonder lezer" in page
    assert f"{LIST}?lezer=geen" in page
    listed = support.get(f"{LIST}?lezer=geen").context["cl"].result_list
    assert list(listed) == [unread]
    assert has_a_reader not in listed


def test_support_says_that_it_told_them_and_then_it_waits_no_longer(support, sanne, unread):
    assert "Doorgegeven aan de organisatie" in support.get(f"{LIST}{unread.pk}/change/").text
    assert told(support, unread).status_code == 303
    assert not without_reader().exists()
    assert "Doorgegeven aan de organisatie" not in support.get(f"{LIST}{unread.pk}/change/").text
    event = AuditEvent.objects.get(slug="messagebox:message:told")
    assert (event.actor, event.organisation) == (sanne, unread.organisation)


def test_once_a_contact_person_read_it_nothing_waits(unread, anja):
    mark_read(unread, by=factories.by(anja), at=factories.a_moment_ago(minutes=1))
    assert not without_reader().exists()


def test_a_message_with_a_reader_is_not_support_s_to_pass_on(support, anna, anja, post):
    assert told(support, post(anna)).status_code == 404


def test_a_press_too_many_finds_nothing(support, unread):
    told(support, unread)
    assert told(support, unread).status_code == 404


def test_looking_is_not_telling(support, unread):
    assert support.get(f"{LIST}{unread.pk}/doorgegeven/").status_code == 405
    assert without_reader().exists()


def test_a_contact_person_does_not_read_that_support_read_it(support, unread, anja):
    told(support, unread)
    assert letter_of(unread, anja).readers == ()


@pytest.mark.parametrize("who", ["anja", "chris", "dirk"])
def test_nobody_else_passes_it_on(client, request, unread, who):
    client.force_login(request.getfixturevalue(who))
    assert told(client, unread).status_code == 403
    assert not AuditEvent.objects.filter(slug="messagebox:message:told").exists()
