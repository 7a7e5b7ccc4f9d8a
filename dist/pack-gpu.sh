#!/usr/bin/env bash
# pack-gpu.sh OUT: packs dsa for one kind of NVIDIA GPU, for a Linux machine without network and without Java.
#
# Needs a dsa.jar built with -Pcuda beside this project's pom.xml, a JDK with jmods, and unzip, strip, xz.
# Writes into the empty or new folder OUT: parts of a compressed archive, SHA256SUMS, and join.sh, which puts them together.
# The archive holds bin/dsa, dsa.jar and a Java run time. It does not hold CUDA, cuDNN or a driver (docs/gpu.md).
#
#   SM        architecture of the GPU: 75, 80, 90 (default, Hopper), 100 or 120
#   PART_MIB  largest size of a part, default 50
#   XZ        how hard to compress, 0 to 9, default 9
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
out=${1:?usage: pack-gpu.sh OUT}
sm=${SM:-90} part=${PART_MIB:-50} level=${XZ:-9}
natives=org/bytedeco/pytorch/linux-x86_64-gpu
modules=java.base,java.desktop,java.logging,java.management,java.net.http,java.sql,java.xml,jdk.crypto.ec,jdk.management,jdk.unsupported

fail() { echo "pack-gpu: $*" >&2; exit 3; }
[ -f "$here/dsa.jar" ] || fail "no dsa.jar; build it: mvn -Pcuda -DskipTests package"
unzip -l "$here/dsa.jar" "$natives/libtorch_cuda.so" >/dev/null ||
  fail "dsa.jar has no libraries for GPUs; build it: mvn -Pcuda -DskipTests package"
mkdir -p "$out"
[ -z "$(ls -A "$out")" ] || fail "$out is not empty"
out=$(cd "$out" && pwd)
work=$(mktemp -d "$out/work.XXXXXX")
trap 'rm -rf "$work"' EXIT

# The jar, stored and not compressed, so that the archive as a whole compresses better. MXNet, a second opinion on the
# processor, stays behind.
mkdir -p "$work/jar" "$work/dsa/bin"
unzip -q "$here/dsa.jar" -x 'native/*' -d "$work/jar"
java "$here/dist/src/build/KeepArchitecture.java" "$sm" "$work/jar/$natives/libtorch_cuda.so"
find "$work/jar/org/bytedeco" -name '*.so*' -exec strip --strip-unneeded {} +
jar --create --no-compress --file "$work/dsa/dsa.jar" --manifest "$work/jar/META-INF/MANIFEST.MF" -C "$work/jar" .
rm -r "$work/jar"

jlink --add-modules "$modules" --no-header-files --no-man-pages --output "$work/dsa/java"
find "$work/dsa/java" -name '*.so' -exec strip --strip-unneeded {} +

cat >"$work/dsa/bin/dsa" <<'RUN'
#!/bin/sh
# Runs dsa. CUDA's libraries are looked for in CUDA_LIBS (folders divided by colons), or in the nvidia packages of the
# local Python, or in /usr/local/cuda; then where the system looks.
home=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd) || exit 1
if [ -z "$CUDA_LIBS" ]; then
  CUDA_LIBS=$(python3 -c 'import glob, sys
print(":".join(sorted({d for p in sys.path if p for d in glob.glob(p + "/nvidia/*/lib")})))' 2>/dev/null)
fi
CUDA_LIBS=${CUDA_LIBS:-/usr/local/cuda/lib64}
LD_LIBRARY_PATH=$CUDA_LIBS${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH
exec "$home/java/bin/java" -XX:+UseParallelGC -jar "$home/dsa.jar" "$@"
RUN
chmod +x "$work/dsa/bin/dsa"

tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -cf - dsa |
  xz -T0 --x86 --lzma2=preset="$level" | split -b "${part}M" -d -a 2 - "$out/dsa-gpu.part."
cat >"$out/join.sh" <<'JOIN'
#!/bin/sh
# Checks the parts that lie beside this script and unpacks them into ./dsa.
set -e
cd "$(dirname "$0")"
sha256sum --quiet -c SHA256SUMS
cat dsa-gpu.part.* | xz -dc | tar -xf -
echo "unpacked; try: dsa/bin/dsa doctor"
JOIN
chmod +x "$out/join.sh"
(cd "$out" && sha256sum dsa-gpu.part.* >SHA256SUMS)
ls -l "$out"/dsa-gpu.part.* | awk '{ s += $5 } END { printf "%.0f MiB in %d parts\n", s / 1048576, NR }'
