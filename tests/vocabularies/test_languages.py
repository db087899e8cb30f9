"""Languages of the world: what somebody may write for one, and how it reads."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from vocabularies.formatting import language_in_sentence, language_name
from vocabularies.forms import LanguagesField
from vocabularies.languages import code_of, known_language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("fr", "fr"), ("FRA", "fr"), ("fre", "fr"), ("Français", "fr"), ("francais", "fr"), ("Frances", "fr"),
        ("francês", "fr"), ("Kinyarwanda", "rw"), ("Tetum", "tet"), ("Tausug", "tsg"), ("Moldovan", "ro"),
        ("العربية", "ar"), ("", ""), ("qq", ""), ("Martian", ""), ("mul", ""),
    ],
)  # fmt: skip
def test_a_language_is_known_by_its_codes_and_its_names_in_every_language_of_the_portal(text, code):
    assert code_of(text) == code


@pytest.mark.parametrize("code", ["qq", "fra", "FR", "mul", ""])
def test_it_is_kept_as_one_code(code):
    with pytest.raises(ValidationError):
        known_language(code)


def test_it_reads_in_the_language_of_the_reader_or_as_the_standard_names_it():
    assert (language_name("fr"), language_name("tet"), language_name("tsg")) == ("French", "Tetum", "Tausug")
    with override("es"):
        assert (language_name("fr"), language_in_sentence("fr"), language_name("tsg")) == (
            "Francés", "francés", "Tausug",
        )  # fmt: skip
    assert language_name("zh-hans") == "Chinese (Simplified)"


def test_several_are_written_in_one_line_and_keep_their_order():
    field = LanguagesField(required=False)
    assert field.clean("Wolof, fr; english,  français") == ["wo", "fr", "en"]
    assert field.clean("") == []
    assert field.prepare_value(["wo", "fr"]) == "Wolof, French"
    assert field.clean(field.prepare_value(["tsg", "el", "zh", "ny"])) == ["tsg", "el", "zh", "ny"]


def test_what_is_none_is_named_with_the_one_that_may_be_meant():
    field = LanguagesField(required=False)
    with pytest.raises(ValidationError) as caught:
        field.clean("Frensh, Wolof, !!")
    assert caught.value.messages == [
        "“Frensh” is no language we know. Do you mean French?",
        "“!!” is no language we know. Write its name, or its code in ISO 639, for example fr.",
    ]
    with pytest.raises(ValidationError, match="at most 20"):
        field.clean("aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs".replace(" ", ","))
