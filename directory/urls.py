"""The public pages."""

from django.urls import path

from directory.views import about, home, operators, partnerships, platforms, profile, reports

app_name = "directory"

urlpatterns = [
    path("", home.home, name="home"),
    path("partnerships/", partnerships.partnerships, name="partnerships"),
    path("partnerships/<reference>/", profile.partnership, name="partnership"),
    path("partnerships/<reference>/<slug:slug>/", profile.with_slug, name="partnership-slug"),
    path("operators/", operators.operators, name="operators"),
    path("operators/<slug:slug>/", operators.operator, name="operator"),
    path("platforms/", platforms.platforms, name="platforms"),
    path("platforms/<slug:slug>/", platforms.platform, name="platform"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("about/", about.about, name="about"),
    path("about/what-is-a-wop/", about.what_is_a_wop, name="what-is-a-wop"),
    path("about/get-involved/", about.get_involved, name="get-involved"),
]
