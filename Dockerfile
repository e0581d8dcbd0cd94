# syntax=docker/dockerfile:1
# Three images: `lab` (JupyterLab, the kernel and the workbook), `serve` (the exercises as web pages) and `worker`
# (grades what a queue gives it; see compose.yaml for what its container has to be allowed).
#
#   docker build --target lab -t weft-lab .     docker run --rm -p 127.0.0.1:8888:8888 weft-lab
#   docker build --target serve -t weft-serve . docker run --rm -p 127.0.0.1:8080:8080 weft-serve
#
# None needs a network once it is built. docs/install.md says more; a test compares the versions here with
# rust-toolchain.toml and with what `weft lab` installs, and the targets with compose.yaml.

# The channel of rust-toolchain.toml.
ARG RUST=1.95.0
ARG DEBIAN=bookworm

FROM rust:${RUST}-slim-${DEBIAN} AS build
ARG RUST
# The ZeroMQ of the kernel is compiled by a C++ compiler.
RUN apt-get update \
    && apt-get install -y --no-install-recommends g++ \
    && rm -rf /var/lib/apt/lists/*
# What the image has is enough: the components of rust-toolchain.toml are for those who change Weft.
ENV RUSTUP_TOOLCHAIN=${RUST}
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build \
    CARGO_TARGET_DIR=/build cargo install --path . --locked --root /weft \
    && mkdir -p /weft/workbook \
    && cp -R notebooks/en notebooks/fa notebooks/tr notebooks/ru notebooks/zh-TW /weft/workbook/


FROM debian:${DEBIAN}-slim AS serve
# curl asks whether the server is well; tini waits for what exercises leave behind.
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl libstdc++6 tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 --shell /usr/sbin/nologin weft
COPY --from=build /weft/bin/weft /usr/local/bin/weft
USER weft
WORKDIR /home/weft
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s \
    CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8080/healthz"]
ENTRYPOINT ["tini", "--"]
CMD ["weft", "serve", "--addr", "0.0.0.0:8080"]


FROM rust:${RUST}-slim-${DEBIAN} AS lab
ARG RUST
# Of the compiler's image cells need rustc, cargo and the linker. g++ is for crates of `:dep` that hold C++.
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl g++ libstdc++6 python3 python3-venv tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 1000 --shell /bin/bash weft
# With the source of std, completion knows std.
RUN rustup component add rust-src --toolchain ${RUST}
# As `weft lab` does it: src/lab/environment.rs.
RUN python3 -m venv /opt/jupyter \
    && /opt/jupyter/bin/pip install --no-cache-dir --disable-pip-version-check \
        "jupyterlab>=4,<5" "jupyterlab_widgets>=3,<4"
COPY packaging/labconfig/ /opt/jupyter/etc/jupyter/labconfig/
COPY --from=build /weft/bin/weft /usr/local/bin/weft
# The kernelspec remembers PATH, CARGO_HOME and RUSTUP_HOME as they are here.
ENV VIRTUAL_ENV=/opt/jupyter \
    CARGO_HOME=/home/weft/.cargo \
    PATH=/opt/jupyter/bin:$PATH
RUN weft install --sys-prefix
COPY --from=build --chown=weft:weft /weft/workbook /home/weft/workbook
USER weft
WORKDIR /home/weft/workbook
# Compiles what cells and the explorer use, and ends with a real kernel: the image is not made where that does not work.
# What is missing for grading is only noted.
RUN weft doctor \
    && printf 'fn main() { println!("explored"); }\n' > /tmp/explored.rs \
    && weft explore /tmp/explored.rs \
    && rm /tmp/explored.rs
ENV WEFT_LANG=en
VOLUME /home/weft/workbook
EXPOSE 8888
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8888/api"]
ENTRYPOINT ["tini", "--"]
# The token is printed, unless JUPYTER_TOKEN gives one: `weft lab --ip 0.0.0.0` would make its own. All that it would set
# up is there.
CMD ["sh", "-c", "exec jupyter lab --ip=0.0.0.0 --port=8888 --no-browser --ServerApp.root_dir=/home/weft/workbook --LabApp.default_url=/lab/tree/$WEFT_LANG/index.ipynb"]


# The lab's compiler and its compiled libraries, and what makes boxes. On a disk that has the lab it is a small layer.
FROM lab AS worker
USER root
RUN apt-get update \
    && apt-get install -y --no-install-recommends bubblewrap \
    && rm -rf /var/lib/apt/lists/*
USER weft
WORKDIR /home/weft
# The lab's port is closed here.
HEALTHCHECK NONE
CMD ["weft", "grade", "worker"]
