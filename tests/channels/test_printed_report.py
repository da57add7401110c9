from dataclasses import replace

import pypdfium2
import pytest

from channels.chart import Bars, Mark, Section, Stair, Stairs, Table, Tone, bar
from channels.paper import NoFont
from channels.printed_report import TONES, PrintedReport, pdf

PARTS: list[tuple[str, int, Tone]] = [("Done", 3, "good"), ("Open", 7, "quiet")]
BARS = Bars((bar("Ceasefire", PARTS),), (("good", "Done", 3), ("quiet", "Open", 7)))
STAIRS = Stairs((Stair("Answered", "info", 2, ((0.2, 0.1), (0.6, 0.2))),), (Mark(0.5, "2"),), (Mark(0.0, "0"),), "10")
DEMANDS = Table("Demands", ("Demand", "Done"), (("Ceasefire", "3"),))
DAYS = Table("Days", ("Days", "Median"), (("To answer", "4"),))
EACH = Table("Each", ("Who", "Letter"), tuple((f"Office {n}", "Sent") for n in range(60)))
REPORT = PrintedReport(
    kind="Closing report",
    title="Keep the bridge open",
    facts=(("Deadline", "5 May 2023"),),
    figures=(("Asked", "10"), ("Acted", "3 of 10")),
    sections=(
        Section("demands", "Demand by demand", "Done: 3", DEMANDS, BARS),
        Section("time", "How long it took", "Answered: 2", DAYS, STAIRS),
        Section("each", "Each", "…", EACH),
    ),
    notes_title="How we counted",
    notes=("Nothing is ranked.",),
    links=(("Record", "https://bridge.example/record"),),
    page="Page",
)


def words(made: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made))


def test_everything_it_says_stands_on_paper():
    said, notes = words(pdf(REPORT)), "Nothing is ranked."
    for expected in ("Closing report", "3 of 10", "Ceasefire", "Open: 7", "Answered: 2", "Office 59", notes):
        assert expected in said
    assert said.endswith("Page 3")


def test_charts_are_drawn_in_the_tones_of_their_legend():
    page = pypdfium2.PdfDocument(pdf(REPORT)).get_page(0).render(scale=1).to_pil()
    colours = {colour for _, colour in page.getcolors(1_000_000)}
    assert {TONES["good"], TONES["quiet"], TONES["info"]} <= colours


@pytest.mark.parametrize(("script", "right_to_left"), [("Ամփոփիչ հաշվետվություն", False), ("التقرير الختامي", True)])
def test_it_is_written_in_the_readers_script(script, right_to_left):
    assert script in words(pdf(replace(REPORT, kind=script, right_to_left=right_to_left)))


def test_the_same_report_is_the_same_file_and_letters_without_a_font_are_named():
    assert pdf(REPORT) == pdf(REPORT)
    with pytest.raises(NoFont, match="桥"):
        pdf(replace(REPORT, title="桥"))
