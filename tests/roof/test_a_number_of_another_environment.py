"""Outside production every door says that a number works in its own environment alone: whatever was typed."""

import pytest

pytestmark = pytest.mark.django_db

WRONG = {"user_number": "91234567890123", "password": "fout", "pin": "Abcd2345", "passphrase": "lange-zin-van-woorden"}
WRONG |= {"new_password": "kast-leeuw-marmer-kade"}
DOORS = ("/inloggen/", "/wachtwoord-vergeten/", "/activeren/", "/certificaat-installeren/")
SAYS = "Nummer van een andere omgeving?"


@pytest.mark.parametrize("door", DOORS)
def test_a_refusal_says_so(client, settings, door):
    settings.PORTAL_ENVIRONMENT = "acceptance"
    for number in ("91234567890123", "20460143580347", "geen nummer"):
        refused = client.post(door, WRONG | {"user_number": number}).text
        assert SAYS in refused
        assert "Dit is de acceptatieomgeving" in refused


@pytest.mark.parametrize("door", DOORS)
def test_in_production_nobody_is_bothered_with_it(client, settings, door):
    settings.PORTAL_ENVIRONMENT = "production"
    assert SAYS not in client.post(door, WRONG).text
