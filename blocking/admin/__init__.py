"""Blocks, cases and quotas in Support's admin. Each module registers its pages; what others show is registered here."""

from accounts.admin_kit.additions import add_to
from accounts.admin_kit.pictures import register_picture
from accounts.admin_kit.work import register_work
from accounts.models import Account, Organisation
from blocking.admin import blocks, cases, quota
from blocking.admin.letters import READY
from blocking.admin.on_accounts import ON_ACCOUNTS, ON_ORGANISATIONS
from blocking.admin.pictures import BLOCKS_PER_DAY
from blocking.admin.requests import UNDECIDED
from blocking.admin.security import ATTACKS, REPORTS_OF_NOT_ME
from blocking.admin.work import OPEN_BLOCKS, OPEN_CASES, VOID_SECRETS

__all__ = ["blocks", "cases", "quota"]

register_picture(BLOCKS_PER_DAY)
register_work(REPORTS_OF_NOT_ME)
register_work(ATTACKS)
register_work(OPEN_CASES)
register_work(OPEN_BLOCKS)
register_work(UNDECIDED)
register_work(READY)
register_work(VOID_SECRETS)
add_to(Account, ON_ACCOUNTS)
add_to(Organisation, ON_ORGANISATIONS)
