"""Writes what a bench has found between its marks in a page."""
import pathlib
import re
import sys


def write(page, begin, end, text):
    page = pathlib.Path(page)
    old = page.read_text(encoding="utf-8")
    if begin not in old or end not in old:
        sys.exit(f"{page} has no place for it: {begin} … {end}")
    new = re.sub(re.escape(begin) + ".*?" + re.escape(end), lambda _: f"{begin}\n{text}\n{end}", old, flags=re.S)
    page.write_text(new, encoding="utf-8")
