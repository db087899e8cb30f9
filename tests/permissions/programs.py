"""The addresses for programs, asked here by people who are signed in: ``test_writing_who.py`` asks them with tokens."""

from exports.formats import FORMATS


def _partnership(name, *more):
    """The address of a partnership in three states; ``more`` gets the rest of the arguments from the World."""
    states = {
        "draft": lambda w: w.wop.reference,
        "submitted": lambda w: w.submitted.partnership.reference,
    }
    return {
        f"api:partnership-{name}@{state}": lambda w, of=of: [of(w), *(one(w) for one in more)]
        for state, of in states.items()
    }


def _report(name, *more):
    return {f"api:report-{name}": lambda w: [w.report_draft.report_id, *(one(w) for one in more)]}


READING = {
    "api:root": lambda w: [],
    "api:unknown": lambda w: [],
    # --- what is published ------------------------------------------------------------------------------
    "api:partnerships": lambda w: [],
    "api:partnership@published": lambda w: [w.wop.reference],
    "api:partnership@submitted": lambda w: [w.submitted.partnership.reference],
    "api:partnership-versions@published": lambda w: [w.wop.reference],
    "api:partnership-versions@submitted": lambda w: [w.submitted.partnership.reference],
    "api:partnership-version@published": lambda w: [w.wop.reference, 1],
    "api:partnership-version@draft": lambda w: [w.wop.reference, 2],
    "api:partnership-version@submitted": lambda w: [w.submitted.partnership.reference, 1],
    "api:partnership-reports@published": lambda w: [w.wop.reference],
    "api:partnership-reports@without-accounts": lambda w: [w.without_accounts.partnership.reference],
    "api:partnership-reports@submitted": lambda w: [w.submitted.partnership.reference],
    "api:reports": lambda w: [],
    "api:report@published": lambda w: [w.report.report_id],
    "api:report@draft": lambda w: [w.report_draft.report_id],
    "api:report-versions@published": lambda w: [w.report.report_id],
    "api:report-versions@draft": lambda w: [w.report_draft.report_id],
    "api:report-version@published": lambda w: [w.report.report_id, 1],
    "api:report-version@draft": lambda w: [w.report_draft.report_id, 1],
    "api:organisations": lambda w: [],
    "api:organisation@published": lambda w: [w.mentor.key],
    "api:organisation@submitted": lambda w: [w.registration.key],
    "api:platforms": lambda w: [],
    "api:platform": lambda w: [w.platform.key],
    "api:programmes": lambda w: [],
    "api:programme": lambda w: ["no-such-programme"],
    "api:terms": lambda w: [],
    "api:term": lambda w: ["activity", "site-visits"],
    "api:countries": lambda w: [],
    "api:country": lambda w: ["LC"],
    "api:areas": lambda w: [],
    "api:area": lambda w: ["419"],
    # --- taken away ---------------------------------------------------------------------------------------
    **{f"api:partnerships-{kind}": lambda w: [] for kind in (*FORMATS, "iati", "iati-missing")},
    "api:partnership-iati@published": lambda w: [w.wop.reference],
    "api:partnership-iati@submitted": lambda w: [w.submitted.partnership.reference],
    "api:codebook": lambda w: [],
    "api:export": lambda w: ["guessed"],
    "api:export-file": lambda w: ["guessed"],
    "api:schema": lambda w: [],
    "api:schema-yaml": lambda w: [],
    "api:docs": lambda w: [],
}
WORKING = {
    "api:drafts": lambda w: [],
    "api:queue": lambda w: [],
    **_partnership("draft"),
    "api:partnership-draft@without-accounts": lambda w: [w.without_accounts.partnership.reference],
    **_partnership("attachments"),
    **_partnership("attachment", lambda w: w.attachment.key),
    **_partnership("attachment-content", lambda w: w.attachment.key),
    **_partnership("comments"),
    **_partnership("comment-resolve", lambda w: w.comment.pk),
    **_partnership("previews"),
    **_partnership("preview", lambda w: w.preview.pk),
    **_partnership("assignment"),
    **_partnership("draft-confirmation"),
    **_partnership("confirmation"),
    **_partnership("transitions"),
    **{
        f"api:partnership-transition@{action}-{state}": lambda w, action=action, state=state: [
            {"draft": w.wop, "submitted": w.submitted.partnership, "published": w.without_accounts.partnership}[
                state
            ].reference,
            action,
        ]
        for state, actions in {
            "draft": ["submit", "discard", "load", "admit"],
            "submitted": ["withdraw", "request_changes", "publish", "reject"],
            "published": ["archive"],
        }.items()
        for action in actions
    },
    **_report("draft"),
    **_report("attachments"),
    **_report("attachment", lambda w: w.report_attachment.key),
    **_report("attachment-content", lambda w: w.report_attachment.key),
    **_report("comments"),
    **_report("comment-resolve", lambda w: w.comment.pk),
    **_report("previews"),
    **_report("preview", lambda w: w.preview.pk),
    **_report("assignment"),
    **_report("draft-confirmation"),
    **_report("confirmation"),
    **_report("transitions"),
    "api:report-transition@submit-draft": lambda w: [w.report_draft.report_id, "submit"],
    "api:report-transition@archive-published": lambda w: [w.report.report_id, "archive"],
}

BODIES = {
    "reports": {"kind": "periodic", "period": "2031"},
    "comments": {"text": "Which year?"},
    "previews": {"note": "Somebody outside"},
    "confirmation": {"answer": "confirms"},
    "draft-confirmation": {"answer": "confirms"},
    "transition": {"comment": "Because it is so."},
}
"""{what the name of an address ends in: what is sent there}; elsewhere nothing."""


def body_of(name):
    """What a program sends to the address; {} where nothing is needed or nothing would do."""
    address = name.partition("@")[0]
    kind = address.removeprefix("api:partnership-").removeprefix("api:report-")
    return BODIES.get(kind, {}) if address != kind else {}
