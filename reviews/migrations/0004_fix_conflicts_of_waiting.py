"""Who had a part in what waits for a decision now may not decide on it later: as if it were submitted today."""

from django.db import migrations
from django.db.models import Q

WAITING = ("submitted", "changes-requested")
LIVE = ("published", "draft", *WAITING)


def _of_partnership(apps, version):
    involvement = apps.get_model("partnerships", "Involvement").objects
    beside = involvement.filter(version__partnership=version.partnership_id, version__state__in=LIVE)
    participants = apps.get_model("partnerships", "Participant").objects.filter(partnership=version.partnership_id)
    return [beside, participants]


def _of_report(apps, version):
    partnership = version.report.partnership_id
    supporters = apps.get_model("reports", "ReportSupporter").objects
    beside = apps.get_model("partnerships", "Involvement").objects.filter(
        version__partnership=partnership, version__state__in=LIVE
    )
    participants = apps.get_model("partnerships", "Participant").objects.filter(partnership=partnership)
    return [supporters.filter(version__report=version.report_id, version__state__in=LIVE), beside, participants]


KINDS = (
    ("partnerships", "PartnershipVersion", _of_partnership),
    ("reports", "ReportVersion", _of_report),
    ("operators", "Organisation", None),
    ("operators", "OrganisationChange", None),
)


def fix(apps, schema_editor):
    for app, name, _rows in KINDS:
        kind = apps.get_model("contenttypes", "ContentType").objects.filter(app_label=app, model=name.lower()).first()
        for entry in apps.get_model(app, name).objects.filter(state__in=WAITING) if kind else ():
            _fix(apps, kind, entry)


def _fix(apps, kind, entry):
    about = {"content_type": kind, "object_id": entry.pk}
    conflict = apps.get_model("reviews", "Conflict")
    parts = {entry.created_by_id, *_hands(apps, about, entry), *_members(apps, kind, entry)} - {None}
    conflict.objects.bulk_create([conflict(**about, user_id=pk) for pk in sorted(parts)], ignore_conflicts=True)


def _hands(apps, about, entry):
    events = apps.get_model("reviews", "ReviewEvent")._base_manager.filter(**about, action="submit")
    yield from events.values_list("by", flat=True)
    yield from apps.get_model("reviews", "Snapshot")._base_manager.filter(**about).values_list("by", flat=True)
    if hasattr(entry, "attachments"):
        yield from entry.attachments.values_list("stored_file__uploaded_by", flat=True)


def _members(apps, kind, entry):
    involved = next(rows for _app, name, rows in KINDS if name.lower() == kind.model)
    if involved:
        named = Q()
        for rows in involved(apps, entry):
            named |= Q(organisation__in=rows.exclude(organisation=None).order_by().values("organisation"))
    else:
        named = Q(organisation=getattr(entry, "organisation_id", entry.pk))
    return apps.get_model("operators", "OrganisationMember").objects.filter(named).values_list("user", flat=True)


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0003_conflicts_of_interest"),
        ("operators", "0002_people_and_changes"),
        ("partnerships", "0003_numbers_not_below_zero"),
        ("reports", "0002_numbers_not_below_zero"),
    ]

    operations = [migrations.RunPython(fix, migrations.RunPython.noop)]
