"""Journey B: a report is written, confirmed, sent back, mended, reviewed by its difference, and published."""

import re

import pytest

from tests import sample_files
from tests.browser import steps
from tests.browser.cast import CARI_WOP, GWOPA, SICSM, WASCO
from tests.browser.keys import BY_KEYBOARD, WAYS, WITH_SCRIPTS, WITHOUT_SCRIPTS, expect

FIRST = "Four engineers visited Castries. They measured the flow at nite. Two zones were closed for it."
MENDED = "Four engineers visited Castries. They measured the flow at night. Two zones were closed for it."
REASON = "One word is wrong, see the remark."
FILES = {
    "Slides of the visit": ("slides.pdf", sample_files.of_kind("pdf"), "application/pdf"),
    "The pressure zones": ("zones.png", sample_files.of_kind("png"), "image/png"),
}


@pytest.mark.parametrize(
    ("way", "period", "agreement"),
    [
        pytest.param(WITH_SCRIPTS, "2016", "Don't know", marks=pytest.mark.whole),
        (WITHOUT_SCRIPTS, "2017", "Yes"),
        pytest.param(BY_KEYBOARD, "2018", "No", marks=pytest.mark.whole),
    ],
    ids=WAYS,
)
def test_a_report_is_sent_back_mended_and_published(at_work_by, workplace, way, period, agreement):
    post, title = workplace.post, f"SICSM – WASCO: Periodic report, {period}"
    author, partner, reviewer, public = (at_work_by(way, email) for email in (SICSM, WASCO, CARI_WOP, ""))

    steps.begin_report(author, "WOP-0001", period)
    write(author, agreement)
    attachments = attach_all(author)
    steps.check_and_submit(author)
    assert [public.goto(address).status for address in attachments] == [404, 404]

    steps.confirm(partner, post.wait_for(WASCO, f"Confirm “{title}”"))
    reviewer.goto(steps.link_in(post.wait_for(CARI_WOP, f"Review “{title}”")))
    for description in FILES:
        expect(reviewer.locator(".review-words")).to_contain_text(description)
    expect(reviewer.locator("main")).to_contain_text("confirm")
    steps.remark(reviewer, "Activities in words", "At night, I suppose?")
    steps.request_changes(reviewer, REASON)

    author.goto(steps.link_in(post.wait_for(SICSM, f"Change “{title}”")))
    expect(author.get_by_role("main")).to_contain_text("At night, I suppose?")
    author.get_by_role("link", name="Go on writing").click()
    expect(author.get_by_role("main")).to_contain_text(REASON)
    steps.open_section(author, "Activities")
    expect(author.get_by_role("note")).to_contain_text("At night, I suppose?")
    author.get_by_label("What was done, in words", exact=True).fill(MENDED)
    steps.save(author)
    steps.check_and_submit(author, unsettled="1 remark is not settled")

    steps.open_on_the_desk(reviewer, title)
    changes = reviewer.locator(".review-words .change-row")
    expect(changes).to_have_count(1)
    expect(changes.locator("del")).to_have_text(re.compile("nite"))
    expect(changes.locator("ins")).to_have_text(re.compile("night"))
    steps.publish(reviewer, title)

    report = public_page(public, period)
    expect(report).to_contain_text(MENDED)
    for description, (name, content, _type) in FILES.items():
        with public.expect_download() as download:
            report.get_by_role("link", name=description).click()
        assert download.value.suggested_filename == name
        if name.endswith("pdf"):
            assert download.value.path().read_bytes() == content
    check_mails(workplace, title)


def write(page, agreement):
    """What the standard form needs, and what the reviewer will stumble over."""
    steps.open_section(page, "Rules and agreement")
    page.get_by_label("Is there a formal agreement?", exact=True).select_option(agreement)
    steps.save(page)
    steps.open_section(page, "Activities")
    page.get_by_role("checkbox", name="Site visits").check()
    page.get_by_label("What was done, in words", exact=True).fill(FIRST)
    steps.save(page)
    steps.open_section(page, "Results")
    while page.get_by_role("group", name="Result 2").count():
        page.get_by_role("button", name=re.compile(r"^Remove\W+Result 2$")).click()
    steps.row(page, "Result 1").get_by_label("Result", exact=True).fill("Night flow is known in two zones.")
    steps.save(page)


def attach_all(page):
    """From the task list and back; where the files lie."""
    page.locator(".tasks").get_by_role("link", name="Files").click()
    for description, file in FILES.items():
        steps.attach(page, description, *file)
    addresses = [page.get_by_role("link", name=description, exact=True).get_attribute("href") for description in FILES]
    page.get_by_role("navigation", name="You are here").get_by_role("link").last.click()
    return addresses


def public_page(page, period):
    """The report as a reader finds it, from the page of the partnership."""
    page.goto("/en/partnerships/WOP-0001/")
    page.get_by_role("main").get_by_role("link", name=period).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(period)
    return page.get_by_role("main")


def check_mails(workplace, title):
    """Everybody was told of everything that concerns them, once."""
    workplace.deliver()
    told = {
        (CARI_WOP, f"Review “{title}”"): 2,
        (WASCO, f"Confirm “{title}”, or say where it differs"): 2,
        (SICSM, f"Change “{title}”"): 1,
        (WASCO, f"Change “{title}”"): 1,
        (SICSM, f"Read “{title}”: it is published"): 1,
        (WASCO, f"Read “{title}”: it is published"): 1,
        (GWOPA, title): 0,
    }
    assert {key: len(workplace.post.to(*key)) for key in told} == told
    assert len([mail for mail in workplace.post.mails if title in mail["Subject"]]) == sum(told.values())
