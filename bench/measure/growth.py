"""Makes the table of bench/growth from its lines of JSON, and writes it between its marks."""
import datetime
import json
import os
import sys

sys.dont_write_bytecode = True
import marks  # noqa: E402

CASES = {
    "workflow": "one-step workflow",
    "dedup_hit": "key replay",
    "createorget_hit": "createOrGet hit",
    "createorget_miss": "createOrGet miss",
    "list_runs": "first page of runs",
}
BEGIN, END = "<!-- bench/growth writes from here -->", "<!-- to here, growth -->"
HEAD = ["operation", "runs and resources", "database GiB", "ops/s", "p50 ms", "PostgreSQL CPU ms/op",
        "to the smallest", "errors"]


def main(lines, page):
    fills, measured = {}, {}
    for line in map(json.loads, open(lines)):
        if "filled" in line:
            fills[line["filled"]] = line["bytes"]
        else:
            measured[line["case"], int(line["peer"])] = line
    rows = [HEAD, ["---"] * len(HEAD)]
    for case, words in CASES.items():
        first = None
        for size in sorted(fills):
            at = measured.get((case, size))
            if at is None:
                continue
            cpu = at["cpu_pg_ms_per_op"]
            first = first or cpu
            rows.append([words, f"{size:,}", f"{fills[size] / 2**30:.2f}", f"{at['ops_s']:,.0f}", f"{at['p50_ms']:.2f}",
                         f"{cpu:.3f}", f"{cpu / first:.2f}", str(at["errors"])])
    noise = max(line["noise"] for line in measured.values())
    sizes = " ".join(str(size) for size in sorted(fills))
    text = "\n".join([
        f"Made on {datetime.date.today()} by `bench/growth URL {sizes}`: 8 callers, {os.cpu_count()} cores shared by server, "
        f"PostgreSQL and generator, with up to {noise:.1f} cores used by others.", ""]
        + ["| " + " | ".join(row) + " |" for row in rows])
    print(text)
    marks.write(page, BEGIN, END, text)


main(*sys.argv[1:])
