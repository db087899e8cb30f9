"""Every kind of page that needs an account, or is open to people without one who do something.

{name: (who opens it, address)}; what stands between braces comes from tests/browser/cast.py.
"""

from partnerships.forms.sections import QUESTIONNAIRE as PARTNERSHIP
from reports.forms.sections import QUESTIONNAIRE as REPORT
from tests.browser.cast import CARI_WOP, GWOPA, NEWCOMER, SICSM, STRANGER, WASCO

NOBODY = ""
DRAFT, REPORTED = "/en/workspace/partnerships/{partnership}/", "/en/workspace/reports/{report}/"
WAITING, RETURNED = "/en/workspace/report/{waiting}/", "/en/workspace/report/{returned}/"

OWN_PAGES = {
    # accounts
    "sign in": (NOBODY, "/en/accounts/login/"),
    "sign up": (NOBODY, "/en/accounts/signup/"),
    "forgotten password": (NOBODY, "/en/accounts/password/reset/"),
    "confirm an address": (NOBODY, "/en/accounts/confirm-email/{confirmation}/"),
    "address confirmed by a bad link": (NOBODY, "/en/accounts/confirm-email/nothing/"),
    "confirmation sent": (NOBODY, "/en/accounts/confirm-email/"),
    "new password asked for": (NOBODY, "/en/accounts/password/reset/done/"),
    "new password": (NOBODY, "/en/accounts/password/reset/key/{reset}/"),
    "new password by a bad link": (NOBODY, "/en/accounts/password/reset/key/1-nothing/"),
    "password again": (SICSM, "/en/accounts/reauthenticate/"),
    "sign out": (SICSM, "/en/accounts/logout/"),
    "my data": (SICSM, "/en/accounts/my-data/"),
    "erase": (SICSM, "/en/accounts/my-data/erase/"),
    "e-mail address": (SICSM, "/en/accounts/email/"),
    "password": (SICSM, "/en/accounts/password/change/"),
    "second factor": (SICSM, "/en/accounts/2fa/"),
    "second factor by app": (SICSM, "/en/accounts/2fa/totp/activate/"),
    "passkeys": (SICSM, "/en/accounts/2fa/webauthn/"),
    "new passkey": (SICSM, "/en/accounts/2fa/webauthn/add/"),
    "sessions": (SICSM, "/en/accounts/sessions/"),
    # for programs
    "tokens": (SICSM, "/en/workspace/tokens/"),
    "no tokens": (STRANGER, "/en/workspace/tokens/"),
    "new token": (SICSM, "/en/workspace/tokens/new/"),
    "revoke a token": (SICSM, "/en/workspace/tokens/{token}/revoke/"),
    "webhooks": (CARI_WOP, "/en/workspace/platforms/cari-wop/webhooks/"),
    "no webhooks": (GWOPA, "/en/workspace/platforms/gwopa/webhooks/"),
    "new webhook": (CARI_WOP, "/en/workspace/platforms/cari-wop/webhooks/new/"),
    "webhook": (CARI_WOP, "/en/workspace/platforms/cari-wop/webhooks/{webhook}/"),
    "edit a webhook": (CARI_WOP, "/en/workspace/platforms/cari-wop/webhooks/{webhook}/edit/"),
    "delete a webhook": (CARI_WOP, "/en/workspace/platforms/cari-wop/webhooks/{webhook}/delete/"),
    # what is taken away
    "alerts": (SICSM, "/en/workspace/alerts/"),
    "no alerts": (STRANGER, "/en/workspace/alerts/"),
    "new alert": (SICSM, "/en/workspace/alerts/new/?area=non-revenue-water"),
    "rename an alert": (SICSM, "/en/workspace/alerts/{saved_filter}/"),
    "download that waits": (SICSM, "/en/exports/{export_waits}/"),
    "download that is ready": (SICSM, "/en/exports/{export_ready}/"),
    # messages
    "messages": (WASCO, "/en/workspace/messages/"),
    "no messages": (STRANGER, "/en/workspace/messages/"),
    "message": (WASCO, "/en/workspace/messages/{message}/"),
    "preferences": (WASCO, "/en/workspace/messages/preferences/"),
    # the workspace
    "empty workspace": (STRANGER, "/en/workspace/"),
    "workspace that waits": (NEWCOMER, "/en/workspace/"),
    "workspace of an author": (SICSM, "/en/workspace/"),
    "workspace of a reviewer": (CARI_WOP, "/en/workspace/"),
    "entry that waits": (SICSM, WAITING),
    "entry that came back": (SICSM, RETURNED),
    "entry of a partner": (WASCO, WAITING),
    "entry that is a registration": (NEWCOMER, "/en/workspace/organisation/{registration}/"),
    "confirm": (WASCO, WAITING + "confirm/"),
    "step that asks": (SICSM, WAITING + "steps/withdraw/"),
    "step with unsettled remarks": (SICSM, RETURNED + "steps/submit/"),
    "remark": (SICSM, RETURNED + "remarks/entry.activities_description/"),
    "preview of a draft": (SICSM, "/en/workspace/report/{waiting}/preview/"),
    "preview by link": (NOBODY, "/en/preview/{preview}/"),
    # organisations
    "find": (STRANGER, "/en/workspace/organisations/?q=water"),
    "register": (STRANGER, "/en/workspace/organisations/register/"),
    "organisation": (WASCO, "/en/workspace/organisations/wasco-lc/"),
    "organisation that waits": (NEWCOMER, "/en/workspace/organisations/{registered}/"),
    "page of an organisation": (SICSM, "/en/workspace/organisations/sicsm/page/"),
    "history of an organisation": (SICSM, "/en/workspace/organisations/sicsm/page/history/"),
    "change": (SICSM, "/en/workspace/organisations/sicsm/change/"),
    "change that waits": (WASCO, "/en/workspace/organisations/wasco-lc/change/"),
    "people": (WASCO, "/en/workspace/organisations/wasco-lc/people/"),
    "contacts": (WASCO, "/en/workspace/organisations/wasco-lc/contacts/"),
    "no contacts": (SICSM, "/en/workspace/organisations/sicsm/contacts/"),
    "contact": (WASCO, "/en/workspace/organisations/wasco-lc/contacts/{contact}/"),
    "contact by the link of the mail": (NOBODY, "/en/workspace/contacts/{contact_link}/"),
    "not a contact any more": (NOBODY, "/en/workspace/contacts/{erased_link}/"),
    "join": (STRANGER, "/en/workspace/organisations/sicsm/join/"),
    "claim": (SICSM, "/en/workspace/organisations/sme/claim/"),
    "invitation": (STRANGER, "/en/workspace/invitations/{invitation}/"),
    "invitation without an account": (NOBODY, "/en/workspace/invitations/{invitation}/"),
    "sign up for an invitation": (NOBODY, "/en/accounts/signup/?next=/en/workspace/invitations/{invitation}/"),
    # platforms
    "page of a platform": (CARI_WOP, "/en/workspace/platforms/cari-wop/"),
    "history of a platform": (CARI_WOP, "/en/workspace/platforms/cari-wop/history/"),
    "contacts of a platform": (CARI_WOP, "/en/workspace/platforms/cari-wop/contacts/"),
    "contact of a platform": (CARI_WOP, "/en/workspace/platforms/cari-wop/contacts/{platform_contact}/"),
    "secretariat": (CARI_WOP, "/en/workspace/platforms/cari-wop/people/"),
    "invitation to a secretariat": (STRANGER, "/en/workspace/secretariats/invitations/{secretariat_invitation}/"),
    # drafts
    "new partnership": (SICSM, "/en/workspace/partnerships/new/"),
    "new partnership of nobody": (STRANGER, "/en/workspace/partnerships/new/"),
    "draft": (SICSM, DRAFT),
    "check": (SICSM, DRAFT + "check/"),
    "files": (SICSM, DRAFT + "files/"),
    "file": (SICSM, DRAFT + "files/{file}/"),
    "new report": (SICSM, "/en/workspace/partnerships/WOP-0001/reports/new/"),
    "draft of a report": (SICSM, REPORTED),
    "draft that came back": (SICSM, "/en/workspace/reports/{returned}/"),
    "section that came back": (SICSM, "/en/workspace/reports/{returned}/activities/"),
    "check of a report": (SICSM, REPORTED + "check/"),
    "files of a report": (SICSM, REPORTED + "files/"),
    # the desk
    "desk": (CARI_WOP, "/en/desk/"),
    "desk of what came back": (CARI_WOP, "/en/desk/?state=changes-requested"),
    "desk without a match": (CARI_WOP, "/en/desk/?kind=partnership&assigned=mine"),
    "the desk's own work": (CARI_WOP, "/en/desk/register/"),
    "review": (CARI_WOP, "/en/desk/report/{waiting}/"),
    "review of what came back": (CARI_WOP, "/en/desk/report/{returned}/?view=whole"),
    "review of a registration": (CARI_WOP, "/en/desk/organisation/{registration}/"),
    "review of a change": (CARI_WOP, "/en/desk/change/{change}/"),
    "reported error": (CARI_WOP, "/en/desk/errors/{error}/"),
    "report an error": (NOBODY, "/en/report-an-error/?page=/en/operators/sicsm/"),
    "error reported": (NOBODY, "/en/report-an-error/thanks/"),
    # what goes wrong
    "not allowed": (STRANGER, "/en/desk/"),
    "not found": (STRANGER, DRAFT),
}
OWN_PAGES |= {
    f"{kind}: {section.code}": (SICSM, f"{address}{section.code}/")
    for kind, address, questionnaire in (("partnership", DRAFT, PARTNERSHIP), ("report", REPORTED, REPORT))
    for section in questionnaire.sections
    if not section.address
}
