"""Everything about one's own account. The names of allauth's pages stand without a prefix, as allauth expects."""

from django.urls import include, path

from accounts.views import keeping, personal, still_here

ours = [
    path("my-data/", personal.my_data, name="my-data"),
    path("my-data/export/", personal.export, name="export"),
    path("my-data/erase/", personal.erase, name="erase"),
    path("erased/", personal.erased, name="erased"),
    path("keep/", keeping.keep, name="keep"),
    path("forget/", keeping.forget, name="forget"),
    path("token/", still_here.token, name="token"),
]

urlpatterns = [path("", include((ours, "accounts"))), path("", include("allauth.urls"))]
