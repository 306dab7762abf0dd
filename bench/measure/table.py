"""Medians of what was measured, and what they are to each other."""
import collections
import json
import statistics

PEERS = ("dbos", "restate", "restate-node", "dbscheduler", "jobrunr", "conductor")
FLOORS = ("floor", "floor-jdbc")


class Results:
    """Medians of the rounds; None where nothing was measured."""

    def __init__(self, lines):
        self.groups = collections.OrderedDict()
        self.rates = collections.OrderedDict()
        for line in lines:
            if line["case"].startswith("_"):
                continue
            if line.get("rate"):
                self.rates.setdefault((line["peer"], line["case"], line["n"]), []).append(line)
            else:
                self.groups.setdefault(
                    (line["peer"], line["case"], line["n"], line["c"]), []).append(line)

    def lines(self, peer, case, n, c):
        return self.groups.get((peer, case, n, c), [])

    def median(self, peer, case, n, c, field="ops_s"):
        values = [line[field] for line in self.lines(peer, case, n, c) if line.get(field) is not None]
        return statistics.median(values) if values else None

    def best(self, peers, case, n, c, field="ops_s", better=max):
        """Name and value of the best of them."""
        found = [(self.median(peer, case, n, c, field), peer) for peer in peers]
        found = [each for each in found if each[0] is not None]
        return better(found)[::-1] if found else (None, None)

    def most_steps(self, c):
        """The most steps a second that a peer or the floor reaches, whatever the size of its workflows."""
        def of(peers):
            found = [(self.median(peer, case, n, at) * n, peer)
                     for (peer, case, n, at) in self.groups
                     if peer in peers and case == "workflow" and at == c]
            return max(found)[::-1] if found else (None, None)
        return of(PEERS), of(FLOORS)

    def callers(self):
        return sorted({c for (peer, _, _, c) in self.groups if peer == "pawl"})

    def steps(self):
        return sorted({n for (peer, case, n, _) in self.groups if peer == "pawl" and case == "workflow"})

    def noise(self):
        return max((line.get("noise", 0) for lines in self.groups.values() for line in lines), default=0)

    def errors(self):
        return sum(line.get("errors", 0) + line.get("unfinished", 0)
                   for groups in (self.groups, self.rates) for lines in groups.values() for line in lines)


def read(file):
    return Results([json.loads(line) for line in file.read_text().splitlines() if line.strip()])


Row = collections.namedtuple("Row", "title n c rate low high peer peer_rate floor floor_rate p50 p99 most cpu")


def rows(results):
    """A row for each case of Pawl's, with the best peer's and the floor's figures for the same work."""
    for (who, case, n, c), lines in sorted(
            results.groups.items(), key=lambda group: (_order(group[0][1]), group[0][2], group[0][3])):
        if who != "pawl":
            continue
        peer, floor = _others(results, case, n, c)
        yield Row(
            TITLES.get(case, case), n, c, results.median("pawl", case, n, c),
            min(line["ops_s"] for line in lines), max(line["ops_s"] for line in lines),
            *peer, *floor,
            results.median("pawl", case, n, c, "p50_ms"), results.median("pawl", case, n, c, "p99_ms"),
            max(line["max_ms"] for line in lines),
            results.median("pawl", case, n, c, "cpu_server_ms_per_op"))


TITLES = {
    "workflow": "workflow", "method": "one method", "foreach": "forEach", "dedup_hit": "idempotency-key replay",
    "createorget_hit": "createOrGet hit", "createorget_miss": "createOrGet miss", "create": "create by the server",
    "create_step": "workflow of creates"}


def _order(case):
    return list(TITLES).index(case) if case in TITLES else len(TITLES)


def _others(results, case, n, c):
    none = (None, None)
    if case == "workflow":
        return results.best(PEERS, case, n, c), results.best(FLOORS, case, n, c)
    if case == "method":
        return results.best(PEERS, "workflow", 1, c), results.best(FLOORS, "workflow", 1, c)
    if case == "foreach":
        peer, floor = results.most_steps(c)
        return _per(peer, n), _per(floor, n)
    if case in ("dedup_hit", "createorget_hit"):
        return results.best(PEERS, "dedup_hit", 0, c), results.best(FLOORS, "dedup_hit", 0, c)
    if case == "createorget_miss":
        return none, results.best(("pgbench",), "c_insert_update", 1, c)
    return none, none


def _per(found, n):
    return found if found[0] is None else (found[0], found[1] / n)


Aim = collections.namedtuple("Aim", "words value wanted reached")


def aims(results):
    """What issue 6 asks for, of what was measured."""
    for row in rows(results):
        for to, least in _least(row):
            other = row.peer_rate if to == "peer" else row.floor_rate
            if other:
                ratio = row.rate / other
                name = row.peer if to == "peer" else row.floor
                yield Aim(f"{row.title}, {_size(row)}{row.c} callers: rate to {name}",
                          ratio, f"≥ {least:g}", ratio >= least)
    ours = results.median("pawl", "workflow", 1, 1, "p50_ms")
    peer, theirs = results.best(PEERS, "workflow", 1, 1, "p50_ms", min)
    if ours is not None and theirs is not None:
        yield Aim(f"workflow, 1 step, 1 caller: p50 in ms, below {peer}'s", ours, f"< {theirs:.2f}", ours < theirs)
    for (who, case, n), lines in results.rates.items():
        if who == "pawl" and n <= 1:
            ratios = [line["p99_ms"] / line["p50_ms"] for line in lines if line.get("p50_ms")]
            if not ratios:
                continue
            ratio = statistics.median(ratios)
            yield Aim(f"{TITLES.get(case, case)} at 70 % of the highest rate: p99 to p50", ratio, "≤ 10", ratio <= 10)


def _size(row):
    return f"{row.n} step{'s' if row.n > 1 else ''}, " if row.n else ""


def _least(row):
    """The ratios wanted of a row: to the best peer, to the floor."""
    if row.title == "workflow" and row.c >= 8:
        if row.n == 1 or row.c >= 32:
            yield "peer", 3
        else:
            yield "peer", 2.5
        if row.n > 1 and row.c == 8:
            yield "floor", 0.8
    if row.title == "forEach":
        yield "peer", 5
    if row.title in ("idempotency-key replay", "createOrGet hit") and row.c >= 8:
        yield "peer", 3
    if row.title == "createOrGet miss" and row.c >= 32:
        yield "floor", 1
