# Sourced by make. Debian's nodejs, with the JavaScript libraries that it takes from other packages.
unpack_packages "${root:?}" nodejs
