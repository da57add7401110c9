from io import BytesIO
from typing import Any

import pytest
from PIL import Image, features

from channels.paper import NoFont
from channels.picture import BLUE, HEIGHT, WIDTH, Picture, png

ARMENIAN = "Հանրագիր հանուն Արցախի ժողովրդի"
ARABIC = "عريضة دفاعًا عن شعب آرتساخ"


def picture(**changes: Any) -> Picture:
    fields: dict[str, Any] = {
        "who": "Bridge Committee",
        "title": "Keep the bridge open",
        "facts": ("1,234 people have signed and confirmed", "Deadline: 23:59 on 5 May 2023"),
        "as_of": "As of 30 April 2023",
        "home": "outreach.example",
    }
    return Picture(**{**fields, **changes})


def drawn(**changes: Any) -> Image.Image:
    return Image.open(BytesIO(png(picture(**changes)))).convert("RGB")


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """How many pixels are not what is at the corner of the box."""
    part = image.crop(box)
    ground = part.getpixel((0, 0))
    return sum(number for number, colour in part.getcolors(1 << 20) or [] if colour != ground)


def test_it_has_the_size_that_networks_want_and_weighs_little():
    assert drawn().size == (WIDTH, HEIGHT) == (1200, 630)
    assert len(png(picture())) < 60_000
    assert png(picture()) == png(picture())


@pytest.mark.parametrize("title", ["Keep the bridge open", ARMENIAN, "Петиция в защиту моста"])
def test_the_title_stands_on_the_left(title):
    image = drawn(title=title, who=title)
    assert ink(image, (60, 50, 600, 400)) > 2000
    assert ink(image, (0, 50, 60, 400)) == 0


@pytest.mark.skipif(not features.check_feature("fribidi"), reason="no FriBiDi here")
def test_arabic_stands_on_the_right():
    image = drawn(title=ARABIC, who=ARABIC, right_to_left=True)
    assert ink(image, (600, 50, 1140, 400)) > 2000
    assert ink(image, (1140, 50, 1200, 400)) == 0


@pytest.mark.parametrize("title", ["word " * 300, "Donaudampfschifffahrt" * 20])
def test_nothing_runs_out_of_it_however_long(title):
    image = drawn(title=title, who=title, facts=(title, title))
    assert ink(image, (WIDTH - 60, 0, WIDTH, 420)) == 0
    assert image.getpixel((WIDTH - 5, HEIGHT - 5)) == tuple(int(BLUE[at : at + 2], 16) for at in (1, 3, 5))


def test_letters_without_a_font_are_named():
    with pytest.raises(NoFont, match="橋"):
        png(picture(title="橋"))


def test_letters_are_not_drawn_unjoined_where_the_library_lacks(monkeypatch):
    monkeypatch.setattr(features, "check_feature", lambda name: name != "fribidi")
    with pytest.raises(NoFont, match="FriBiDi"):
        png(picture(title=ARABIC, right_to_left=True))
