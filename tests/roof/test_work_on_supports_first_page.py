"""Support's first page: what waits for them, how much of it, and the way to it."""

import re

import pytest
from django.utils import timezone

from accounts.admin_kit.work import all_work
from blocking.choices import BlockReason
from blocking.models import Tally
from messagebox.choices import DeliveryState
from messagebox.models import Delivery
from messagebox.services import queue_mail
from tests import factories

pytestmark = pytest.mark.django_db

VOID = "met een vervallen wachtwoord of pincode"


def given_up(account):
    at = timezone.now()
    delivery = queue_mail("password_changed", to=account, parameters={"changed_at": at.isoformat()}, at=at)
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.GIVEN_UP, next_try_at=None)


def void(account, secret):
    return Tally.objects.create(account=account, secret=secret, wrong=100, taken=100, voided_at=timezone.now())


def links_of(page):
    """What every link on the page says, without its markup, and where it leads."""
    found = re.findall(r'<a[^>]*href="([^"]+)"[^>]*>(.*?)</a>', page, re.DOTALL)
    return {" ".join(re.sub("<[^>]+>", " ", text).split()): address.replace("&amp;", "&") for address, text in found}


def test_open_blocks_are_counted_and_split_by_reason(support, anna, anja):
    for account, reason in [(anna, BlockReason.PASSWORD), (anna, BlockReason.PIN), (anja, BlockReason.PASSWORD)]:
        factories.block(account, reason)
    links = links_of(support.get("/beheer/").text)
    assert links["3 open blokkades"] == "/beheer/blocking/block/?open=1"
    assert links["2 Wachtwoord geblokkeerd"] == "/beheer/blocking/block/?open=1&reason__exact=password"
    assert links["1 Pincode geblokkeerd"] == "/beheer/blocking/block/?open=1&reason__exact=pin"
    assert "Quotum overschreden" not in links


def test_mails_that_were_given_up_are_counted(support, anna):
    given_up(anna)
    assert links_of(support.get("/beheer/").text)["1 opgegeven e-mail"] == (
        "/beheer/messagebox/delivery/?state__exact=given_up"
    )


def test_accounts_with_a_void_secret_are_counted_once(support, anna, anja):
    void(anna, "password")
    void(anna, "pin")
    void(anja, "pin")
    links = links_of(support.get("/beheer/").text)
    assert links[f"2 accounts {VOID}"] == "/beheer/accounts/account/?ongeldig=1"
    assert links["1 Wachtwoord vervallen"] == "/beheer/accounts/account/?ongeldig=password"
    assert links["2 Pincode vervallen"] == "/beheer/accounts/account/?ongeldig=pin"


def test_every_list_that_is_linked_holds_as_many_as_was_said(support, anna, anja):
    factories.block(anna)
    factories.block(anja, BlockReason.PIN)
    given_up(anna)
    void(anna, "password")
    piles = [pile for work in all_work() for pile in (work.look().whole, *work.look().parts)]
    assert len(piles) == len(all_work()) + 3
    for pile in piles:
        assert support.get(pile.address).context["cl"].result_count == pile.count, pile.address


def test_where_nothing_waits_it_says_so(support, anna):
    page = support.get("/beheer/").text
    assert page.count("Niets te doen") == len(all_work())
    assert "0 open blokkades" in links_of(page)


def test_the_work_comes_in_one_order_and_before_the_lists(support, anna):
    page = support.get("/beheer/").text
    places = [page.index(words) for words in ("open blokkades", "opgegeven e-mails", VOID, ">Organisaties<")]
    assert places == sorted(places)


def test_the_work_costs_one_question_each(support, anna, anja, django_assert_max_num_queries):
    for account in (anna, anja):
        factories.block(account)
        void(account, "pin")
    with django_assert_max_num_queries(3 + len(all_work())):  # session, account, chart, and one for each kind of work
        support.get("/beheer/")


def test_there_are_no_recent_actions_that_nobody_writes(support):
    page = support.get("/beheer/").text
    assert "Recente acties" not in page
    assert "Mijn acties" not in page


def test_the_list_of_lists_is_on_one_page(support):
    assert support.get("/beheer/blocking/").headers["Location"] == "/beheer/"
    assert support.get("/beheer/nonsense/").status_code == 404


@pytest.mark.parametrize("who", ["anja", "anna", "chris"])
def test_nobody_else_learns_how_much_waits(client, request, who):
    factories.block(request.getfixturevalue("noord_software"), BlockReason.PIN)
    client.force_login(request.getfixturevalue(who))
    answer = client.get("/beheer/")
    assert answer.status_code == 403
    assert "open blokkade" not in answer.text
