from blocking.models.block import Block, BlockQuerySet
from blocking.models.case import CallerCode, SupportCase, SupportCaseQuerySet
from blocking.models.counting import Attempt, Budget, Decoy, Tally
from blocking.models.quota import Crossing, Forecast, JournalBatch, Probation, ServiceQuota, UsageHour

__all__ = [
    "Attempt",
    "Block",
    "BlockQuerySet",
    "Budget",
    "CallerCode",
    "Crossing",
    "Decoy",
    "Forecast",
    "JournalBatch",
    "Probation",
    "ServiceQuota",
    "SupportCase",
    "SupportCaseQuerySet",
    "Tally",
    "UsageHour",
]
