"""What was published, newest first, as Atom: partnerships and the reports on them, with the directory's filters."""

from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import number_format
from django.utils.html import escape, linebreaks
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from directory.absolute_urls import absolute
from directory.profile.citation import PORTAL
from directory.query_strings import query_of, sentence, title_of
from directory.wording import account_of, areas_of, entry_of, report_name
from partnerships.models import PartnershipVersion
from reports.models import ReportVersion
from reports.querysets import with_report_count
from reviews.models import ReviewEvent
from reviews.translations import told
from vocabularies.clean_text import cleaned
from vocabularies.licence import words as licence_in_words
from vocabularies.localised import labelled

MOST = 50
"""Entries of a feed; the directory has all of them."""


class Atom(Atom1Feed):
    """Atom whose entries also bring their own words, in the reader's language or their own, and name their topics."""

    def latest_post_date(self):
        """A feed without entries is as old as the last thing that happened, not as this answer."""
        return super().latest_post_date() if self.items else self.feed["updated"]

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for code, label in item["topics"]:
            handler.addQuickElement("category", "", {"term": code, "label": label})
        if item["words"]:
            text = linebreaks(escape(item["words"]))
            handler.addQuickElement("content", text, {"type": "html", "xml:lang": item["language"]})


def partnership_feed(filterset):
    """The feed of the published versions that answer a valid question."""
    newest = filterset.in_order_of_time().read_as(_as_entries)[:MOST]
    subtitle = sentence(filterset, filterset.qs.count())
    feed = _feed(filterset, "directory:partnership-feed", title_of(filterset), subtitle)
    for version in newest:
        address = reverse("directory:version", args=[version.partnership.reference, version.number])
        title = f"{version.partnership.reference} {told(version, 'title')}"
        words = told(version, "summary")
        _add(feed, version, title=title, address=address, account=_account(version), words=words, wop=version)
    return feed


def _as_entries(versions):
    return with_report_count(versions.with_published_at().with_years()).for_list()


def report_feed(filterset):
    """The feed of the published reports on the partnerships that answer a valid question."""
    reports = ReportVersion.objects.published().filter(report__partnership__in=filterset.qs.pks())
    newest = reports.with_published_at().with_translations().select_related("report__partnership")
    newest = newest.order_by("-published_at", "-pk")[:MOST]
    title = labelled(_("Reports"), title_of(filterset))
    feed = _feed(filterset, "directory:report-feed", title, _counted(reports.count()))
    versions = _public_versions(newest)
    for report in newest:
        wop = versions[report.report.partnership_id]
        address = reverse("directory:report-version", args=[report.report_id, report.number])
        title = f"{wop.partnership.reference} {told(wop, 'title')}: {report_name(report.report)}"
        account, words = _account(wop), told(report, "overall_results")
        _add(feed, report, title=title, address=address, account=account, words=words, wop=wop)
    return feed


def last_change():
    """When anything that feeds tell of last changed."""
    return ReviewEvent.objects.last_public_change() or timezone.now()


def licence():
    return _("Data licence: %(data_licence)s") % {"data_licence": licence_in_words()}


def _feed(filterset, name, title, subtitle):
    query = query_of(filterset)
    address = absolute(reverse(name)) + (f"?{query}" if query else "")
    directory = absolute(reverse("directory:partnerships")) + (f"?{query}" if query else "")
    return Atom(
        title=_plain(labelled(_("WOP Portal"), title)),
        subtitle=_plain(subtitle),
        link=directory,
        description=None,
        feed_url=address,
        feed_guid=address,
        language=get_language(),
        author_name=PORTAL,
        author_link=absolute(reverse("directory:home")),
        feed_copyright=licence(),
        updated=last_change(),
    )


def _add(feed, shown, *, title, address, account, words, wop):
    """``address`` is that of the version: what is published again under a new number is a new entry."""
    feed.add_item(
        title=_plain(title),
        link=absolute(shown.get_absolute_url()),
        description=escape(_plain(account)),
        unique_id=absolute(address),
        pubdate=shown.published_at,
        updateddate=shown.published_at,
        words=_plain(words),
        language=getattr(words, "language", shown.language),
        topics=[(area.code, str(area)) for area in areas_of(wop)],
    )


def _account(version):
    return account_of(entry_of(version))


def _public_versions(reports):
    """{primary key of a partnership: its published version, ready for a line} for ``reports``."""
    wops = [report.report.partnership_id for report in reports]
    versions = PartnershipVersion.objects.published().filter(partnership__in=wops).with_years()
    return {version.partnership_id: version for version in with_report_count(versions).for_list()}


def _counted(count):
    return ngettext("%(count)s report", "%(count)s reports", count) % {
        "count": number_format(count, force_grouping=True)
    }


def _plain(text):
    return cleaned(str(text))
