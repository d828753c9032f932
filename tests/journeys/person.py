"""Anybody of the cast: beginning, at the doors, in Gebruikersbeheer or at Support, as far as the portal lets them."""

from tests.journeys.beginning import Beginning
from tests.journeys.doors import AtTheDoors
from tests.journeys.installing import Installing
from tests.journeys.own_account import OnOwnPage
from tests.journeys.support import AtSupport
from tests.journeys.user_administration import InUserAdministration


class Person(AtTheDoors, InUserAdministration, AtSupport, OnOwnPage, Installing, Beginning):
    pass
