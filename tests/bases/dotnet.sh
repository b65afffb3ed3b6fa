# Sourced by make. What the engine's own image stands on: this machine's .NET runtime, and the programs that the engine calls.
unpack_packages "${root:?}" git openssh-client ca-certificates tzdata libssl3 libstdc++6 zlib1g dash
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
mkdir -p "$root/usr/share/dotnet"
cp -r "$dotnet/dotnet" "$dotnet/host" "$dotnet/shared" "$root/usr/share/dotnet/"
ln -s ../share/dotnet/dotnet "$root/usr/bin/dotnet"
ln -sf dash "$root/usr/bin/sh"
cat /etc/ssl/certs/ca-certificates.crt >"$root/etc/ssl/certs/ca-certificates.crt"
