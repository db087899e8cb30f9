"""The examples of drafts are written by hand; what an entry learns to say since is added to them, empty."""

import json

from api.drafts.shape import shape_of
from api.examples import WRITING
from partnerships.models import PartnershipVersion
from reports.models import ReportVersion

AT_THE_END = ("unanswered", "missing")


def complete_drafts():
    """Write every example of a draft anew with all that a draft has."""
    for file in sorted(WRITING.glob("*.json")):
        example = json.loads(file.read_text(encoding="utf-8"))
        if is_draft(example.get("answer")):
            example["answer"] = completed(example["answer"])
            file.write_text(json.dumps(example, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def is_draft(answer):
    return isinstance(answer, dict) and set(AT_THE_END) <= set(answer)


def completed(answer):
    """``answer`` with every field, relation and column of its kind, in the order in which a draft tells them."""
    shape = shape_of(ReportVersion if "report" in answer else PartnershipVersion)
    head = [name for name in answer if name not in {*shape.fields, *shape.relations, *shape.lists, *AT_THE_END}]
    content = _empty(shape.fields) | {name: [] for name in (*shape.relations, *shape.lists)}
    content |= {name: value for name, value in answer.items() if name in content}
    for name, relation in shape.relations.items():
        content[name] = [{"key": row["key"]} | _empty(relation.fields) | row for row in content[name]]
    return {name: answer[name] for name in head} | content | {name: answer[name] for name in AT_THE_END}


def _empty(fields):
    return {name: kind.to_json(kind.field.model(), {}) for name, kind in fields.items()}
