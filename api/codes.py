"""The stable codes by which programs name things, and the primary keys behind them: the one place that knows both."""

from operators.models import Organisation
from partnerships.models import Partnership
from platforms.models import Platform, Programme
from vocabularies.models import Country, Term

CODES = {Organisation: "key", Platform: "key", Programme: "key", Partnership: "reference", Country: "code"}
"""{model: the field that holds its code}. Terms have one in each list."""


def is_coded(model):
    return model in CODES or issubclass(model, Term)


def codes_of(wanted):
    """{model: {primary key: code}} for {model: primary keys}; one query for each model."""
    return {model: dict(_pairs(model).filter(pk__in=keys)) for model, keys in wanted.items() if keys}


def keys_of(wanted):
    """{model: {code: primary key}} for {model: codes}; what there is not is left out. One query for each model."""
    return {
        model: {code: key for key, code in _pairs(model).filter(**{f"{_field(model)}__in": codes})}
        for model, codes in wanted.items()
        if codes
    }


def term_keys(terms, codes):
    """{code: primary key} of those of the list ``terms``."""
    return dict(Term.objects.of(terms).filter(code__in=codes).values_list("code", "pk"))


def _pairs(model):
    return model._base_manager.order_by().values_list("pk", _field(model))


def _field(model):
    return CODES.get(model, "code")
