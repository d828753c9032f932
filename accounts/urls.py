from django.urls import path

from accounts import views

urlpatterns = [
    path("inloggen/", views.SignInView.as_view(), name="sign-in"),
    path("uitloggen/", views.sign_out, name="sign-out"),
]
