"""Support reads organisations, accounts and the log: who belongs to whom, and the way from one to the other."""

import pytest
from django.urls import reverse

from accounts.actors import PORTAL
from accounts.services import record
from tests import factories

pytestmark = pytest.mark.django_db


def page_of(thing):
    return reverse(f"admin:accounts_{thing._meta.model_name}_change", args=[thing.pk])


def list_of(name, **asked):
    return reverse(f"admin:accounts_{name}_changelist", query=asked)


def test_an_account_leads_to_its_lines_of_the_log_and_no_others(support, anna, anja):
    address = list_of("auditevent", account=anna.pk)
    assert address in support.get(page_of(anna)).text
    answer = support.get(address)
    assert {event.account for event in answer.context["cl"].result_list} == {anna}
    assert "Anna de Boer" in answer.text.split('id="changelist-filter"')[1]


def test_an_organisation_leads_to_its_accounts_and_its_lines_of_the_log(support, noord, anna, chris):
    page = support.get(page_of(noord)).text
    accounts, log = list_of("account", organisation=noord.pk), list_of("auditevent", organisation=noord.pk)
    assert accounts in page
    assert log in page
    assert set(support.get(accounts).context["cl"].result_list) == {anna}
    assert {event.organisation for event in support.get(log).context["cl"].result_list} == {noord}


@pytest.mark.parametrize("wanted", ["", "x", "-1", "9" * 400, "1.5", "99999999", "٣"])
@pytest.mark.parametrize("name", ["account", "organisation"])
def test_the_list_of_somebody_who_is_not_there_is_empty_or_whole(support, anna, name, wanted):
    answer = support.get(list_of("auditevent"), {name: wanted})
    assert answer.status_code == 200
    assert bool(answer.context["cl"].result_count) == (wanted == "")


@pytest.mark.parametrize("model", ["account", "organisation"])
def test_there_is_no_history_besides_the_log(support, anna, model):
    thing = anna if model == "account" else anna.organisation
    assert "Geschiedenis" not in support.get(page_of(thing)).text
    assert support.get(reverse(f"admin:accounts_{model}_history", args=[thing.pk])).status_code == 404


def test_the_log_is_filtered_by_what_happened_in_words(support, anna):
    record("account:sign_in:succeeded", by=PORTAL, at=factories.a_moment_ago(hours=1), account=anna)
    page = support.get(list_of("auditevent"))
    assert ">Ingelogd<" in page.text
    assert ">Verkeerd wachtwoord ingevoerd bij …<" in page.text
    assert "account:sign_in:succeeded" not in page.text.split('id="changelist-filter"')[1].split(">Ingelogd<")[1]
    only = support.get(list_of("auditevent", gebeurtenis="account:sign_in:succeeded"))
    assert {event.slug for event in only.context["cl"].result_list} == {"account:sign_in:succeeded"}


def test_a_kind_of_event_that_nobody_knows_is_nowhere_in_the_log(support, anna):
    assert support.get(list_of("auditevent", gebeurtenis="account:pin:eaten")).context["cl"].result_count == 0


@pytest.mark.parametrize("name", ["account", "organisation", "mandate", "service", "auditevent"])
def test_lists_and_pages_are_named_for_what_they_hold(support, anja, name):
    page = support.get(list_of(name)).text
    assert "Selecteer" not in page
    assert ">Search<" not in page
    assert 'alt="Search"' not in page


def test_the_page_of_an_account_has_its_name_as_heading(support, anna):
    page = support.get(page_of(anna)).text
    assert "<h1>Anna de Boer</h1>" in page
    assert "weergeven" not in page


def test_a_line_of_the_log_has_its_sentence_as_heading(support, anna):
    line = record("account:sign_in:succeeded", by=PORTAL, at=factories.a_moment_ago(hours=1), account=anna)
    assert "<h1>Ingelogd.</h1>" in support.get(page_of(line)).text


def test_what_an_account_may_query_is_told_in_dutch(support, anna, a_service):
    anna.authorisations.create(service=a_service, granted_at=factories.a_moment_ago(days=1))
    page = support.get(page_of(anna)).text
    assert "Controle op verzekering" in page
    assert "Granted by" not in page
    assert ">Service<" not in page


def test_there_is_nothing_to_send_on_a_page_to_read(support, anna):
    page = support.get(page_of(anna)).text
    assert "<form" not in page.split("<main")[1]
