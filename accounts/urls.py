from django.urls import path

from accounts import views

urlpatterns = [
    path("inloggen/", views.SignInView.as_view(), name="sign-in"),
    path("inloggen/tweede-factor/", views.SecondFactorView.as_view(), name="sign-in-factor"),
    path("uitloggen/", views.sign_out, name="sign-out"),
    path("bevestigen/", views.ConfirmView.as_view(), name="confirm"),
    path("mijn-account/tweede-factor/", views.factors_page, name="second-factor"),
    path("mijn-account/tweede-factor/app/", views.replace_app, name="replace-app"),
    path("mijn-account/tweede-factor/app/verwijderen/", views.drop_app, name="remove-app"),
    path("mijn-account/tweede-factor/passkeys/nieuw/", views.new_passkey, name="new-passkey"),
    path(
        "mijn-account/tweede-factor/passkeys/<uuid:public_id>/verwijderen/", views.drop_passkey, name="remove-passkey"
    ),
    path("mijn-account/tweede-factor/herstelcodes/", views.recovery_codes_page, name="recovery-codes"),
    path("mijn-account/tweede-factor/herstelcodes/nieuw/", views.new_recovery_codes, name="new-recovery-codes"),
    path("mijn-account/tweede-factor/herstelcodes/downloaden/", views.download_codes, name="download-recovery-codes"),
    path("mijn-account/tweede-factor/herstelcodes/bewaard/", views.codes_kept, name="recovery-codes-kept"),
]
