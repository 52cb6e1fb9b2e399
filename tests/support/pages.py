"""A test client that reads every HTML answer strictly and checks the house rules on it."""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

LABELLED = {"input", "select", "textarea"}
NEED_NO_LABEL = {"hidden", "submit", "button", "image"}


class Page:
    """One parsed answer."""

    def __init__(self, html: str) -> None:
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.root: Element = parser.parse(html)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements with this tag and these attribute values (class_ and for_ for the words)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.root.iter(tag)
            if all(_has(element, name, value) for name, value in wanted.items())
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} elements {tag} {attributes}"
        return found[0]

    @cached_property
    def text(self) -> str:
        """What a reader sees in <body>, spaces squeezed."""
        return text_of(self.root.find("body"))

    @property
    def title(self) -> str:
        return text_of(self.one("title"))

    @property
    def h1(self) -> str:
        return text_of(self.one("h1"))

    def links(self) -> dict[str, str]:
        """Address → words of every link."""
        return {link.get("href", ""): text_of(link) for link in self.all("a") if link.get("href")}

    def fields(self, form: int | str = 0) -> dict[str, str]:
        """Name → value of what a browser would send from a form untouched, hidden ones included.

        A form is named by its place among those that post, or by how its action ends.
        """
        forms = self.all("form", method="post")
        if isinstance(form, str):
            forms = [one for one in forms if (one.get("action") or "").endswith(form)]
            assert len(forms) == 1, f"{len(forms)} forms for {form}"
            return dict(_form_values(forms[0]))
        return dict(_form_values(forms[form]))

    def check_house_rules(self) -> None:
        body_ids = [element.get("id", "") for element in self.root.iter() if element.get("id")]
        twice = [name for name, times in Counter(body_ids).items() if times > 1]
        assert not twice, f"ids used twice: {twice}"
        assert self.root.get("lang") in {"vi", "en"}, "no language on <html>"
        assert self.title.startswith(self.h1), f"title {self.title!r} does not begin with the h1"
        self._check_labels(set(body_ids))
        for element in self.root.iter():
            if not isinstance(element.tag, str):
                continue
            assert "style" not in element.attrib, f"inline style on <{element.tag}>"
            scripted = [name for name in element.attrib if name.startswith("on")]
            assert not scripted, f"inline script {scripted} on <{element.tag}>"
            if element.tag == "a":
                assert text_of(element) or element.get("aria-label"), "a link without words"
            if element.tag == "img":
                assert "alt" in element.attrib, "a picture without text"

    def _check_labels(self, ids: set[str]) -> None:
        labels = {label.get("for") for label in self.all("label")}
        wrapped = {id(inner) for label in self.all("label") for inner in label.iter()}
        for element in self.root.iter():
            if element.tag not in LABELLED or element.get("type") in NEED_NO_LABEL:
                continue
            named = element.get("id") in labels or id(element) in wrapped
            assert named or element.get("aria-label") or element.get("aria-labelledby"), (
                f"{element.tag} {element.get('name')} has no label"
            )
            for described in (element.get("aria-describedby") or "").split():
                assert described in ids, f"aria-describedby names {described}, which is not there"


class CheckedResponse(TestResponse):
    """An answer whose HTML was parsed and checked when it came."""

    @cached_property
    def page(self) -> Page:
        return Page(self.get_data(as_text=True))


class StrictClient(FlaskClient):
    """No switch turns a check off."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.response_wrapper = CheckedResponse

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        answer = super().open(*args, **kwargs)
        if (
            answer.mimetype == "text/html"
            and answer.data
            and answer.status_code not in range(300, 400)
        ):
            answer.page.check_house_rules()  # type: ignore[attr-defined]
        return answer


def text_of(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _has(element: Element, name: str, value: str) -> bool:
    if name == "class":
        return value in (element.get("class") or "").split()
    return (element.get(name) or "") == value


def _form_values(form: Element) -> Iterator[tuple[str, str]]:
    for element in form.iter():
        name = element.get("name")
        if not name:
            continue
        kind = element.get("type", "text")
        if element.tag == "input" and kind in {"checkbox", "radio"}:
            if "checked" in element.attrib:
                yield name, element.get("value", "on")
        elif element.tag == "input" and kind not in {"submit", "button"}:
            yield name, element.get("value", "")
        elif element.tag == "textarea":
            yield name, (element.text or "").removeprefix("\n")
        elif element.tag == "select":
            yield (
                name,
                next(
                    (o.get("value", "") for o in element.iter("option") if "selected" in o.attrib),
                    next((o.get("value", "") for o in element.iter("option")), ""),
                ),
            )
