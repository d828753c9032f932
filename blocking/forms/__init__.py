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
from blocking.forms.doors import ActivationForm, ForgottenPasswordForm, ForgottenPinForm, pin_field
from blocking.forms.new_account import NewAccountForm, NewUserForm, RejectForm
from blocking.forms.new_case import NewCaseForm
from blocking.forms.support_block import SupportBlockForm

__all__ = [
    "ActForm",
    "ActivationForm",
    "BlockForm",
    "CheckForm",
    "CodeForm",
    "ForgottenPasswordForm",
    "ForgottenPinForm",
    "GrantForm",
    "HandOverForm",
    "NewAccountForm",
    "NewCaseForm",
    "NewUserForm",
    "RefuseForm",
    "RejectForm",
    "SupportBlockForm",
    "TakeForm",
    "WithdrawForm",
    "pin_field",
]
