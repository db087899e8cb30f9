"""Pages that change at once: what is written, traced, refused when stale, and taken back."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from operators import services
from operators.logos import MAX_BYTES, SIDE, as_png
from operators.models import Organisation, OrganisationMember
from operators.services.pages import page_of
from reviews.models import Edit
from reviews.states import State
from tests import factories
from tests.operators.cast import Role, answerers, member_of
from vocabularies.search import matching

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

FIGURE = {"indicator": "employees", "services": "", "value": "120", "unit": "persons", "year": 2024,
          "note": "", "source": "Annual report"}  # fmt: skip


def save(organisation, by, **parts):
    revision = parts.pop("revision", Organisation.objects.get(pk=organisation.pk).revision)
    return services.save_page(organisation, by=by, revision=revision, **parts)


def now(organisation):
    return page_of(Organisation.objects.get(pk=organisation.pk))


def test_what_is_saved_is_on_the_page_with_its_trace(organisation, manager):
    edit = save(
        organisation, manager, city="Castries", about="We\r\nserve ", services=["sanitation", "water"],
        figures=[FIGURE], needs=[{"area": "metering", "description": "Leaks"}],
        strengths=[{"area": "energy-efficiency"}],
    )  # fmt: skip
    page = now(organisation)
    assert (page["city"], page["about"], page["services"]) == ("Castries", "We\nserve", ["water", "sanitation"])
    assert page["figures"] == [FIGURE]
    assert page["needs"] == [{"area": "metering", "description": "Leaks"}]
    assert edit.by == manager
    assert edit.before[""][""]["city"] == ""
    assert edit.after[""][""]["city"] == "Castries"
    assert set(edit.after) == {"", "services", "figures", "needs", "strengths"}
    assert set(edit.after[""][""]) == {"city", "about"}
    assert matching(Organisation.objects.all(), "search_text", "castries").get() == organisation


def test_saving_the_same_words_again_leaves_no_trace(organisation, manager):
    parts = {"city": "Castries", "services": ["water"], "figures": [FIGURE], "needs": [{"area": "metering"}]}
    save(organisation, manager, **parts)
    revision = Organisation.objects.get(pk=organisation.pk).revision
    again = parts | {"figures": [FIGURE | {"value": "120.0000", "unit": " persons "}]}
    assert save(organisation, manager, **again) is None
    assert Edit.objects.count() == 1
    assert Organisation.objects.get(pk=organisation.pk).revision == revision


def test_rows_in_another_order_are_no_change(organisation, manager):
    rows = [FIGURE, FIGURE | {"year": 2023}]
    save(organisation, manager, figures=rows)
    assert save(organisation, manager, figures=rows[::-1]) is None


def test_rows_that_stay_keep_their_date(organisation, manager):
    save(organisation, manager, needs=[{"area": "metering"}])
    kept = organisation.needs.get().pk
    save(organisation, manager, needs=[{"area": "metering"}, {"area": "energy-efficiency"}])
    assert organisation.needs.filter(pk=kept).exists()
    assert organisation.needs.count() == 2


def test_a_stale_save_is_refused_and_writes_nothing(organisation, manager):
    seen = Organisation.objects.get(pk=organisation.pk).revision
    save(organisation, manager, city="Castries", revision=seen)
    with pytest.raises(ValidationError) as caught:
        save(organisation, manager, city="Vieux Fort", revision=seen)
    assert caught.value.code == "stale"
    assert now(organisation)["city"] == "Castries"


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"figures": [FIGURE | {"unit": ""}]}, "figures"),
        ({"figures": [FIGURE | {"indicator": "nonsense"}]}, "figures"),
        ({"figures": [FIGURE | {"year": 15}]}, "figures"),
        ({"needs": [{"area": "metering"}, {"area": "metering", "description": "again"}]}, "needs"),
        ({"services": ["gas"]}, "service"),
        ({"website": "nowhere"}, "website"),
        ({"name": "Another"}, "name"),
        ({"state": "archived"}, "state"),
    ],
)
def test_what_cannot_be_is_refused_as_a_whole(organisation, manager, parts, field):
    before = now(organisation)
    with pytest.raises(ValidationError) as caught:
        save(organisation, manager, city="Castries", **parts)
    assert field in caught.value.message_dict
    assert now(organisation) == before
    assert not Edit.objects.exists()


def test_only_managers_of_the_very_organisation_write_its_page(organisation, platform, manager, secretary):
    for user in [*answerers(organisation, platform).values(), secretary]:
        with pytest.raises(PermissionDenied):
            save(organisation, user, city="Castries")


@pytest.mark.parametrize("state", sorted(set(State.values) - {State.PUBLISHED}))
def test_a_page_that_is_not_public_is_not_changed(state):
    organisation = factories.OrganisationFactory(state=state)
    with pytest.raises(PermissionDenied):
        save(organisation, member_of(organisation, Role.MANAGER), city="Castries")


# --- taking back ----------------------------------------------------------------------------------------


def test_the_secretariat_and_managers_take_an_edit_back(organisation, manager, secretary):
    start = now(organisation)
    for user in (secretary, manager):
        edit = save(organisation, manager, city="Nonsense", figures=[FIGURE])
        back = services.revert_edit(edit, by=user)
        assert now(organisation) == start
        assert (back.reverts, back.by, back.after[""][""]["city"]) == (edit, user, "")


def test_nobody_else_takes_an_edit_back(organisation, platform, manager):
    edit = save(organisation, manager, city="Castries")
    both = member_of(organisation)
    factories.SecretariatMemberFactory(platform=platform, user=both)
    for user in [*answerers(organisation, platform).values(), both]:
        with pytest.raises(PermissionDenied):
            services.revert_edit(edit, by=user)


def test_what_was_changed_again_since_is_not_taken_back_blindly(organisation, manager):
    first = save(organisation, manager, city="One", website="https://one.example")
    save(organisation, manager, city="Two")
    with pytest.raises(ValidationError) as caught:
        services.revert_edit(first, by=manager)
    assert caught.value.code == "changed_since"
    assert now(organisation)["website"] == "https://one.example"


def test_a_page_without_its_manager_keeps_its_history(organisation, manager, secretary):
    edit = save(organisation, manager, city="One")
    OrganisationMember.objects.all().delete()
    manager.delete()
    edit.refresh_from_db()
    assert edit.by is None
    assert services.revert_edit(edit, by=secretary)


# --- logos ----------------------------------------------------------------------------------------------


def picture(kind="PNG", size=(900, 300), **options):
    out = BytesIO()
    Image.new("RGB", size, "#0b4f6c").save(out, kind, **options)
    return SimpleUploadedFile("logo.bin", out.getvalue(), content_type="text/html")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_written_anew_small_and_without_what_came_along(kind):
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    upload = picture(kind, exif=exif)
    upload = SimpleUploadedFile("logo.png", upload.read() + b"<script>alert(1)</script>")
    clean = as_png(upload)
    with Image.open(BytesIO(clean)) as logo:
        assert (logo.format, logo.size) == ("PNG", (SIDE, 171))
        assert not logo.info
    assert b"secret" not in clean
    assert b"script" not in clean


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a nothing", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n broken"],
)
def test_what_is_no_picture_is_refused(organisation, manager, content):
    with pytest.raises(ValidationError, match="not a picture"):
        save(organisation, manager, logo=SimpleUploadedFile("logo.png", content))
    assert now(organisation)["logo"] == ""


def test_a_gif_is_refused_whatever_it_is_called():
    with pytest.raises(ValidationError, match="not a picture"):
        as_png(picture("GIF"))


def test_a_logo_that_is_too_large_is_refused():
    with pytest.raises(ValidationError, match="2 MB"):
        as_png(SimpleUploadedFile("logo.png", b"x" * (MAX_BYTES + 1)))
    with pytest.raises(ValidationError, match="more than 16 million pixels"):
        as_png(picture("PNG", size=(8000, 8000)))


def test_a_logo_is_replaced_taken_away_and_put_back(organisation, manager):
    save(organisation, manager, logo=picture())
    first = now(organisation)["logo"]
    assert first.startswith("logos/")
    assert "logo.bin" not in first
    edit = save(organisation, manager, logo="")
    assert now(organisation)["logo"] == ""
    services.revert_edit(edit, by=manager)
    assert now(organisation)["logo"] == first
    assert Organisation.objects.get(pk=organisation.pk).logo.read()
