"""A plot as SVG, readable on light and on dark."""
from . import page, table

WIDTH, COLUMN, ROW, HEAD, LABEL = 860, 420, 22, 30, 128
STYLE = """
  text { font: 12px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600 }
  .pawl { fill: #1f6feb } .peer { fill: #8c959f } .floor { fill: #bf8700 }
  .axis { stroke: #8c959f }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .pawl { fill: #4493f8 } .peer { fill: #7d8590 } .floor { fill: #d29922 }
  }
"""


def svg(results):
    panels = list(_panels(results))
    height, body, top = 34, [], [34, 34]
    for title, bars in panels:
        side = 0 if top[0] <= top[1] else 1
        body += _panel(side * (COLUMN + 20), top[side], title, bars)
        top[side] += HEAD + ROW * len(bars) + 14
        height = max(height, top[side])
    callers = results.callers()
    words = f"Operations a second at {max(callers)} callers; longer is better" if callers else "Nothing was measured"
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-label="{words}">',
        f"<style>{STYLE}</style>", f'<text x="0" y="16" class="title">{words}</text>', *body, "</svg>", ""])


def _panels(results):
    if not results.callers():
        return
    most = max(results.callers())
    for n in results.steps():
        yield f"Workflow of {n} step{'s' if n > 1 else ''}", _bars(
            (who, results.median(who, "workflow", n, most)) for who in ("pawl", *table.PEERS, *table.FLOORS))
    wide = [n for (who, case, n, _) in results.groups if who == "pawl" and case == "foreach"]
    if wide:
        (peer, steps), (floor, least) = results.most_steps(most)
        yield f"Steps a second: forEach of {wide[0]}, and the most of others", _bars([
            ("pawl", (results.median("pawl", "foreach", wide[0], most) or 0) * wide[0]), (peer, steps), (floor, least)])
    yield "A known key: replay, and createOrGet hit", _bars([
        ("pawl", results.median("pawl", "dedup_hit", 0, most)),
        ("pawl, createOrGet", results.median("pawl", "createorget_hit", 0, most)),
        *((who, results.median(who, "dedup_hit", 0, most)) for who in (*table.PEERS, *table.FLOORS))])
    yield "createOrGet miss, and insert + update", _bars([
        ("pawl", results.median("pawl", "createorget_miss", 0, most)),
        ("pgbench", results.median("pgbench", "c_insert_update", 1, most))])


def _bars(found):
    return [(who, value) for who, value in found if who and value is not None]


def _panel(x, y, title, bars):
    longest = max((value for _, value in bars), default=0) or 1
    room = COLUMN - LABEL - 60
    yield f'<text x="{x}" y="{y + 16}" class="title">{title}</text>'
    for i, (who, value) in enumerate(bars):
        at, width = y + HEAD - 6 + ROW * i, max(1, room * value / longest)
        kind = "pawl" if who.startswith("pawl") else "peer" if who in table.PEERS else "floor"
        yield f'<text x="{x + LABEL - 8}" y="{at + 13}" text-anchor="end">{who}</text>'
        yield f'<rect x="{x + LABEL}" y="{at + 2}" width="{width:.1f}" height="{ROW - 7}" class="{kind}"/>'
        yield f'<text x="{x + LABEL + width + 6:.1f}" y="{at + 13}">{page.number(value)}</text>'
    yield (f'<line x1="{x + LABEL}" y1="{y + HEAD - 6}" x2="{x + LABEL}" y2="{y + HEAD - 6 + ROW * len(bars)}" '
           'class="axis"/>')
