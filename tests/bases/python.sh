# Sourced by make. The interpreter and its whole standard library, ssl included.
unpack_packages "${root:?}" python3-minimal libpython3-stdlib
