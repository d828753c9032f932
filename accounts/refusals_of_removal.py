"""What is refused about removing an account, named for the ground that `accounts.policy.removal` gives."""

from __future__ import annotations

from accounts.policy.removal import RemovalGround
from accounts.refusals import NotYourOrganisation, Refusal


class OnlySupportRemoves(Refusal):
    code = RemovalGround.ONLY_SUPPORT.value
    sentence = "Dit account verwijdert alleen Support. Neem contact op als het weg moet."


class OnlyContactPersonRemoves(Refusal):
    code = RemovalGround.ONLY_CONTACT_PERSON.value
    sentence = "Een persoonlijk account verwijdert de contactpersoon van de organisatie, in Gebruikersbeheer."


class OwnAccountStays(Refusal):
    code = RemovalGround.OWN_ACCOUNT.value
    sentence = "Uw eigen account kunt u niet verwijderen. Een andere contactpersoon van uw organisatie kan dat wel."


class LastContactPerson(Refusal):
    code = RemovalGround.LAST_CONTACT_PERSON.value
    sentence = (
        "Dit is de laatste contactpersoon van de organisatie. Laat Support eerst een andere contactpersoon aanstellen."
    )


class RemovalPendingAlready(Refusal):
    code = RemovalGround.PENDING.value
    status = 409
    sentence = "Dit account wordt al verwijderd. Iemand anders was u voor."


class RemovedAlready(Refusal):
    code = RemovalGround.REMOVED.value
    status = 409
    sentence = "Dit account is al verwijderd."


class NoRemovalPending(Refusal):
    code = RemovalGround.NOT_PENDING.value
    status = 409
    sentence = "Dit account wordt niet verwijderd: er is niets ongedaan te maken."


class RemovalIsFinal(Refusal):
    code = RemovalGround.FINAL.value
    status = 409
    sentence = "De tijd om dit ongedaan te maken is voorbij: het verwijderen is definitief."


_KINDS: tuple[type[Refusal], ...] = (
    NotYourOrganisation,
    OnlySupportRemoves,
    OnlyContactPersonRemoves,
    OwnAccountStays,
    LastContactPerson,
    RemovalPendingAlready,
    RemovedAlready,
    NoRemovalPending,
    RemovalIsFinal,
)
_OF_GROUND = {kind.code: kind for kind in _KINDS}


def removal_refusal_of(ground: RemovalGround) -> Refusal:
    return _OF_GROUND[ground.value]()
