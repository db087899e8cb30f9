"""The numbers of one chart of the insights to take away."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from directory.insights.page import Insights
from directory.selection import question
from exports.csv_writer import MARK, line_maker


@require_safe
def table(request, code):
    """As CSV, in the language of the address; a question that is not valid is answered by 400 in words."""
    if code not in Insights.FORMS:
        raise Http404
    filterset = question(request.GET)
    if not filterset.is_valid():
        words = [f"{name}: {error}" for name, errors in filterset.form.errors.items() for error in errors]
        return HttpResponse("\n".join(words), status=400, content_type="text/plain; charset=utf-8")
    told = Insights(filterset).chart(code).table
    lines = map(line_maker(), [["code", *told.headings], *([row.code, *row.cells] for row in told.rows)])
    response = HttpResponse(MARK + "".join(lines), content_type="text/csv; charset=utf-8")
    name = content_disposition_header(as_attachment=True, filename=f"wop-{code}.csv")
    response.headers["Content-Disposition"] = name
    return response
