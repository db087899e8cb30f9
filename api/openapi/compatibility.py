"""What a change of the API would break for programs that were written before it."""

from operator import itemgetter

GOOD = ("200", "201", "202", "204")
SEVERAL = ("oneOf", "anyOf", "allOf")


def breaking_changes(before, after):
    """Sentences about what ``before``, an OpenAPI document, promised and ``after`` does not keep; [] when nothing."""
    found = []
    for path, operations in before["paths"].items():
        for method, operation in operations.items():
            place = f"{method.upper()} {path}"
            now = after["paths"].get(path, {}).get(method)
            if now is None:
                found.append(f"{place}: taken away")
            else:
                found += _Comparison(before, after, place).of_operation(operation, now)
    return list(dict.fromkeys(found))


class _Comparison:
    """Of one operation; shapes that refer to themselves are followed once."""

    def __init__(self, before, after, place):
        self.before, self.after, self.place, self.seen = before, after, place, set()

    def of_operation(self, before, after):
        if before["operationId"] != after["operationId"]:
            yield f"{self.place}: its name was {before['operationId']}"
        yield from self._parameters(before.get("parameters", []), after.get("parameters", []))
        yield from self._request(before.get("requestBody", {}), after.get("requestBody", {}))
        for status in GOOD:
            if status in before["responses"]:
                yield from self._response(status, before["responses"][status], after["responses"].get(status))

    def _parameters(self, before, after):
        named = itemgetter("in", "name")
        then, now = ({named(one): one for one in parameters} for parameters in (before, after))
        for place, name in then.keys() - now.keys():
            yield f"{self.place}: parameter {name} ({place}) taken away"
        for key, one in now.items():
            if one.get("required") and not then.get(key, {}).get("required"):
                yield f"{self.place}: parameter {one['name']} is required now"
            if key in then:
                yield from self._shape(then[key]["schema"], one["schema"], f"parameter {one['name']}", is_sent=True)

    def _request(self, before, after):
        if after.get("required") and not before.get("required"):
            yield f"{self.place}: a body is required now"
        yield from self._bodies(before, after, "body", is_sent=True)

    def _response(self, status, before, after):
        if after is None:
            yield f"{self.place}: no answer {status} any more"
            return
        yield from self._bodies(before, after, f"answer {status}", is_sent=False)

    def _bodies(self, before, after, where, is_sent):
        for kind, media in before.get("content", {}).items():
            now = after.get("content", {}).get(kind)
            if now is None:
                yield f"{self.place}: {where} is no {kind} any more"
            else:
                yield from self._shape(media.get("schema", {}), now.get("schema", {}), where, is_sent)

    def _shape(self, before, after, where, is_sent):
        """``is_sent``: by the program, which then must not have to say more; otherwise it must not be told less."""
        names = (*_names(before), *_names(after))
        if names and names in self.seen:
            return
        self.seen.add(names)
        before, after = _resolved(self.before, before), _resolved(self.after, after)
        if _types(before) - _types(after) if is_sent else _types(after) - _types(before):
            yield f"{self.place}: {where} has another type"
        if is_sent and "enum" in after and set(after["enum"]) < set(before.get("enum", after["enum"])):
            yield f"{self.place}: {where} takes fewer values"
        yield from self._properties(before, after, where, is_sent)
        if "items" in before and "items" in after:
            yield from self._shape(before["items"], after["items"], f"{where}[]", is_sent)

    def _properties(self, before, after, where, is_sent):
        then, now = before.get("properties", {}), after.get("properties", {})
        for name in then:
            if name not in now:
                yield f"{self.place}: {where}.{name} taken away"
            else:
                yield from self._shape(then[name], now[name], f"{where}.{name}", is_sent)
        more, fewer = set(after.get("required", [])), set(before.get("required", []))
        for name in sorted(more - fewer if is_sent else (fewer - more) & now.keys()):
            yield f"{self.place}: {where}.{name} is {'required now' if is_sent else 'not always there any more'}"


def _types(shape):
    kinds = shape.get("type", [])
    return set(kinds if isinstance(kinds, list) else [kinds])


def _names(shape):
    """What the shape refers to, itself or in one of its alternatives."""
    parts = [shape, *(part for several in SEVERAL for part in shape.get(several, []))]
    return [part["$ref"] for part in parts if "$ref" in part]


def _resolved(document, shape):
    """The shape behind a reference; of one that may be null, the shape together with null."""
    if "$ref" in shape:
        shape = document["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    for several in SEVERAL:
        if several in shape:
            parts = [_resolved(document, part) for part in shape[several]]
            kinds = [kind for part in parts for kind in sorted(_types(part))]
            whole = {name: value for part in reversed(parts) for name, value in part.items()}
            return {**shape, **whole, "type": kinds}
    return shape
