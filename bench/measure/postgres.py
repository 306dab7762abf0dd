"""A PostgreSQL for one run, with initdb's durable defaults."""
import glob
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile

ASKED = ("server_version", "fsync", "synchronous_commit", "full_page_writes", "wal_sync_method",
         "shared_buffers", "max_wal_size")


def programs():
    folders = sorted(
        glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[-2]))
    found = os.environ.get("PGBIN") or (folders[-1] if folders else None)
    if not found or not pathlib.Path(found, "initdb").exists():
        raise SystemExit("no PostgreSQL found in /usr/lib/postgresql: install it, or set PGBIN")
    return pathlib.Path(found)


class Postgres:
    """Use it in a with statement: it is stopped and removed at the end."""

    def __init__(self, folder, port):
        self.folder = folder
        self.port = port
        self.bin = programs()

    @staticmethod
    def start():
        # PostgreSQL refuses to run as root, and its user must be able to enter the folder.
        folder = pathlib.Path(tempfile.mkdtemp(prefix="pawl-bench-", dir="/var/tmp"))
        with socket.socket() as any_port:
            any_port.bind(("127.0.0.1", 0))
            port = any_port.getsockname()[1]
        postgres = Postgres(folder, port)
        if os.getuid() == 0:
            shutil.chown(folder, "postgres")
        data = folder / "data"
        postgres._as_owner("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                           "--locale=C.UTF-8")
        with open(data / "postgresql.conf", "a", encoding="utf-8") as conf:
            conf.write(f"listen_addresses = '127.0.0.1'\nport = {port}\n"
                       f"unix_socket_directories = '{folder}'\nmax_connections = 200\n")
        postgres._as_owner("pg_ctl", "-D", data, "-l", folder / "log", "-w", "-t", "60", "start")
        return postgres

    def _as_owner(self, program, *args):
        # From a folder that the other user may enter.
        line = [str(self.bin / program), *map(str, args)]
        if os.getuid() == 0:
            line = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *line]
        subprocess.run(line, cwd="/", check=True, stdout=subprocess.DEVNULL)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._as_owner("pg_ctl", "-D", self.data, "-m", "fast", "-w", "-t", "60", "stop")
        shutil.rmtree(self.folder)

    @property
    def data(self):
        return self.folder / "data"

    def jdbc(self, database):
        return f"jdbc:postgresql://127.0.0.1:{self.port}/{database}?user=postgres&password=x"

    def sql(self, database, *statements):
        args = [arg for statement in statements for arg in ("-c", statement)]
        return subprocess.run(
            [str(self.bin / "psql"), "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres",
             "-d", database, "-v", "ON_ERROR_STOP=1", "-qAt", *args],
            check=True, capture_output=True, text=True).stdout.strip()

    def fresh(self, database):
        self.sql("postgres", f"drop database if exists {database} with (force)")
        self.sql("postgres", f"create database {database}")

    def settings(self):
        return {name: self.sql("postgres", f"show {name}") for name in ASKED}
