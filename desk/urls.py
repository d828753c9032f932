from django.urls import path

from desk.cases import caller_code_page, file_from_account, file_from_message, withdraw
from desk.front import front
from desk.help import help_page
from desk.my_account.browsers import forget_browser_page
from desk.my_account.data import data_page
from desk.my_account.email import confirm_page, email_page, withdraw_change
from desk.my_account.page import my_account_page
from desk.my_account.password import password_page
from desk.my_account.sessions import end_all_sessions, end_one_session, extend_session, sessions_page
from desk.my_account.uzi_card import drop_uzi_card, uzi_card_page
from desk.user_administration.account import account_page
from desk.user_administration.authorisations import authorisations_page
from desk.user_administration.bulk import lift_many_page
from desk.user_administration.episodes import episode_page, episodes_page
from desk.user_administration.lifting import lift_page
from desk.user_administration.listing import list_page
from desk.user_administration.new_pin import new_pin_page
from desk.user_administration.new_user import new_user_page
from desk.user_administration.removing import remove_page, undo_page
from desk.user_administration.system_accounts import add_address, drop_address, system_account_page
from desk.user_administration.system_certificates import prepare_page, revoke_page

urlpatterns = [
    path("", front, name="front"),
    path("mijn-account/", my_account_page, name="my-account"),
    path("mijn-account/wachtwoord/", password_page, name="change-password"),
    path("mijn-account/e-mailadres/", email_page, name="change-email"),
    path("mijn-account/e-mailadres/intrekken/", withdraw_change, name="withdraw-email"),
    path("mijn-account/e-mailadres/bevestigen/<str:token>/", confirm_page, name="confirm-email"),
    path("mijn-account/gegevens/", data_page, name="my-data"),
    path("mijn-account/uzi-pas/", uzi_card_page, name="uzi-card"),
    path("mijn-account/uzi-pas/ontkoppelen/", drop_uzi_card, name="drop-uzi-card"),
    path("mijn-account/sessies/", sessions_page, name="my-sessions"),
    path("mijn-account/sessies/verlengen/", extend_session, name="extend-session"),
    path("mijn-account/sessies/overal-uitloggen/", end_all_sessions, name="end-all-sessions"),
    path("mijn-account/sessies/<uuid:public_id>/uitloggen/", end_one_session, name="end-session"),
    path("mijn-account/browsers/<uuid:public_id>/vergeten/", forget_browser_page, name="forget-browser"),
    path("gebruikersbeheer/", list_page, name="user-administration"),
    path("gebruikersbeheer/nieuw/", new_user_page, name="new-user"),
    path("gebruikersbeheer/accounts/<uuid:public_id>/", account_page, name="account"),
    path("gebruikersbeheer/accounts/<uuid:public_id>/autorisaties/", authorisations_page, name="authorisations"),
    path("gebruikersbeheer/accounts/<uuid:public_id>/verwijderen/", remove_page, name="remove-account"),
    path("gebruikersbeheer/accounts/<uuid:public_id>/verwijderen/ongedaan-maken/", undo_page, name="undo-removal"),
    path("gebruikersbeheer/accounts/<uuid:public_id>/nieuwe-pincode/", new_pin_page, name="new-pin"),
    path("gebruikersbeheer/aanvallen/", episodes_page, name="episodes"),
    path("gebruikersbeheer/aanvallen/<uuid:public_id>/", episode_page, name="episode"),
    path("gebruikersbeheer/blokkades/opheffen/", lift_many_page, name="lift-many"),
    path("gebruikersbeheer/blokkades/<uuid:public_id>/opheffen/", lift_page, name="lift"),
    path("gebruikersbeheer/systeemcertificaten/", system_account_page, name="system-certificates"),
    path("gebruikersbeheer/systeemcertificaten/klaarzetten/", prepare_page, name="prepare-certificate"),
    path(
        "gebruikersbeheer/systeemcertificaten/<uuid:public_id>/intrekken/",
        revoke_page,
        name="revoke-certificate",
    ),
    path("gebruikersbeheer/systeemcertificaten/adressen/", add_address, name="add-address"),
    path(
        "gebruikersbeheer/systeemcertificaten/adressen/<uuid:public_id>/verwijderen/",
        drop_address,
        name="remove-address",
    ),
    path("gebruikersbeheer/blokkades/<uuid:public_id>/verzoek/", file_from_account, name="file-from-account"),
    path("gebruikersbeheer/verzoeken/<uuid:public_id>/intrekken/", withdraw, name="withdraw-case"),
    path("berichtenbox/code/", caller_code_page, name="caller-code"),
    path("berichtenbox/<uuid:public_id>/verzoek/", file_from_message, name="file-from-message"),
    path("hulp/<slug:slug>/", help_page, name="help"),
]
