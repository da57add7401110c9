"""The closing report as a PDF."""

from django.conf import settings

from channels.printed_report import PrintedReport, pdf
from outreach.closing.report import Report
from outreach.closing.told import Told, tell


def on_paper(report: Report, language: str) -> bytes:
    """A4 pages in that language; the same report gives the same bytes. Raises channels.paper.NoFont."""
    return pdf(printed(tell(report, language)), settings.FONTS, made_at=report.book.as_of)


def printed(told: Told) -> PrintedReport:
    words = told.words
    return PrintedReport(
        kind=told.kind,
        title=told.title,
        facts=told.facts,
        figures=told.figures,
        sections=told.sections,
        notes_title=words.method_title,
        notes=told.methods,
        links=((words.record, told.record), (words.evidence, told.evidence)),
        page=words.page,
        warning=told.invented,
        right_to_left=told.is_right_to_left,
    )
