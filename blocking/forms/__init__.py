from blocking.forms.case_acts import (
    ActForm,
    BlockForm,
    CheckForm,
    CodeForm,
    GrantForm,
    HandOverForm,
    RefuseForm,
    TakeForm,
    WithdrawForm,
)
from blocking.forms.doors import ForgottenPasswordForm, pin_field
from blocking.forms.new_case import NewCaseForm
from blocking.forms.support_block import SupportBlockForm

__all__ = [
    "ActForm",
    "BlockForm",
    "CheckForm",
    "CodeForm",
    "ForgottenPasswordForm",
    "GrantForm",
    "HandOverForm",
    "NewCaseForm",
    "RefuseForm",
    "SupportBlockForm",
    "TakeForm",
    "WithdrawForm",
    "pin_field",
]
