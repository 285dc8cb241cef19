"""PDF files: their text page by page, as the file orders it."""

from __future__ import annotations

from importlib import import_module

_PAGE_BREAK = "\f"
# A soft hyphen at a line's end, as the reader of PDFs gives it.
_HYPHEN = "\ufffe"
# A page of pictures carries a few stray characters; a document carries more.
_FEWEST_CHARACTERS = 20


class PdfError(ValueError):
    """A PDF whose text can't be had; the message goes on from "The file … "."""


def read_pdf(data: bytes, largest: int) -> str:
    """The text of a PDF, lines and pages broken as they are set; ``largest`` bounds its characters.

    Raises PdfError where it is damaged, locked, too large, or holds pictures of text alone.
    """
    # Loaded only here: the reader is a large library that most builds never need.
    pdfium = import_module("pypdfium2")
    try:
        with pdfium.PdfDocument(data) as document:
            pages: list[str] = []
            for number in range(len(document)):
                pages.append(document[number].get_textpage().get_text_bounded().replace(_HYPHEN, ""))
                if sum(map(len, pages)) > largest:
                    raise PdfError("holds more text than is read at once: split it.")
    except pdfium.PdfiumError as error:
        raise PdfError("is no readable PDF: it is damaged or locked.") from error
    text = _PAGE_BREAK.join(page.replace("\r\n", "\n") for page in pages)
    if sum(not char.isspace() for char in text) < _FEWEST_CHARACTERS:
        raise PdfError("is a PDF without text (a scan): it needs OCR first.")
    return text
