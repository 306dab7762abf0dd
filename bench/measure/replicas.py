"""Makes the table of bench/replicas from its lines of JSON, and writes it between its marks."""
import datetime
import json
import os
import statistics
import sys

sys.dont_write_bytecode = True
import marks  # noqa: E402

CASES = {
    ("workflow", 1): "one-step workflow",
    ("workflow", 10): "ten-step workflow",
    ("dedup_hit", 0): "key replay",
    ("createorget_hit", 0): "createOrGet hit",
    ("createorget_miss", 0): "createOrGet miss",
}
BEGIN, END = "<!-- bench/replicas writes from here -->", "<!-- to here, replicas -->"
HEAD = ["operation", "servers", "ops/s (min to max)", "ratio to one", "p50 ms", "p99 ms", "servers' CPU ms/op",
        "database CPU ms/op", "commits/op", "errors"]


def row(words, servers, of, one):
    def middle(name):
        return statistics.median(line[name] for line in of)

    rates = [line["ops_s"] for line in of]
    ratio = middle("ops_s") / one
    return ratio, [
        words, servers, f"{middle('ops_s'):,.0f} ({min(rates):,.0f} to {max(rates):,.0f})", f"{ratio:.2f}",
        f"{middle('p50_ms'):.2f}", f"{middle('p99_ms'):.1f}", f"{middle('cpu_server_ms_per_op'):.3f}",
        f"{middle('cpu_pg_ms_per_op'):.3f}", f"{middle('pg_commit_per_op'):.2f}", str(sum(line["errors"] for line in of))]


def main(lines, page, heap):
    all_lines = [json.loads(line) for line in open(lines)]
    rows, ratios = [HEAD, ["---"] * len(HEAD)], {}
    for (case, steps), words in CASES.items():
        of = {}
        for line in all_lines:
            if (line["case"], line["n"]) == (case, steps):
                of.setdefault(line["peer"], []).append(line)
        one = statistics.median(line["ops_s"] for line in of["1"])
        for servers in sorted(of, key=int):
            ratio, cells = row(words, servers, of[servers], one)
            rows.append(cells)
            ratios.setdefault(servers, []).append(ratio)
    callers = max(line["c"] for line in all_lines)
    rounds = len({line["round"] for line in all_lines})
    noise = max(line["noise"] for line in all_lines)
    medians = ", ".join(f"{servers} servers {statistics.median(found):.2f}"
                        for servers, found in ratios.items() if servers != "1")
    text = "\n".join([
        f"Made on {datetime.date.today()} by `bench/replicas URL {rounds}`: {callers} callers, {heap} MiB of heap for all servers together, "
        f"{os.cpu_count()} cores shared by servers, PostgreSQL and generator, with up to {noise:.1f} cores used by others. "
        f"Median of the ratios to one server: {medians}; wanted: 0.80 to 1.20 or more.", ""]
        + ["| " + " | ".join(cells) + " |" for cells in rows])
    print(text)
    marks.write(page, BEGIN, END, text)


main(*sys.argv[1:])
