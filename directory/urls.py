"""The public pages."""

from django.urls import path

from directory.views import (
    about,
    alerts,
    comparing,
    embed,
    fact_sheet,
    feeds,
    home,
    insights,
    operators,
    partnerships,
    places,
    platforms,
    preview,
    profile,
    reports,
    search,
    social_cards,
    twins,
)

app_name = "directory"

urlpatterns = [
    path("", home.home, name="home"),
    path("card.png", social_cards.portal, name="card"),
    path("partnerships/", partnerships.partnerships, name="partnerships"),
    path("partnerships/compare/", comparing.partnerships, name="compare-partnerships"),
    path("partnerships/between/<slug:one>/<slug:other>/", twins.twins, name="twins"),
    path("partnerships/<reference>/", profile.partnership, name="partnership"),
    path("partnerships/<reference>/card.png", social_cards.partnership, name="partnership-card"),
    path("partnerships/<reference>/fact-sheet/", fact_sheet.page, name="fact-sheet"),
    path("partnerships/<reference>/fact-sheet.pdf", fact_sheet.pdf, name="fact-sheet-pdf"),
    path("partnerships/<reference>/history/", profile.history, name="history"),
    path("partnerships/<reference>/versions/<int:number>/", profile.version, name="version"),
    path("partnerships/<reference>/<slug:slug>/", profile.with_slug, name="partnership-slug"),
    path("operators/", operators.operators, name="operators"),
    path("operators/compare/", comparing.operators, name="compare-operators"),
    path("operators/<slug:slug>/", operators.operator, name="operator"),
    path("countries/", places.countries, name="countries"),
    path("countries/<slug:code>/", places.country, name="country"),
    path("regions/", places.regions, name="regions"),
    path("regions/<slug:slug>/", places.region, name="region"),
    path("platforms/", platforms.platforms, name="platforms"),
    path("platforms/<slug:slug>/", platforms.platform, name="platform"),
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.suggest, name="suggestions"),
    path("insights/", insights.insights, name="insights"),
    path("costs/", insights.costs, name="costs"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/history/", reports.history, name="report-history"),
    path("reports/<int:pk>/versions/<int:number>/", reports.version, name="report-version"),
    path("preview/<str:token>/", preview.preview, name="preview"),
    path("workspace/<slug:kind>/<int:pk>/preview/", preview.draft_preview, name="draft-preview"),
    path("about/", about.about, name="about"),
    path("about/what-is-a-wop/", about.what_is_a_wop, name="what-is-a-wop"),
    path("about/get-involved/", about.get_involved, name="get-involved"),
    path("about/embed/", embed.how, name="how-to-embed"),
    path("embed/partnerships/", embed.partnerships, name="embed"),
    path("feeds/partnerships.atom", feeds.partnerships, name="partnership-feed"),
    path("feeds/reports.atom", feeds.reports, name="report-feed"),
]

alert_patterns = [
    path("", alerts.alerts, name="alerts"),
    path("new/", alerts.new, name="new"),
    path("<int:pk>/", alerts.rename, name="rename"),
    path("<int:pk>/delete/", alerts.delete, name="delete"),
]
