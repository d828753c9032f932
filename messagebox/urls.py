from django.urls import path

from messagebox import views

urlpatterns = [
    path("berichtenbox/", views.inbox, name="inbox"),
    path("berichtenbox/<uuid:public_id>/", views.message, name="message"),
    path("berichtenbox/<uuid:public_id>/toon-pincode/", views.reveal, name="reveal-pin"),
]
