"""The description of the API: complete for programs, and a page for people under the strict policy."""

import re

from config.api import api as interface
from tests.outreach.api.asking import get

METHODS = ("get", "post", "put", "delete")


def operations():
    for address, methods in interface.get_openapi_schema()["paths"].items():
        for method in METHODS:
            if method in methods:
                yield f"{method} {address}", methods[method]


def test_every_operation_says_what_it_does_and_how_it_can_fail():
    for name, operation in operations():
        assert operation["summary"], name
        assert operation["description"], name
        assert {400, 401, 403, 422, 500} <= operation["responses"].keys(), name
        for status, response in operation["responses"].items():
            assert status < 400 or list(response["content"]) == ["application/problem+json"], name


def test_every_post_takes_an_idempotency_key():
    named = {
        name: [parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "header"]
        for name, operation in operations()
    }
    assert all(headers == (["Idempotency-Key"] if name.startswith("post") else []) for name, headers in named.items())


def test_every_reference_of_the_description_leads_somewhere(client):
    text = client.get("/api/v1/openapi.json").content.decode()
    shapes = get(client, "/openapi.json")["components"]["schemas"]
    assert set(re.findall(r"#/components/schemas/([^\"]+)", text)) <= shapes.keys()
    assert "#/$defs" not in text


def test_one_name_means_one_shape():
    models = list(shapes_of(interface))
    assert len({model.__name__ for model in models}) == len(set(models))


def shapes_of(interface):
    for bound in interface._get_bound_routers():
        for view in bound.path_operations.values():
            for operation in view.operations:
                for model in filter(None, operation.response_models.values()):
                    answer = model.model_fields["response"].annotation
                    for each in (answer, *getattr(answer, "__args__", ())):
                        if hasattr(each, "model_fields"):
                            yield from inside(each)


def inside(model):
    if not hasattr(model, "model_fields"):  # a list of them
        for each in model.__args__:
            yield from inside(each)
        return
    yield model
    for field in model.model_fields.values():
        for each in (field.annotation, *getattr(field.annotation, "__args__", ())):
            if hasattr(each, "model_fields"):
                yield from inside(each)


def test_the_page_describes_and_tries_the_api_in_a_real_browser(browser_page):
    browser_page.goto("/api/v1/docs")
    browser_page.get_by_text("List campaigns").wait_for()
    browser_page.get_by_text("List campaigns").click()
    browser_page.get_by_role("button", name="Try it out").click()
    browser_page.get_by_role("button", name="Execute").click()
    browser_page.get_by_text("We do not know who asks").first.wait_for()
