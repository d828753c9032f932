from django.urls import path

from blocking import views

urlpatterns = [
    path("wachtwoord-vergeten/", views.ForgottenPasswordView.as_view(), name="forgotten-password"),
    path("wachtwoord-vergeten/gelukt/", views.forgotten_password_done, name="forgotten-password-done"),
    path("activeren/", views.activation, name="activate"),
    path("activeren/gelukt/", views.activation_done, name="activate-done"),
    path("pincode-vergeten/", views.forgotten_pin, name="forgotten-pin"),
    path("pincode-vergeten/gelukt/", views.forgotten_pin_done, name="forgotten-pin-done"),
    path("dit-was-ik-niet/gelukt/", views.not_me_done, name="not-me-done"),
    path("dit-was-ik-niet/<str:token>/", views.NotMeView.as_view(), name="not-me"),
]
