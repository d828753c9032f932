"""Whatever Support's lists are asked for by hand: a list, an answer that says no, but never a 500."""

import re
from html import unescape
from itertools import product
from typing import Any

import pytest
from django.contrib import admin
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db

LISTS = {f"{model._meta.app_label}_{model._meta.model_name}": each for model, each in admin.site._registry.items()}
LOOKUPS = (
    *("__iexact", "__contains", "__regex", "__range", "__in", "__isnull", "__gt", "__year", "__date", "__len"),
    *("__trigram_similar", "__unaccent", "__search", "__exact__exact", "__nonsense"),
)
VALUES = ("", "\x00", "a\x00b", "(", "abc", "1,2,3", "9" * 400, "-1", "None", "é" * 50)
# A lookup that no list offers is asked once; what lists do offer, with every value.
ASKED = [*product(LOOKUPS, ("(",)), *product(("", "__exact"), VALUES)]


@pytest.fixture
def support(sanne):
    browser = Client(raise_request_exception=False)
    browser.force_login(sanne, "blocking.backends.GuardedBackend")
    return browser


@pytest.fixture
def a_request(rf: RequestFactory, sanne):
    """A request as an admin wants it when it is asked which filters it has."""
    request = rf.get("/")
    request.user = sanne
    return request


def address_of(name: str) -> str:
    return reverse(f"admin:{name}_changelist")


def filters_of(name: str, request: HttpRequest) -> list[str]:
    offered: Any = LISTS[name].get_list_filter(request)
    return [each if isinstance(each, str) else each.parameter_name for each in offered]


@pytest.mark.parametrize("name", LISTS)
def test_no_list_falls_over_whatever_lookup_it_is_asked(support, a_request, anna, name):
    factories.block(anna)
    filters = filters_of(name, a_request)
    asked = [{f"{each}{lookup}": value} for each, (lookup, value) in product(filters, ASKED)]
    fallen = [each for each in asked if support.get(address_of(name), each).status_code >= 500]
    assert fallen == []


@pytest.mark.parametrize("name", LISTS)
def test_what_the_filters_of_a_list_offer_leads_to_the_list(support, anna, name):
    factories.block(anna)
    aside = support.get(address_of(name)).text.partition('id="changelist-filter"')[2]
    for link in re.findall(r'href="(\?[^"]+)"', aside):
        answer = support.get(address_of(name) + unescape(link))
        assert (answer.status_code, link) == (200, link)


@pytest.mark.parametrize(
    "asked", ["state__regex=(", "state__startswith=a", "state__in=active", "password__startswith=a", "pin=x"]
)
def test_only_what_a_list_offers_can_be_asked_of_it(support, anna, asked):
    assert support.get(f"{address_of('accounts_account')}?{asked}").status_code == 400


@pytest.mark.parametrize("term", ["", "\x00", "Anna\x00", "(", "'", "%", "9" * 400])
def test_looking_somebody_up_by_odd_text_never_falls_over(support, anna, term):
    asked = {"app_label": "blocking", "model_name": "block", "field_name": "account", "term": term}
    assert support.get(reverse("admin:autocomplete"), asked).status_code in {200, 400}


@pytest.mark.parametrize("asked", ["q=%00", "q=a%00b", "%00=1", "p=%00", "o=%00", "q=%00&q=anna"])
@pytest.mark.parametrize("path", ["/beheer/accounts/account/", "/inloggen/", "/gebruikersbeheer/", "/bestaat-niet/"])
def test_an_address_with_a_nul_is_400_for_everybody(client, support, path, asked):
    for browser in (client, support):
        answer = browser.get(f"{path}?{asked}")
        assert answer.status_code == 400
        assert "Dit verzoek begrijpen wij niet" in answer.text


def test_an_address_that_only_writes_about_a_nul_is_read(client):
    assert client.get("/inloggen/?next=%2500").status_code == 200
