"""Links of OpenAPI: which operation may follow which answer, and what it takes from it.

A program that goes by them begins a draft, changes it, submits it and has it published without knowing this portal:
the address comes from the body, If-Match from the ETag of the answer before.
"""

ENTRIES = {
    "partnerships": {"path.reference": "$response.body#/reference"},
    "reports": {"path.id": "$response.body#/report"},
}
"""{the operations of a kind of entry: what stands in their addresses, as their drafts and standings tell it}."""
TAG = {"header.If-Match": "$response.header.ETag"}
DRAFTS = (("draft_read", "200"), ("draft_begin", "200"), ("draft_begin", "201"), ("draft_change", "200"))
FILES = (("attachments_add", "201"), ("attachments_change", "200"))
AFTER_A_STEP = ("withdraw", "request_changes", "publish", "reject", "archive", "restore")


def add_links(paths):
    """Write ``links`` into the answers of the operations in ``paths`` of an OpenAPI document."""
    operations = {one["operationId"]: one for methods in paths.values() for one in methods.values()}
    for source, status, name, target, parameters in _links():
        link = {"operationId": target, "parameters": parameters}
        operations[source]["responses"][status].setdefault("links", {})[name] = link


def _links():
    """(source, status, name, target, parameters) of each."""
    yield from _of_draft("partnerships", "partnerships_begin", "201")
    yield from _of_draft("reports", "partnerships_reports_begin", "201")
    for kind in ENTRIES:
        for operation, status in DRAFTS:
            yield from _of_draft(kind, f"{kind}_{operation}", status)
        for operation, status in FILES:
            yield from _of_file(kind, f"{kind}_{operation}", status)
        yield from _of_remark(kind)
        yield from _of_standing(kind)
    reports = ENTRIES["partnerships"]
    yield "partnerships_transition", "200", "report", "partnerships_reports_begin", reports


def _of_draft(kind, source, status):
    here = ENTRIES[kind]
    yield source, status, "read", f"{kind}_draft_read", here
    yield source, status, "change", f"{kind}_draft_change", here | TAG
    yield source, status, "attach", f"{kind}_attachments_add", here | TAG
    yield source, status, "files", f"{kind}_attachments_list", here
    yield source, status, "remark", f"{kind}_comments_add", here
    yield source, status, "standing", f"{kind}_transitions_list", here
    for action in ("submit", "discard"):
        yield source, status, action, f"{kind}_transition", here | TAG | {"path.action": action}


def _of_file(kind, source, status):
    [place] = ENTRIES[kind]
    here = {place: f"$request.{place}"}
    file = here | {"path.key": "$response.body#/key"}
    yield source, status, "read", f"{kind}_attachments_read", file
    yield source, status, "content", f"{kind}_attachments_content", file
    yield source, status, "change", f"{kind}_attachments_change", file | TAG
    yield source, status, "remove", f"{kind}_attachments_remove", file | TAG
    yield source, status, "submit", f"{kind}_transition", here | TAG | {"path.action": "submit"}


def _of_remark(kind):
    [place] = ENTRIES[kind]
    remark = {place: f"$request.{place}", "path.remark": "$response.body#/id"}
    yield f"{kind}_comments_add", "201", "resolve", f"{kind}_comments_resolve", remark


def _of_standing(kind):
    here, source = ENTRIES[kind], f"{kind}_transition"
    for action in AFTER_A_STEP:
        yield source, "200", action, source, here | TAG | {"path.action": action}
    yield source, "200", "read", f"{kind}_draft_read", here
    yield source, "200", "change", f"{kind}_draft_change", here | TAG
    yield source, "200", "answer", f"{kind}_draft_confirmation_answer", here | TAG
    yield source, "200", "public", f"{kind}_read", here
    yield source, "200", "anew", f"{kind}_draft_begin", here
