# Sourced by every script: where tools and build output live, and which toolchain builds both halves.
# Nothing here installs anything; script/bootstrap does.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
export BUILD_CACHE="${BUILD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kontor}"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$BUILD_CACHE/target}"
# Where cargo-leptos puts what the browser gets, and where the server finds it to embed.
export LEPTOS_SITE_ROOT="${LEPTOS_SITE_ROOT:-$CARGO_TARGET_DIR/site}"
TOOLS="$BUILD_CACHE/tools"
mkdir -p "$TOOLS/bin"

# Pins that must agree with Cargo.toml (wasm-bindgen) or that were measured (cargo-leptos).
CARGO_LEPTOS_VERSION=0.3.11
WASM_BINDGEN_VERSION=0.2.130

export PATH="$TOOLS/bin:$TOOLS/cargo/bin:$HOME/.cargo/bin:$PATH"
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
export DEBIAN_FRONTEND=noninteractive

# Not named KONTOR_*: the server refuses names of that kind it does not know.
say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

# The usual toolchain (rustup, with the wasm32 standard library) or, where rustup has no network,
# the distribution's compiler linked as `kontor` with a standard library built from its own source.
has_wasm_std() { # has_wasm_std SYSROOT
  # With a hash from rustup, without one when built from source.
  compgen -G "$1/lib/rustlib/wasm32-unknown-unknown/lib/libstd[-.]*rlib" >/dev/null
}
select_toolchain() {
  # A faster linker for the native half where it is installed. Not before: what is built with another one is not found
  # again, and a cold run would compile all dependencies of the tests twice.
  if [ -x "$TOOLS/bin/cc-mold" ] && have mold; then
    export CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_LINKER="$TOOLS/bin/cc-mold"
  fi
  if [ -e "$BUILD_CACHE/toolchain" ]; then
    export RUSTUP_TOOLCHAIN="$(cat "$BUILD_CACHE/toolchain")"
    if [ "$RUSTUP_TOOLCHAIN" = kontor ]; then
      export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$(ls /usr/bin/wasm-ld-* 2>/dev/null | sort -V | tail -n1)"
    fi
    local root
    root="$(rustc --print sysroot 2>/dev/null)" && has_wasm_std "$root" && return 0
    unset RUSTUP_TOOLCHAIN CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER
  fi
  return 1
}
# Rust tests have a site of their own, with what lies there as it is: what is built for browsers beside them would change
# the other one, and have the server compiled again.
site_of_tests() {
  export LEPTOS_SITE_ROOT="$CARGO_TARGET_DIR/site-of-tests"
  mkdir -p "$LEPTOS_SITE_ROOT" && cp -rpu "$ROOT/public/." "$LEPTOS_SITE_ROOT/"
}
# What ships is built of whole views, both halves alike: a browser half that is erased (.cargo/config.toml) does not find
# its way through pages that are not. Erased ones build faster and render a third slower (docs/adr/0003).
whole_views() {
  local target
  for target in "$(rustc -vV | sed -n 's/^host: //p')" wasm32-unknown-unknown; do
    export "CARGO_TARGET_$(tr 'a-z-' 'A-Z_' <<<"$target")_RUSTFLAGS=--cfg whole_components"
  done
}
