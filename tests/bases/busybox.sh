# Sourced by make. Debian's busybox-static is one file; every applet is a link to it.
unpack_packages "${root:?}" busybox-static
for applet in $("$root/usr/bin/busybox" --list); do
  [[ $applet == busybox ]] || ln -s busybox "$root/usr/bin/$applet"
done
