# Sourced by tests and benchmarks: a private PostgreSQL cluster in a folder of its own, on loopback.

# PostgreSQL refuses to run as root.
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
pg_bin="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n1)"

start_postgres() { # start_postgres FOLDER PORT [OPTION...]: sets $postgres_url
  local folder="$1" port="$2"; shift 2
  mkdir "$folder"; [ "$(id -u)" = 0 ] && { chmod 755 "$(dirname "$folder")"; chown postgres "$folder"; }
  (cd / && as_postgres "$pg_bin/initdb" -D "$folder" -U kontor --auth=trust -E UTF8 --locale=C.UTF-8 >/dev/null)
  (cd / && as_postgres "$pg_bin/pg_ctl" -D "$folder" -l "$folder/log" -w \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off $*" start >/dev/null)
  postgres_url="postgres://kontor@127.0.0.1:$port/postgres"
}

stop_postgres() { # stop_postgres FOLDER: at once, if it runs
  [ -d "$1" ] && as_postgres "$pg_bin/pg_ctl" -D "$1" -m immediate stop >/dev/null 2>&1 || true
}
