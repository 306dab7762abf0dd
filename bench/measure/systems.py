"""How each system is run; all leave lines of JSON with the same names."""
import dataclasses
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile

NEED_PEERS = ("dbos", "restate")
PAWL_CASES = ("workflow,method,foreach,dedup_hit,createorget_hit,createorget_miss,create,create_step")

PGBENCH_TABLES = (
    "create table known (key text primary key, status smallint not null, hash bytea not null, answer bytea)",
    "create table claim (like known including all)",
    "insert into known select 'known-'||i, 2, sha256(i::text::bytea), sha256(i::text::bytea)"
    " from generate_series(1, 100000) i",
    "vacuum analyze known", "checkpoint")
_KEY = "\\set k random(1, 9000000000000000000)\n"
_INSERT = "insert into claim values ('k'||:k, 1, '\\x00112233445566778899aabbccddeeff') on conflict do nothing;\n"
_UPDATE = "update claim set status = 2, answer = '\\x00112233445566778899aabbccddeeff' where key = 'k'||:k;\n"
PGBENCH = {
    "a_select": "\\set k random(1, 100000)\nselect status, hash, answer from known where key = 'known-'||:k;\n",
    "b_insert": _KEY + _INSERT,
    "c_insert_update": _KEY + _INSERT + _UPDATE,
}


@dataclasses.dataclass(frozen=True)
class Plan:
    """How long, and how much of what."""
    rounds: int
    seconds: float
    warm: float
    jit: float
    steps: tuple
    callers: tuple
    patience: int
    again: int
    quick: bool

    @staticmethod
    def of(quick, rounds, seconds):
        if quick:
            return Plan(rounds or 1, seconds or 2, 0.5, 4, (1, 10), (1, 8), 0, 0, True)
        return Plan(rounds or 3, seconds or 10, 2, 150, (1, 10, 100), (1, 8, 32), 10, 1, False)


def copied_peers(source, target):
    if not source:
        return None
    shutil.copytree(source, target, dirs_exist_ok=True)
    # Whoever copies from a folder that is not writable gets one that isn't either.
    subprocess.run(["chmod", "-R", "u+w", str(target)], check=True)
    return target


def _joined(numbers, by=","):
    return by.join(str(number) for number in numbers)


class Bench:
    def __init__(self, root, pawl, postgres, peers, folder, plan):
        self.root = root
        self.pawl = pawl
        self.postgres = postgres
        self.peers = peers
        self.folder = folder
        self.plan = plan
        self.results = folder / "results.jsonl"
        self.failed = []

    def run(self, name, number):
        """A system that fails leaves a hole in the table, not the others without their turn."""
        try:
            self._run(name, number)
        except subprocess.CalledProcessError as e:
            self.failed.append(f"{name} in round {number}")
            print(f"!! {e}, see {self.folder / 'log.txt'}", file=sys.stderr)

    def _run(self, name, number):
        if name == "pawl":
            self._pawl(number)
        elif name in NEED_PEERS or (self.peers and not self.plan.quick):
            self._peer(name, number)
        elif name == "floor":
            self._load(number, ["floor"], "bench_floor", ())
        elif name == "pgbench":
            self._pgbench(number)
        else:
            raise SystemExit(f"there is no system {name}")

    def _pawl(self, number):
        self._load(number, [], "bench_pawl",
                   ["--pawl", str(self.pawl), "--cases", PAWL_CASES, "--load", "0.7",
                    "--log", str(self.folder / f"server.{number}.log")])

    def _load(self, number, command, database, more):
        plan = self.plan
        self._said(
            [str(self.root / "bench/load"), *command, "--database-url", self.postgres.jdbc(database),
             "--n", _joined(plan.steps), "--c", _joined(plan.callers), "--jit", str(plan.jit),
             "--warm", str(plan.warm), "--window", str(plan.seconds), "--patience", str(plan.patience),
             "--again", str(plan.again), "--round", str(number), "--out", str(self.results), *more],
            os.environ)

    def _peer(self, name, number):
        plan = self.plan
        between = " " if name == "pgbench" else ","
        environment = dict(
            os.environ, JDK=os.environ["JAVA_HOME"], BENCH_OUT=str(self.results), BENCH_ROUND=str(number),
            BENCH_PGPORT=str(self.postgres.port), BENCH_PGDATA=str(self.postgres.data),
            N=_joined(plan.steps), C=_joined(plan.callers, between), DUR=f"{plan.seconds:g}",
            DDUR=f"{plan.seconds:g}", WARM=f"{plan.warm:g}", JIT=f"{plan.jit:g}",
            CASES=" ".join(PGBENCH))
        if plan.quick:
            environment["JAVA_TOOL_OPTIONS"] = "-Dquiet.tries=0 -Dnoise.retries=0"
        self._said(["bash", str(self.peers / name / "run.sh")], environment)

    def _said(self, line, environment):
        with open(self.folder / "log.txt", "a", encoding="utf-8") as log:
            subprocess.run(line, env=environment, stdout=log, stderr=log, check=True)

    def _pgbench(self, number):
        for case, script in PGBENCH.items():
            self.postgres.fresh("bench_pgbench")
            self.postgres.sql("bench_pgbench", *PGBENCH_TABLES)
            for callers in self.plan.callers:
                line = self._pgbench_once(case, script, callers)
                line["round"] = number
                with open(self.results, "a", encoding="utf-8") as out:
                    out.write(json.dumps(line) + "\n")

    def _pgbench_once(self, case, script, callers):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "script.sql")
            file.write_text(script)
            said = subprocess.run(
                [str(self.postgres.bin / "pgbench"), "-n", "-M", "prepared", "-h", "127.0.0.1",
                 "-p", str(self.postgres.port), "-U", "postgres", "-c", str(callers),
                 "-j", str(min(callers, 2)), "-T", f"{max(1, round(self.plan.seconds))}", "-l",
                 f"--sampling-rate={0.1 if case == 'a_select' else 1}", "-f", str(file), "bench_pgbench"],
                cwd=folder, check=True, capture_output=True, text=True).stdout
            tps = next(float(line.split()[2]) for line in said.splitlines() if line.startswith("tps"))
            times = sorted(
                int(line.split()[2]) / 1000
                for log in pathlib.Path(folder).glob("pgbench_log.*")
                for line in log.read_text().splitlines())
        return {"peer": "pgbench", "case": case, "n": 1, "c": callers, "ops_s": tps, "errors": 0,
                "p50_ms": statistics.median(times) if times else None,
                "p99_ms": times[int(len(times) * 0.99)] if times else None}
