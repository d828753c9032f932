"""Rows of the version before this one get a name of their own from the database."""

import pytest
from django.db import connection

from accounts.actors import PORTAL
from accounts.models import RegisteredAddress
from accounts.services import register_address
from tests import factories

pytestmark = pytest.mark.django_db


def test_who_does_not_know_the_column_makes_rows_all_the_same(noord_software):
    at = factories.a_moment_ago()
    first = register_address(noord_software, network="192.0.2.7", note="", by=PORTAL, at=at)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_registeredaddress (account_id, network, note, registered_at) VALUES (%s, %s, '', %s)",
            [noord_software.pk, "192.0.2.9/32", at],
        )
    names = set(RegisteredAddress.objects.values_list("public_id", flat=True))
    assert len(names) == 2
    assert first.public_id in names
