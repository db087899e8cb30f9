"""What the description of the API says of operations besides their summary, in the words of who asks.

Docstrings are for who reads the code: they are in English and never published.
"""

from django.utils.translation import gettext_lazy as _

ABOUTS = {
    # --- what waits for somebody ------------------------------------------------------------------------
    "drafts_list": _("Open versions of partnerships and reports that you may open, those changed last first."),
    "queue_list": _("Everything submitted to your secretariats, what waits longest first: the queue of the desk."),
    # --- begun ------------------------------------------------------------------------------------------
    "partnerships_begin": _("A new partnership with an empty draft, for an organisation or a platform of yours."),
    "partnerships_reports_begin": _(
        "A report on a partnership, with what is known already; 409 where there is one of this kind and period."
    ),
    "organisations_add": _(
        "409 with “look_alikes” while the register has some that it may be; “confirm_new” says that it is another one."
    ),
    # --- drafts -----------------------------------------------------------------------------------------
    "draft_read": _("The version that is being worked on, with what it lacks for submission. 404 when there is none."),
    "draft_begin": _("A new version with the words of the public one: 201; 200 with the one that is open already."),
    "draft_change": _(
        "Changes what is named and leaves the rest. Rows are sent as whole lists, found again by their keys."
    ),
    "attachments_list": _("All of them, with the ETag of the draft."),
    "attachments_add": _("A file, or without one what is known of it. Files are judged by their content."),
    "attachments_change": _("Changes what is named; a file that is sent takes the place of the old one."),
    "attachments_remove": _("Versions that show it keep it."),
    # --- talk -------------------------------------------------------------------------------------------
    "comments_list": _("Those of this version, and those of earlier ones that were never settled."),
    "comments_add": _("For authors and reviewers; the others are told."),
    "comments_resolve": _("The whole thread is settled; it stays readable."),
    "assignment_read": _("Who has the entry in hand, and who could have."),
    "assignment_change": _("Into the hands of a colleague, or into your own."),
    "previews_list": _("All that were made; the addresses themselves are kept nowhere."),
    "previews_make": _("A link that is valid for 14 days. Its address is told only now."),
    "previews_revoke": _("It opens nothing any more."),
    "confirmation_read": _(
        "Whose word counts, for whom you may answer, and what was said about the words as they are now."
    ),
    "confirmation_answer": _(
        "The word of one organisation of yours; another answer about the same words takes its place."
    ),
    # --- steps ------------------------------------------------------------------------------------------
    "transitions_list": _(
        "The versions with which something may be done: the open one, the public one, the archived one."
    ),
    "transition": _("With the version that If-Match names; “next_steps” of an entry says which are open."),
    # --- files ------------------------------------------------------------------------------------------
    "exports_file": _("409 while it is not ready, 410 when something in it was archived since."),
    "partnerships_iati": _("All partnerships that the question finds and that have what IATI requires, as one file."),
    "partnerships_iati_missing": _("Those that the question finds, each with the elements that it lacks."),
}
"""{operation: text}; those that partnerships and reports have in common stand without the word before them."""
ABOUTS |= {f"draft_{name}": ABOUTS[name] for name in ("confirmation_read", "confirmation_answer")}


def about(operation):
    """The text of an operation; "" for one whose summary says it all."""
    return ABOUTS.get(operation) or ABOUTS.get(operation.partition("_")[2], "")
