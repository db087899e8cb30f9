# shellcheck shell=bash
# Sourced by the other scripts: from here on we are in the project folder and stop at the first error.
set -euo pipefail
shopt -s inherit_errexit
cd "$(dirname "${BASH_SOURCE[0]}")/.."
stamps=var/stamps
python=.venv/bin/python
# What Python has once compiled it keeps, beside the source: every process here would spend seconds on it again.
unset PYTHONDONTWRITEBYTECODE

say() { printf '\n== %s\n' "$*" >&2; }
die() { printf '\n%s\n' "$*" >&2; exit 1; }

# The environment of the shell must not leak in: a DATABASE_URL of production would get the demo accounts.
forget_settings() {
  unset ALLOWED_HOSTS BEHIND_PROXY DATABASE_URL DATA_LICENCE DEBUG DJANGO_SETTINGS_MODULE \
    EMAIL_HOST EMAIL_PASSWORD EMAIL_PORT EMAIL_TLS EMAIL_USER GUNICORN_CMD_ARGS HTTPS \
    IATI_ORG_NAME IATI_ORG_REF IATI_ORG_TYPE LOG_LEVEL MAIL_FROM MAIL_REPLY_TO \
    PORTAL_URL REDIS_URL S3_BUCKET S3_ENDPOINT_URL S3_REGION SECOND_FACTOR_REQUIRED SECRET_KEY SECURITY_CONTACT \
    UPLOAD_MAX_MEGABYTES UPLOAD_SCANNER WEBHOOK_ALLOWED_NETWORKS WOP_DEMO WOP_ENV_FILE WOP_VAR_DIR
}

# lock NAME: one at a time in this folder; released by unlock or by the end of the script and its children.
lock() {
  { mkdir -p "$stamps" && : >>"$stamps/$1.lock"; } 2>/dev/null ||
    die "The folder var cannot be written to by $(id -un). Work as the user who owns it, or give it to yours: chown -R $(id -un) var"
  exec 9>"$stamps/$1.lock"
  flock -n 9 && return
  say "Another command is at work in this folder (${1}); waiting for it"
  flock 9
}
unlock() { exec 9>&-; }

# fingerprint PATH...: changes when a name or the content of a file changes.
fingerprint() {
  local files
  files=$(find "$@" -type f -not -name '*.pyc' | LC_ALL=C sort)
  { echo "$files"; tr '\n' '\0' <<<"$files" | xargs -0 cat; } | git hash-object --stdin
}

stamp() { cat "$stamps/$1" 2>/dev/null || true; }

# step NAME RESULT INPUTS COMMAND...: runs COMMAND unless it was finished for the same INPUTS and RESULT is still there.
# The stamp says "unfinished" while it runs, so an interruption at any point repeats the step. A stamp that
# starts with INPUTS is enough: what was installed for the tests also serves `make run`.
step() {
  local name=$1 result=$2 inputs=$3
  shift 3
  if [[ -e $result && $(stamp "$name") == "$inputs"* ]]; then return; fi
  say "Setting up: $name"
  [[ $(stamp "$name") == unfinished ]] || echo unfinished >"$stamps/$name"
  "$@"
  echo "$inputs" >"$stamps/$name.new"
  mv "$stamps/$name.new" "$stamps/$name"
}

can_apt() { command -v apt-get >/dev/null && { [[ $(id -u) == 0 ]] || command -v sudo >/dev/null; }; }

# apt_install WHAT-FOR PACKAGE...: Debian packages with what they need and no more, as root or through sudo. What is on the
# machine already is upgraded only where somebody says so; a machine of CI belongs to nobody.
apt_install() {
  local purpose=$1 sudo=() upgraded answer
  shift
  can_apt || die "$purpose is missing and cannot be installed from here. Please install: $*"
  say "Installing $purpose (Debian: $*)"
  [[ $(id -u) == 0 ]] || sudo=(sudo)
  "${sudo[@]}" apt-get update -q >&2
  upgraded=$(apt-get install --simulate -q --no-install-recommends "$@" | sed -nE 's/^Inst ([^ ]+) \[.*/\1/p' | xargs)
  if [[ -n $upgraded && -z ${CI:-} ]]; then
    answer=no
    [[ ! -t 0 ]] || read -rp "This would also upgrade: $upgraded. Go on? [y/N] " answer
    [[ $answer == [yY]* ]] || die "Nothing was installed: $purpose needs newer versions of $upgraded. Please install: $*"
  fi
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" >&2
}
