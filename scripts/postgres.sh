# shellcheck shell=bash
# Sourced by scripts that need a PostgreSQL of their own: a private cluster in a temporary folder, $place, reached by its
# socket alone and gone at the end. A running server, a running demo and its data are never touched.
last_place=$stamps/test-place

postgres_tools() {
  local folders
  folders=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -1 || true)
  dirname "${folders:-$(command -v initdb || echo nowhere/initdb)}"
}

find_postgres() {
  tools=$(postgres_tools)
  [[ -x $tools/initdb ]] || apt_install PostgreSQL postgresql
  tools=$(postgres_tools)
}

# Stops and removes what lives in $place: this run's at its end, an interrupted one's at the next start.
clear_place() {
  [[ ${place:-} == /tmp/wop-portal.* && -d $place ]] || return 0
  as_postgres "$tools/pg_ctl" stop -s -m immediate -D "$place/postgres" >/dev/null 2>&1 || true
  rm -rf "$place" "$last_place"
}

make_place() {
  if [[ -s $last_place ]]; then
    place=$(<"$last_place")
    clear_place
  fi
  place=$(mktemp -d /tmp/wop-portal.XXXXXX)
  echo "$place" >"$last_place"
  chmod 711 "$place"
  mkdir -m 700 "$place/tmp"
  export TMPDIR=$place/tmp
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [[ $(id -u) == 0 ]]; then
    (cd "$place" && runuser -u postgres -- "$@")
  else
    "$@"
  fi
}

# Without autovacuum: tests take all their rows back, it would note that every table is empty, and the planner would then
# read the rows of a running test in loops within loops. One such query took twelve minutes. Without compiling queries (jit): their
# costs are guessed as high, and each is asked once.
start_postgres() {
  local data=$place/postgres
  mkdir -m 700 "$data"
  [[ $(id -u) != 0 ]] || chown postgres "$data"
  as_postgres "$tools/initdb" -D "$data" -U portal --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >/dev/null
  cat >>"$data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$data'
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
jit = off
CONF
  as_postgres "$tools/pg_ctl" start -s -w -D "$data" -l "$data/log" 9>&- || die "PostgreSQL did not start: $(tail -5 "$data/log")"
}

# postgres_url NAME: the DATABASE_URL of a database there.
postgres_url() { echo "postgres://portal@${place//\//%2F}%2Fpostgres/$1"; }
