# Sourced by demo.sh and test.sh. need PACKAGE=COMMAND ...: installs, as root on Debian, the packages whose command is missing;
# anywhere else it says what to install and ends with exit code 3.

need() {
  local missing=() pair
  for pair in "$@"; do
    command -v "${pair#*=}" >/dev/null 2>&1 || [[ -x /usr/sbin/${pair#*=} ]] || missing+=("${pair%%=*}")
  done
  ((${#missing[@]} == 0)) && return 0
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing ${missing[*]} …" >&2
    apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null && return 0
    echo "Could not install ${missing[*]}: see the lines above." >&2
  else
    echo "Missing: ${missing[*]}. Install them (on Debian: sudo apt-get install ${missing[*]}) and run this again." >&2
  fi
  exit 3
}

need_dotnet() {
  command -v dotnet >/dev/null 2>&1 && dotnet --list-sdks | grep -q '^10\.' && return 0
  echo "Missing: the .NET 10 SDK. Install it (https://dot.net/download) and run this again." >&2
  exit 3
}
