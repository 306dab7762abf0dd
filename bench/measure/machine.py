"""What a reader of figures must know of the machine."""
import datetime
import os
import pathlib
import subprocess


def told(pawl, plan, chosen, with_peers, quick):
    return {
        "date": f"{datetime.date.today()}",
        "commit": _commit(pawl),
        "cores": os.cpu_count(),
        "cpu": _field("/proc/cpuinfo", "model name"),
        "memory_gib": round(int(_field("/proc/meminfo", "MemTotal").split()[0]) / 2**20, 1),
        "kernel": os.uname().release,
        "load_before": os.getloadavg()[0],
        "rounds": plan.rounds,
        "seconds": plan.seconds,
        "systems": chosen,
        "with_peers": with_peers,
        "quick": quick,
    }


def _commit(folder):
    def git(*args):
        return subprocess.run(
            ["git", *args], cwd=folder, capture_output=True, text=True, check=False).stdout.strip()
    changed = git("status", "--porcelain", "--untracked-files=no")
    return (git("rev-parse", "--short=12", "HEAD") or "?") + ("+changes" if changed else "")


def _field(file, name):
    for line in pathlib.Path(file).read_text().splitlines():
        if line.startswith(name):
            return line.split(":", 1)[1].strip()
    return "0"
