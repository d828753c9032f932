from django.urls import path

from blocking import views

urlpatterns = [
    path("wachtwoord-vergeten/", views.ForgottenPasswordView.as_view(), name="forgotten-password"),
    path("wachtwoord-vergeten/gelukt/", views.forgotten_password_done, name="forgotten-password-done"),
    path("dit-was-ik-niet/gelukt/", views.not_me_done, name="not-me-done"),
    path("dit-was-ik-niet/<str:token>/", views.NotMeView.as_view(), name="not-me"),
]
