"""The fingerprints of confirmations are of the same content that snapshots keep: whoever has confirmed has still confirmed.

A confirmation counts while the fingerprint of its entry is the one that it was given for. So each fingerprint of before
is computed from what the entry says now and from what it said at each snapshot, and becomes that of today for the same
words. The words of a snapshot are still whole: this runs before reviews.0006.
"""

import hashlib
import json

from django.db import migrations

KINDS = {
    "partnershipversion": (
        (
            "",
            "partnerships.PartnershipVersion",
            {},
            "language note cost_amount cost_currency cost_kind cost_covers cost_usd_rate cost_usd_rate_on "
            "cost_usd_rate_source partnership title summary approach status lifecycle_step lifecycle_evidence "
            "starts_on ends_on",
        ),
        (
            "involvements",
            "partnerships.Involvement",
            {},
            "key position organisation description country role role_other name_used contribution",
        ),
        ("links", "partnerships.Link", {}, "key position title url"),
        ("milestones", "partnerships.Milestone", {}, "key position language text happened_on"),
        ("named_platforms", "partnerships.NamedPlatform", {}, "key position platform"),
        ("named_programmes", "partnerships.NamedProgramme", {}, "key position programme"),
        ("objectives", "partnerships.Objective", {}, "key position language text"),
        (
            "attachments",
            "partnerships.PartnershipAttachment",
            {},
            "key position description language stored_file stated_type stated_size url",
        ),
        (
            "translations",
            "partnerships.PartnershipTranslation",
            {},
            "key position row_key field language text source_fingerprint state",
        ),
        ("unanswered", "partnerships.PartnershipUnanswered", {}, "key position question reason"),
        ("phases", "partnerships.Phase", {}, "key position language title description starts_on ends_on"),
        (
            "quotations",
            "partnerships.Quotation",
            {},
            "key position text language speaker function organisation has_consent source_title source_url",
        ),
        ("related", "partnerships.RelatedPartnership", {}, "key position partnership relation"),
        ("sdg_targets", "partnerships.SdgRow", {}, "key position target"),
        ("sources", "partnerships.Source", {}, "key position title url accessed_on"),
        (
            "agreements",
            "partnerships.Agreement",
            {"phase": "phases"},
            "key position title signed_on place signatories url phase",
        ),
        (
            "payments",
            "partnerships.Payment",
            {"involvement": "involvements"},
            "key position involvement amount currency share in_kind note",
        ),
        (
            "tracks",
            "partnerships.Track",
            {"phase": "phases"},
            "key position language area title description state phase",
        ),
        (
            "results",
            "partnerships.TrackResult",
            {"track": "tracks"},
            "key position language text indicator unit baseline baseline_on latest latest_on target target_on "
            "evidence track",
        ),
    ),
    "reportversion": (
        (
            "",
            "reports.ReportVersion",
            {},
            "language note cost_amount cost_currency cost_kind cost_covers cost_usd_rate cost_usd_rate_on "
            "cost_usd_rate_source report title code_of_conduct code_of_conduct_url formal_agreement "
            "other_themes activities_description overall_results",
        ),
        (
            "attachments",
            "reports.ReportAttachment",
            {},
            "key position description language stored_file stated_type stated_size url",
        ),
        ("choices", "reports.ReportChoice", {}, "key position term explanation"),
        ("objectives", "reports.ReportObjective", {}, "key position language text"),
        (
            "results",
            "reports.ReportResult",
            {},
            "key position language text indicator unit baseline baseline_on latest latest_on target target_on "
            "evidence track_key track_title",
        ),
        ("sources", "reports.ReportSource", {}, "key position title url accessed_on"),
        ("supporters", "reports.ReportSupporter", {}, "key position organisation description role support"),
        (
            "translations",
            "reports.ReportTranslation",
            {},
            "key position row_key field language text source_fingerprint state",
        ),
        ("unanswered", "reports.ReportUnanswered", {}, "key position question reason"),
    ),
}
"""{model: (relation, label, {link to another row: its relation}, fields in the order in which they were hashed)}."""


def renew(apps, schema_editor):
    _exchange(apps, lambda before, now: (before, now))


def take_back(apps, schema_editor):
    _exchange(apps, lambda before, now: (now, before))


def _exchange(apps, direction):
    confirmations = apps.get_model("partnerships", "Confirmation")._base_manager
    for name, kinds in KINDS.items():
        answers = confirmations.filter(content_type__model=name)
        for pk in set(answers.values_list("object_id", flat=True)):
            contents = [content for content in _contents(apps, name, kinds, pk) if content]
            found = dict(direction(_before(kinds, content), _now(content)) for content in contents)
            for answer in answers.filter(object_id=pk, fingerprint__in=list(found)):
                _change(answers, answer, found[answer.fingerprint])


def _change(answers, answer, fingerprint):
    """Words that differed only in what says nothing are the same now; of two answers to them the first stays so."""
    about = {"content_type": answer.content_type, "object_id": answer.object_id, "organisation": answer.organisation}
    if not answers.filter(**about, fingerprint=fingerprint).exists():
        answers.filter(pk=answer.pk).update(fingerprint=fingerprint)


def _contents(apps, name, kinds, pk):
    """{kind: {key: {field: value}}} as it is stored, and as it was at every snapshot."""
    kept = apps.get_model("reviews", "Snapshot").objects.filter(content_type__model=name, object_id=pk)
    yield from kept.values_list("content", flat=True).iterator()
    content, keys = {}, {}
    for relation, label, links, fields in kinds:
        of_entry = {"version": pk} if relation else {"pk": pk}
        content[relation] = {}
        for row in apps.get_model(label)._base_manager.filter(**of_entry):
            key = str(row.key) if relation else ""
            keys[relation, row.pk] = key
            content[relation][key] = {
                field: _value(row, field, keys, links.get(field)) for field in fields.split() if field != "key"
            }
    yield content


def _value(row, field, keys, relation):
    value = getattr(row, row._meta.get_field(field).attname)
    value = keys.get((relation, value), value) if relation else value
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _before(kinds, content):
    """As releases until now computed it."""
    said = []
    for relation, label, _links, fields in kinds:
        for key, row in sorted(content.get(relation, {}).items()):
            values = row | {"key": key}
            values = {field: values[field] for field in fields.split() if field in values}
            said.append([label, values] if relation else values)
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _now(content):
    said = {kind: {key: _said(row) for key, row in rows.items()} for kind, rows in content.items() if rows}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _said(row):
    return {name: value for name, value in row.items() if value is not None and value != ""}


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("partnerships", "0006_lengths_of_texts"),
        ("reports", "0004_lengths_of_texts"),
        ("reviews", "0005_lengths_of_texts"),
    ]
    run_before = [("reviews", "0006_snapshots_as_differences")]

    operations = [
        migrations.RunPython(renew, take_back),
    ]
