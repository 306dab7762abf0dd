"""The table as Markdown, and its place in docs/performance.md."""
from . import table

BEGIN = "<!-- bench/performance writes from here -->"
END = "<!-- to here -->"
# Cores that others used during the worst measure, which has been repeated by then.
NOISY = 0.5


def number(value):
    if value is None:
        return "–"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"


def text(results, told):
    out = [*_about(results, told), "", "![Rates of Pawl, its peers and the floor](performance.svg)", "", *_rates(results), "", *_fixed(results), "", *_aims(results), ""]
    return "\n".join(out)


def _about(results, told):
    settings = ", ".join(f"{name} {value}" for name, value in told.get("postgres", {}).items())
    rounds = told["rounds"]
    out = [
        f"Written by `bench/performance` on {told['date']} for `{told['commit']}`: {rounds} "
        f"round{'s' if rounds > 1 else ''} of {', '.join(told['systems'])} in turn, "
        f"{told['seconds']:g} s each measure, on {told['cores']} cores ({told['cpu']}, "
        f"{told['memory_gib']:g} GiB, Linux {told['kernel']}; load {told['load_before']:.1f} before). "
        f"PostgreSQL: {settings}.",
        "",
        f"Others kept at most {results.noise():.2f} cores busy during a measure; {results.errors()} "
        "operations failed or did not end.",
    ]
    if why := not_to_quote(results, told):
        out += ["", f"**No figure to quote**: {why}. It shows that the bench works."]
    if not told["with_peers"]:
        out += ["", "The peers were not measured (PAWL_PEERS is not set)."]
    return out


def not_to_quote(results, told):
    """Why these figures say little; empty if they can stand in the page."""
    if told["quick"]:
        return "a quick run"
    if told["rounds"] < 3:
        return "too few rounds"
    if told.get("failed"):
        return f"{', '.join(told['failed'])} failed"
    return f"others used up to {results.noise():.1f} cores" if results.noise() > NOISY else ""


def _rates(results):
    yield "| case | steps | callers | Pawl /s (min to max) | best peer | /s | ratio | floor | /s | ratio " \
          "| p50 ms | p99 ms | max ms | server CPU ms |"
    yield "|---|---:|---:|---:|---|---:|---:|---|---:|---:|---:|---:|---:|---:|"
    for row in table.rows(results):
        yield (f"| {row.title} | {row.n or ''} | {row.c} | {number(row.rate)} ({number(row.low)} to "
               f"{number(row.high)}) | {row.peer or '–'} | {number(row.peer_rate)} | "
               f"{_ratio(row.rate, row.peer_rate)} | {row.floor or '–'} | {number(row.floor_rate)} | "
               f"{_ratio(row.rate, row.floor_rate)} | {number(row.p50)} | {number(row.p99)} | "
               f"{number(row.most)} | {number(row.cpu)} |")


def _ratio(ours, theirs):
    return "–" if not ours or not theirs else f"{ours / theirs:.2f}"


def _fixed(results):
    yield "At a fixed rate, 70 % of the highest of the closed loop; times count from when an operation was due:"
    yield ""
    yield "| case | steps | rate /s | p50 ms | p99 ms | p99.9 ms | max ms |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for (who, case, n), lines in results.rates.items():
        if who == "pawl":
            def median(field, of=lines):
                values = sorted(line[field] for line in of if field in line)
                return values[len(values) // 2] if values else None
            yield (f"| {table.TITLES.get(case, case)} | {n or ''} | {number(median('rate'))} | "
                   f"{number(median('p50_ms'))} | {number(median('p99_ms'))} | {number(median('p999_ms'))} | "
                   f"{number(max(line['max_ms'] for line in lines))} |")


def _aims(results):
    found = list(table.aims(results))
    if not found:
        return
    yield f"Of {len(found)} aims {sum(aim.reached for aim in found)} are reached:"
    yield ""
    yield "| aim | measured | wanted | |"
    yield "|---|---:|---:|---|"
    for aim in found:
        yield f"| {aim.words} | {aim.value:.3g} | {aim.wanted} | {'reached' if aim.reached else 'not reached'} |"


def write(file, section):
    whole = file.read_text()
    if whole.count(BEGIN) != 1 or whole.count(END) != 1:
        raise SystemExit(f"{file} must hold the lines '{BEGIN}' and '{END}' once each")
    before, rest = whole.split(BEGIN)
    file.write_text(before + BEGIN + "\n" + section.rstrip() + "\n" + END + rest.split(END)[1])
