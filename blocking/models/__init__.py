from blocking.models.account_request import AccountRequest, AccountRequestQuerySet
from blocking.models.activation_reminder import ActivationReminder
from blocking.models.block import Block, BlockQuerySet
from blocking.models.browser import KnownBrowser
from blocking.models.case import CallerCode, SupportCase, SupportCaseQuerySet
from blocking.models.counting import STRANGERS, Attempt, Budget, Decoy, Tally
from blocking.models.episode import Episode, Victim
from blocking.models.letter import PinLetter, PinLetterQuerySet
from blocking.models.notice import Notice
from blocking.models.pin_request import PinRequest, PinRequestQuerySet
from blocking.models.quota import (
    Crossing,
    Forecast,
    JournalBatch,
    Probation,
    ProbationQuerySet,
    ServiceQuota,
    UsageHour,
)

__all__ = [
    "STRANGERS",
    "AccountRequest",
    "AccountRequestQuerySet",
    "ActivationReminder",
    "Attempt",
    "Block",
    "BlockQuerySet",
    "Budget",
    "CallerCode",
    "Crossing",
    "Decoy",
    "Episode",
    "Forecast",
    "JournalBatch",
    "KnownBrowser",
    "Notice",
    "PinLetter",
    "PinLetterQuerySet",
    "PinRequest",
    "PinRequestQuerySet",
    "Probation",
    "ProbationQuerySet",
    "ServiceQuota",
    "SupportCase",
    "SupportCaseQuerySet",
    "Tally",
    "UsageHour",
    "Victim",
]
