"""Pages of signed-in people are compressed; the public doors never are."""

import pytest
from django.test import Client

from accounts.models import Account

GZIP = {"Accept-Encoding": "gzip"}


@pytest.mark.django_db
def test_the_doors_are_as_long_as_they_are(client: Client) -> None:
    assert "Content-Encoding" not in client.get("/inloggen/", headers=GZIP).headers


@pytest.mark.django_db
def test_the_own_page_is_compressed(client: Client, anna: Account) -> None:
    client.force_login(anna)
    assert client.get("/mijn-account/", headers=GZIP).headers["Content-Encoding"] == "gzip"
