"""Templates: what they are made with, and what must not be in them."""

import re

import pytest
from jinja2 import Environment, PackageLoader

from console import assets, pages
from console.forms import Form
from console.screens import ROUTES

TEMPLATES = Environment(loader=PackageLoader("console"), autoescape=True)
NAMES = TEMPLATES.list_templates()
ICON = re.compile(r"icon\('([\w-]+)'")
TEXT = re.compile(r">\s*([^<>{}\n]*[a-zA-ZÀ-ỹ]{3}[^<>{}\n]*)\s*<")
SAME_IN_BOTH = {"RetailHub", "Website", "E-mail", "Email", "Lead", "OK", "Excel", "CSV", "Authorization: Bearer …"}
"""Words that both languages share."""


def source(name: str) -> str:
    found, _, _ = TEMPLATES.loader.get_source(TEMPLATES, name)  # type: ignore[union-attr]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_no_template_carries_scripts_or_styles_that_the_policy_forbids(name: str) -> None:
    told = source(name)
    assert not re.search(r'<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+="|javascript:', told)


@pytest.mark.parametrize("name", NAMES)
def test_every_form_that_changes_something_carries_the_sessions_proof(name: str) -> None:
    for form in re.findall(r'<form[^>]*method="post".*?</form>', source(name), re.DOTALL):
        open_to_all = 'action="{{ base }}/sign-in"' in form
        carries = re.search(r"hidden\(\)|_proof|fields\(|caller\(\)", form)
        assert open_to_all or carries, form[:200]


@pytest.mark.parametrize("name", NAMES)
def test_icons_are_among_those_that_are_served(name: str) -> None:
    assert set(ICON.findall(source(name))) <= set(assets.icons())


@pytest.mark.parametrize("name", NAMES)
def test_no_text_stands_in_one_language_only(name: str) -> None:
    plain = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "{}", source(name), flags=re.DOTALL)
    words = {text.strip() for text in TEXT.findall(plain)}
    assert words - SAME_IN_BOTH == set()


@pytest.mark.parametrize("name", ["items", "values", "keys", "count"])
def test_a_field_may_be_called_as_a_method_of_dictionaries_is(name: str) -> None:
    """`form.errors['items']` would find the method."""
    forms = pages._environment().get_template("parts/forms.html")
    shown = forms.make_module({"form": Form(), "visit": None, "t": lambda vi, _: vi}).text(name, "Nhãn")  # type: ignore[attr-defined]
    assert "is-invalid" not in str(shown)
    assert 'value=""' in str(shown)


def test_no_two_screens_share_an_address() -> None:
    addresses = [(route.method, re.sub(r"<\w+>", "<>", route.rule)) for route in ROUTES]
    assert sorted(addresses) == sorted(set(addresses))
