"""The Berichtenbox: who sees it, what it shows, and who of the colleagues read what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.choices import MandateRank
from accounts.models import Account, AuditEvent, Mandate
from messagebox.models import Message, Receipt
from messagebox.queries import PAGE_SIZE, UNREAD_COUNTED, unread_count
from tests import factories
from tests.messagebox.conftest import Post

pytestmark = pytest.mark.django_db

BOX = "/berichtenbox/"


def _as(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def _page(message: Message) -> str:
    return f"{BOX}{message.public_id}/"


def test_the_box_shows_sender_subject_date_and_unread_in_words(anna: Account, anja: Account, post: Post) -> None:
    message = post(anna, at=datetime(2026, 3, 1, 12, tzinfo=UTC))
    page = _as(anja).get(BOX).content.decode()
    for shown in ("Wachtwoord geblokkeerd: Anna de Boer", "Het portaal", "1 mrt 2026", "Ongelezen", _page(message)):
        assert shown in page
    assert "Nog geen collega" in page


def test_reading_marks_a_message_read_for_this_reader_only(
    anna: Account, anja: Account, bram: Account, post: Post
) -> None:
    message = post(anna)
    _as(anja).get(_page(message))
    assert unread_count(message.organisation, anja) == 0
    assert unread_count(message.organisation, bram) == 1
    assert "Ongelezen</span>" not in _as(anja).get(BOX).content.decode()
    assert "Ongelezen</span>" in _as(bram).get(BOX).content.decode()


def test_colleagues_see_who_read_it(anna: Account, anja: Account, bram: Account, post: Post) -> None:
    message = post(anna)
    _as(anja).get(_page(message))
    assert anja.name in _as(bram).get(BOX).content.decode()
    assert f"gelezen door <bdi>{anja.name}" in _as(bram).get(_page(message)).content.decode()


def test_reading_twice_keeps_the_first_moment(anna: Account, anja: Account, post: Post) -> None:
    message = post(anna)
    _as(anja).get(_page(message))
    first = Receipt.objects.get()
    _as(anja).get(_page(message))
    assert Receipt.objects.get() == first
    assert Receipt.objects.get().read_at == first.read_at


def test_an_empty_box_says_that_nothing_has_come_yet(anja: Account) -> None:
    assert "Nog geen berichten" in _as(anja).get(BOX).content.decode()


def test_the_box_is_leafed_through_newest_first(anna: Account, anja: Account, post: Post) -> None:
    now = timezone.now()
    messages = [post(anna, at=now - timedelta(minutes=age)) for age in range(PAGE_SIZE + 1)]
    first, second = (_as(anja).get(BOX, {"page": page}).content.decode() for page in (1, 2))
    assert _page(messages[0]) in first
    assert _page(messages[-1]) not in first
    assert 'href="?page=2"' in first
    assert _page(messages[-1]) in second
    assert _page(messages[0]) not in second
    assert 'href="?page=1"' in second
    assert "?page=3" not in second


@pytest.mark.parametrize("typed", ["0", "-1", "abc", "", "1e3", "²", "9" * 400, "1;DROP"])
def test_an_odd_page_number_is_no_mistake_of_ours(typed: str, anna: Account, anja: Account, post: Post) -> None:
    post(anna)
    answer = _as(anja).get(BOX, {"page": typed})
    assert answer.status_code == 200
    assert "Wachtwoord geblokkeerd" in answer.content.decode()


def test_past_the_last_page_the_box_says_so_and_leads_back(anna: Account, anja: Account, post: Post) -> None:
    post(anna)
    page = _as(anja).get(BOX, {"page": "999999"}).content.decode()
    assert "Hier zijn geen berichten meer" in page
    assert 'href="/berichtenbox/"' in page


def test_the_number_of_queries_is_the_same_for_5_and_500_messages(
    anna: Account, anja: Account, bram: Account, post: Post, query_counter: Any
) -> None:
    counted = []
    for total in (5, 500):
        _fill(post(anna), total, readers=[anja, bram])
        client = _as(anja)
        with query_counter() as queries:
            assert client.get(BOX).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
    assert counted[0] <= 8


def test_the_number_of_unread_messages_stops_where_more_tells_nothing(anna: Account, anja: Account, post: Post) -> None:
    message = post(anna)
    _fill(message, UNREAD_COUNTED + 5, readers=[])
    assert unread_count(message.organisation, anja) == UNREAD_COUNTED
    assert "Meer dan 99 ongelezen berichten" in _as(anja).get(BOX).content.decode()


def _fill(example: Message, total: int, *, readers: list[Account]) -> None:
    missing = range(total - Message.objects.count())
    facts = {name: getattr(example, name) for name in ("organisation", "kind", "parameters", "about", "posted_at")}
    made = Message.objects.bulk_create([Message(**facts) for _ in missing])
    at = example.posted_at
    Receipt.objects.bulk_create([Receipt(message=m, reader=reader, read_at=at) for m in made for reader in readers])


# --- who may not ---------------------------------------------------------------------------------


def test_a_stranger_is_sent_to_sign_in_and_comes_back(anna: Account, post: Post) -> None:
    message = post(anna)
    for address in (BOX, _page(message)):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/inloggen/?next={address}"


def test_chris_sees_none_of_noords_messages(anna: Account, anja: Account, chris: Account, post: Post) -> None:
    message = post(anna)
    client = _as(chris)
    assert "Nog geen berichten" in client.get(BOX).content.decode()
    refused, unknown = client.get(_page(message)), client.get(f"{BOX}{uuid4()}/")
    assert refused.status_code == unknown.status_code == 404
    assert anna.name not in refused.content.decode()
    assert not Receipt.objects.exists()
    events = AuditEvent.objects.filter(slug="account:page:refused", actor=chris)
    assert [event.parameters["code"] for event in events] == ["not_your_organisation"] * 2


def test_who_has_no_mandate_is_refused_and_recorded(anna: Account, anja: Account, post: Post) -> None:
    message = post(anna)
    for address in (BOX, _page(message)):
        answer = _as(anna).get(address)
        assert answer.status_code == 403
        assert "contactpersoon van uw organisatie" in answer.content.decode()
    assert AuditEvent.objects.filter(slug="account:page:refused", actor=anna).count() == 2
    assert not Receipt.objects.exists()


def test_a_mandate_that_ended_a_second_ago_gives_nothing(anna: Account, anja: Account, post: Post) -> None:
    message, client = post(anna), _as(anja)
    assert client.get(_page(message)).status_code == 200
    Mandate.objects.filter(account=anja).update(valid_until=timezone.now() - timedelta(seconds=1))
    assert client.get(_page(message)).status_code == 403
    assert client.get(BOX).status_code == 403


def test_a_deputy_reads_while_the_mandate_lasts(anna: Account, post: Post) -> None:
    message = post(anna)
    deputy = factories.account(anna.organisation, "Fatima Yilmaz")
    factories.mandate(deputy, MandateRank.DEPUTY, valid_until=timezone.now() + timedelta(days=7))
    assert _as(deputy).get(_page(message)).status_code == 200


def test_support_reads_no_organisations_box(anna: Account, sanne: Account, post: Post) -> None:
    assert _as(sanne).get(_page(post(anna))).status_code == 403


def test_a_pgb_provider_has_no_box(dirk: Account, post: Post) -> None:
    answer = _as(dirk).get(_page(post(dirk)))
    assert answer.status_code == 403
    assert "PGB-aanbieder" in answer.content.decode()
    assert AuditEvent.objects.get(slug="account:page:refused").parameters["code"] == "pgb_provider"


def test_the_box_is_for_reading_only(anna: Account, anja: Account, post: Post) -> None:
    assert _as(anja).post(_page(post(anna))).status_code == 405
    assert _as(anja).post(BOX).status_code == 405


def test_nothing_of_the_box_is_kept_by_a_browser(anna: Account, anja: Account, post: Post) -> None:
    for address in (BOX, _page(post(anna))):
        assert "no-store" in _as(anja).get(address).headers["Cache-Control"]
