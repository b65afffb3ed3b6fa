# Sourced by make: Debian packages and all they depend on, unpacked into a folder.

unpack_packages() { # folder, package...
  local into=$1 package
  shift
  needs apt-get apt
  needs dpkg-deb dpkg

  # With an empty dpkg status nothing counts as installed, so that apt works out the whole
  # closure, and takes every package from the mirror even where this machine has another version.
  local apt=(
    apt-get --quiet=2 --yes --no-install-recommends --download-only
    -o Dir::State::status="$work/status"
    -o Dir::Cache="$work/cache"
    -o Debug::NoLocking=1
    -o APT::Sandbox::User="$(id -un)"
  )
  mkdir -p "$work/cache/archives/partial"
  : >"$work/status"

  say "downloading $* and their dependencies"
  "${apt[@]}" install "$@" >"$work/apt.log" 2>&1 ||
    fail "apt could not download $*; if its lists are old, run: apt-get update"$'\n'"$(tail -n 5 "$work/apt.log")"

  for package in "$work"/cache/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$into" --keep-directory-symlink --no-same-owner \
      --exclude='./usr/share/doc/*' --exclude='./usr/share/man/*' --exclude='./usr/share/locale/*' \
      --exclude='./usr/share/lintian/*' --exclude='./usr/share/bug/*' --exclude='./usr/lib/*/gconv/*'
  done
}
