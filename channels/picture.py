"""The picture that networks show beside a shared link (Open Graph): 1200 × 630, in any script there is a font for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from channels.paper import OUR_FONT, NoFont, font_for

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH, HEIGHT, EDGE = 1200, 630, 72  # pixels
BAND = 200  # the dark band at the foot, with what is known of a certain day
TITLE_SIZES, MOST_LINES, LEADING = (76, 68, 60, 54, 48, 42, 38), 4, 1.28
PAPER, INK, SOFT, BLUE, ON_BLUE, ON_BLUE_SOFT, APRICOT = (
    "#f8f7f4", "#1d2630", "#56606b", "#12304a", "#ffffff", "#c6d3de", "#eba24f",
)  # fmt: skip
MORE, LONGEST = "…", 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What stands on it. `who`: whose campaign. `facts`: sentences in the band, the first one large. `home`: where the
    campaign is. `as_of`: of which day the facts are.
    """

    who: str
    title: str
    facts: tuple[str, ...]
    as_of: str
    home: str
    right_to_left: bool = False

    @property
    def words(self) -> str:
        return "\n".join((self.who, self.title, *self.facts, self.as_of, self.home, MORE))


def png(picture: Picture, fonts: Iterable[Path] = ()) -> bytes:
    """A PNG; the same picture gives the same bytes.

    Raises channels.paper.NoFont if letters are in no font, or cannot be joined and turned as their script wants, which
    Pillow does with the help of the library FriBiDi.
    """
    from PIL import Image, ImageDraw

    font = check(picture.words, fonts, right_to_left=picture.right_to_left)
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    _Painter(picture, ImageDraw.Draw(image), font).paint()
    made = BytesIO()
    image.quantize(64).save(made, "PNG", optimize=True)
    return made.getvalue()


def check(words: str, fonts: Iterable[Path] = (), *, right_to_left: bool = False) -> Path:
    """The font in which these words can be drawn. Raises NoFont as `png` does."""
    from PIL import features

    if right_to_left and not (features.check_feature("raqm") and features.check_feature("fribidi")):
        raise NoFont("A script that runs from right to left cannot be drawn here: the library FriBiDi is needed")
    return font_for(words, (*fonts, OUR_FONT))


class _Painter:
    def __init__(self, picture: Picture, draw: "ImageDraw", font: Path) -> None:
        self.picture, self.draw, self.path = picture, draw, font
        self.direction: Literal["rtl"] | None = "rtl" if picture.right_to_left else None
        self.x, self.side = (WIDTH - EDGE, "r") if picture.right_to_left else (EDGE, "l")

    def paint(self) -> None:
        picture, top = self.picture, HEIGHT - BAND
        self.draw.rectangle((0, top, WIDTH, HEIGHT), fill=BLUE)
        self.draw.rectangle((0, top - 8, WIDTH, top), fill=APRICOT)
        self._say(self._fitted(picture.who, 30), 30, 56, SOFT)
        self._title(108, top - 40)
        y = top + 30
        for number, fact in enumerate(picture.facts):
            size = 40 if number == 0 else 30
            self._say(self._fitted(fact, size), size, y, ON_BLUE, weight=number == 0)
            y += int(size * 1.45)
        self._say(self._fitted(f"{picture.as_of} · {picture.home}", 24), 24, HEIGHT - 50, ON_BLUE_SOFT)

    def _title(self, top: int, foot: int) -> None:
        """As large as it fits, in the middle of its place; cut off only where the smallest letters are too many."""
        for size in TITLE_SIZES:
            lines = list(self._lines(self.picture.title[: 3 * LONGEST], size))
            height = int(len(lines) * size * LEADING)
            if len(lines) <= MOST_LINES and height <= foot - top:
                break
        most = int((foot - top) / (size * LEADING))
        if len(lines) > most:
            lines = [*lines[: most - 1], self._fitted(f"{lines[most - 1]}{MORE}", size)]
        y = top + (foot - top - int(len(lines) * size * LEADING)) // 2
        for line in lines:
            self._say(line, size, y, INK, weight=True)
            y += int(size * LEADING)

    def _lines(self, text: str, size: int) -> Iterator[str]:
        line = ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and self._width(longer, size) > WIDTH - 2 * EDGE:
                yield self._fitted(line, size)
                longer = word
            line = longer
        yield self._fitted(line, size)

    def _fitted(self, text: str, size: int) -> str:
        """The text, cut off where the picture ends."""
        text = text[:LONGEST]
        if self._width(text, size) <= WIDTH - 2 * EDGE:
            return text
        while text and self._width(text + MORE, size) > WIDTH - 2 * EDGE:
            text = text[:-1]
        return text.rstrip() + MORE

    def _say(self, text: str, size: int, y: int, colour: str, *, weight: bool = False) -> None:
        self.draw.text(
            (self.x, y), text, fill=colour, font=self._font(size), anchor=f"{self.side}a", direction=self.direction,
            stroke_width=size / 60 if weight else 0, stroke_fill=colour,
        )  # fmt: skip

    def _width(self, text: str, size: int) -> float:
        return self._font(size).getlength(text, direction=self.direction)

    def _font(self, size: int) -> "FreeTypeFont":
        return _font(self.path, size)


def _font(path: Path, size: int) -> "FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(path, size)
