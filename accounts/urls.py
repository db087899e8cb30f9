"""Everything about one's own account. The names of allauth's pages stand without a prefix, as allauth expects."""

from django.urls import include, path

from accounts.views import autosave, errors, my_data

ours = [
    path("my-data/", my_data.my_data, name="my-data"),
    path("my-data/export/", my_data.export, name="export"),
    path("my-data/erase/", my_data.erase, name="erase"),
    path("erased/", my_data.erased, name="erased"),
    path("keep/", autosave.autosave_form, name="autosave"),
    path("forget/", autosave.discard, name="discard"),
    path("token/", errors.token, name="token"),
]

urlpatterns = [path("", include((ours, "accounts"))), path("", include("allauth.urls"))]
