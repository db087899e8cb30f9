"""A page with a form, filled in wrongly in every field; and what the page then says about each of them."""

from lxml import html

TOO_LONG = "x" * 20_001
NOT_FILLED_IN = {"submit", "button", "hidden", "file"}


class Page:
    """The form of an answer that has most questions; a row that only a script would add is one of them."""

    def __init__(self, response):
        self.root = html.fromstring(response.content.decode())
        self.form = max(self.root.iter("form"), key=lambda form: len(list(_inputs(form))), default=None)
        self.fields = self._fields() if self.form is not None else {}

    def _fields(self):
        """{name: [inputs]} of what people fill in; of rows that there are none of, the pattern is the first."""
        found = {}
        for one in _inputs(self.form):
            found.setdefault(one.get("name"), []).append(one)
        there = {name.rsplit("-", 2)[0] for name in found if name.count("-") > 1 and "__new__" not in name}
        patterns = {name: found.pop(name) for name in list(found) if "__new__" in name}
        first = {name: inputs for name, inputs in patterns.items() if name.split("-__new__")[0] not in there}
        return found | {name.replace("__new__", "0"): inputs for name, inputs in first.items()}

    @property
    def is_posted(self):
        return self.form is not None and self.form.get("method") == "post" and bool(self.fields)

    @property
    def hidden(self):
        hidden = (one for one in self.form.iter("input") if one.get("type") == "hidden")
        return {one.get("name"): one.get("value", "") for one in hidden if "__new__" not in one.get("name")}

    def wrong(self):
        """{name: what is no answer to it}; nothing for what every answer is right for."""
        found = {name: self._wrong(inputs) for name, inputs in self.fields.items()}
        return {name: value for name, value in found.items() if value}

    def _wrong(self, inputs):
        first = inputs[0]
        kind = first.get("type")
        if kind == "checkbox" and first.get("value", "on") == "on":
            return None
        if first.tag == "select" or kind in {"radio", "checkbox"}:
            return "no-such-choice"
        if kind == "password":
            return "x"
        is_short = first.get("inputmode") or "is-date" in first.get("class", "") or kind in {"email", "url", "date"}
        return "x y" if is_short else TOO_LONG

    def ticked(self):
        """{name: [values]} of all boxes of the lists whose terms may be explained."""
        values = {name: [one.get("value") for one in inputs] for name, inputs in self.fields.items()}
        return {name: all_ for name, all_ in values.items() if f"{name}-words-{all_[0]}" in self.fields}

    def untouched(self, number):
        """What the page sends of one more row of each kind, number ``number``, in which nobody has written anything."""
        sent = {}
        for one in self.form.xpath(".//template//input | .//template//select | .//template//textarea"):
            if one.get("type") not in {"checkbox", "radio"}:
                sent[one.get("name").replace("__new__", str(number))] = value_of(one)
        return sent

    # --- what it says -----------------------------------------------------------------------------------

    def told(self):
        """The ids to which the lines lead that say what is wrong."""
        return [link.get("href")[1:] for link in self.root.xpath("//*[@class='errors-list']/li/a")]

    def lines(self):
        """All of these lines, whether they lead anywhere or not."""
        return [" ".join(line.text_content().split()) for line in self.root.xpath("//*[@class='errors-list']/li")]

    def faults(self, names):
        """{name: what is amiss} of the fields that are not named exactly once, above and where they stand."""
        amiss, told = {}, self.told()
        for name in names:
            at = self._id_of(name) if name in self.fields else "gone"
            counts = told.count(at), len(self.root.xpath("//*[@id=$id]", id=f"{at}_error"))
            if counts != (1, 1):
                amiss[name] = f"#{at}: {counts[0]} times above, {counts[1]} times at the field"
        return amiss

    def _id_of(self, name):
        """Where a link to a field leads: to its input, or to what stands around its boxes."""
        first = self.fields[name][0]
        around = first.xpath("ancestor::fieldset[1]") if first.get("type") in {"radio", "checkbox"} else []
        return (around or [first])[0].get("id")


def value_of(one):
    """What a browser sends of an input: the first line end of a text is none."""
    return (one.value or "").removeprefix("\n")


def _inputs(form):
    for one in form.xpath(".//input | .//select | .//textarea"):
        if one.get("name") and (one.tag != "input" or one.get("type") not in NOT_FILLED_IN):
            yield one
