"""Every address of the portal. Pages carry a language prefix; ``/`` goes to the reader's language."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from api.urls import token_patterns
from api.urls import urlpatterns as rest_patterns
from directory.urls import alert_patterns
from directory.views.discovery import favicon, robots, security, sitemap, sitemap_index
from directory.views.home import to_language
from exports.urls import chart_patterns, file_patterns
from iati.urls import iati_patterns
from notices.urls import demo_patterns
from reports.views.files import download

urlpatterns = [
    path("", to_language, name="root"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
    path(".well-known/security.txt", security, name="security"),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemap, name="sitemap-section"),
    path("admin/", admin.site.urls),
    path("api/", include(([*file_patterns, *iati_patterns, *rest_patterns], "api"))),
    path("files/<int:pk>/<str:name>", download, name="file"),
    *i18n_patterns(
        path("accounts/", include("accounts.urls")),
        path("workspace/messages/", include("notices.urls")),
        path("workspace/tokens/", include((token_patterns, "tokens"))),
        path("workspace/alerts/", include((alert_patterns, "alerts"))),
        path("exports/", include("exports.urls")),
        path("insights/", include((chart_patterns, "charts"))),
        path("demo/mails/", include((demo_patterns, "demo"))),
        path("workspace/", include("operators.urls")),
        path("workspace/", include("platforms.urls")),
        path("workspace/", include("webhooks.urls")),
        path("workspace/", include("partnerships.urls")),
        path("workspace/", include("reports.urls")),
        path("", include("desk.urls")),
        path("", include("directory.urls")),
    ),
]

handler400 = "directory.views.errors.bad_request"
handler403 = "directory.views.errors.permission_denied"
handler404 = "directory.views.errors.page_not_found"
handler500 = "directory.views.errors.server_error"
