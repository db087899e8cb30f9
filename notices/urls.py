from django.urls import path

from notices import views

app_name = "notices"

urlpatterns = [
    path("", views.messages, name="messages"),
    path("<int:pk>/", views.message, name="message"),
    path("preferences/", views.preferences, name="preferences"),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
]

demo_patterns = [
    path("", views.demo_mails, name="mails"),
    path("<slug:name>/", views.demo_mail, name="mail"),
]
