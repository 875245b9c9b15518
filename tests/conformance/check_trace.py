"""Checks a trace or a bundle of evidence without a line of this project: Python's own library and openssl.

    python3 tests/conformance/check_trace.py traces/*.trace.jsonl
    python3 tests/conformance/check_trace.py visit.zip --key auditor.key.pub

Of a trace: that each line is chained to the one before it, that the chain ends in the root, and that no byte of
the file is another. Of a bundle also: who signed it, that its files are the signed ones, and the Merkle root of
each trace (RFC 9162). What it cannot say is whether the run would happen again; that is `main.ts verify`.
Exit 0: it holds. Exit 1: it does not, and where. Exit 2: what was asked cannot be.
"""
import argparse
import hashlib
import json
import re
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib

# What lies beside the signed files of a bundle, and how much a bundle may unpack to.
UNSIGNED = {"bundle.json", "bundle.sig", "public_key.pem"}
UNPACKED_MAX = 512 * 1024 * 1024

# What Python's library throws at files that are none of ours.
BROKEN = (
    *(KeyError, TypeError, ValueError, OSError, EOFError, RuntimeError),
    *(zipfile.BadZipFile, zlib.error, struct.error),
)

# A line's own chain value is no part of what is chained.
OWN_CHAIN = re.compile(rb'"chain":"[0-9a-f]{64}",')


class Wrong(Exception):
    """What does not hold, in words."""


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def check_trace(data, name):
    """The root of a trace, which is checked; line 1 is its header, the last its end."""
    rows = data.split(b"\n")
    if len(rows) < 3 or rows.pop() != b"":
        raise Wrong(f"{name}: is cut off")
    *rows, end = rows
    header = json.loads(rows[0])
    chain, seal = header["chain"], header.pop("seal")
    if chain != sha256(canonical(header["pinned"])).hex():
        raise Wrong(f"{name}: line 1: the header's chain is not of what it pins")
    if seal != sha256(canonical(header)).hex():
        raise Wrong(f"{name}: line 1: the header's seal is not of this header")
    for number, row in enumerate(rows[1:], start=2):
        chain = sha256(bytes.fromhex(chain), OWN_CHAIN.sub(b"", row, count=1)).hex()
        if json.loads(row)["chain"] != chain:
            raise Wrong(f"{name}: line {number}: is not chained to the line before it")
    said = {"lines": len(rows) - 1, "root": chain, "sha256": sha256(b"\n".join(rows) + b"\n").hex()}
    if end != canonical({**said, "type": "end"}):
        raise Wrong(f"{name}: its end is not of these lines, this chain and these bytes")
    return chain


def canonical(value):
    """Keys sorted, no blanks: as the file is written, of texts and whole numbers."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def once(pairs):
    """An object each of whose names stands once: which of two is meant, no two readers need agree on."""
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise Wrong("bundle.json: a name stands twice in it")
    return dict(pairs)


def merkle_root(leaves):
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while 2 * k < len(leaves):
        k *= 2
    return sha256(b"\1", merkle_root(leaves[:k]), merkle_root(leaves[k:]))


def check_bundle(path, key):
    with zipfile.ZipFile(path) as bundle:
        names = bundle.namelist()
        if len(set(names)) < len(names):
            raise Wrong("two of its files have one name")
        check_only_files(path, bundle)
        if sum(entry.file_size for entry in bundle.infolist()) > UNPACKED_MAX:
            raise Wrong("it unpacks to more than a bundle may")
        files = {entry.filename: bundle.read(entry) for entry in bundle.infolist() if not is_folder(entry)}
    signer = open(key, "rb").read() if key else files["public_key.pem"]
    check_signature(files["bundle.json"], files["bundle.sig"], signer)
    told = json.loads(files["bundle.json"], object_pairs_hook=once)
    if not told["runs"]:
        raise Wrong("bundle.json: names no run")
    for name in files.keys() - UNSIGNED - told["files"].keys():
        raise Wrong(f"{ascii(name)}: is new, and was not signed")
    for name, digest in told["files"].items():
        if sha256(files[name]).hex() != digest:
            raise Wrong(f"{name}: is not the file that was signed")
    for run in told["runs"]:
        name = f"traces/{run['name']}.trace.jsonl"
        if check_trace(files[name], name) != run["root"]:
            raise Wrong(f"{name}: its root is not the signed one")
        leaves = [sha256(b"\0", row) for row in files[name].rstrip(b"\n").split(b"\n")]
        if len(leaves) != run["leaves"] or merkle_root(leaves).hex() != run["merkle_root"]:
            raise Wrong(f"{name}: its Merkle root is not the signed one")
    return f"{len(told['runs'])} runs, signed by the key {'in ' + key if key else 'that lies in it'}"


def check_only_files(path, bundle):
    """That every byte is of a file or of the list: others could be a file to another reader."""
    entries = sorted(bundle.infolist(), key=lambda entry: entry.header_offset)
    if bundle.comment or any(entry.comment for entry in entries):
        raise Wrong("a comment is in it, which is room for another file")
    end = 0
    with open(path, "rb") as file:
        for entry in entries:
            if entry.header_offset != end:
                raise Wrong("it holds bytes that are of none of its files")
            file.seek(end + 26)
            end += 30 + sum(struct.unpack("<HH", file.read(4))) + entry.compress_size
            if entry.flag_bits & 8:
                file.seek(end)
                end += 16 if file.read(4) == b"PK\7\10" else 12
    if end != bundle.start_dir:
        raise Wrong("it holds bytes that are of none of its files")


def is_folder(entry):
    return entry.filename.endswith("/") and entry.file_size == 0


def check_signature(data, signature, key):
    with tempfile.TemporaryDirectory() as folder:
        paths = [f"{folder}/{name}" for name in ("data", "signature", "key")]
        for path, content in zip(paths, (data, signature, key)):
            with open(path, "wb") as file:
                file.write(content)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-rawin", "-in", paths[0]]
        done = subprocess.run([*command, "-sigfile", paths[1], "-inkey", paths[2]], capture_output=True)
    if done.returncode != 0:
        raise Wrong("bundle.json: the signature is not of this key")


def is_public_key(path):
    command = ["openssl", "pkey", "-pubin", "-in", path, "-noout"]
    return subprocess.run(command, capture_output=True).returncode == 0


def verdict(path, key):
    """Whether the file holds, and what there is to say of it."""
    try:
        if zipfile.is_zipfile(path):
            return True, check_bundle(path, key)
        with open(path, "rb") as file:
            return True, f"root {check_trace(file.read(), path)}"
    except Wrong as problem:
        return False, problem
    except BROKEN as problem:
        return False, f"cannot be read: {type(problem).__name__}: {problem}"


def main():
    parser = argparse.ArgumentParser(description="Checks traces and bundles without atm-twin.")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--key", help="of a bundle: the public key (PEM) that has to have signed it")
    options = parser.parse_args()
    if options.key and not is_public_key(options.key):
        parser.error(f"--key {options.key}: is no public key; give the one that ends in .pub")
    for path in options.files:
        try:
            open(path, "rb").close()
        except OSError as problem:
            parser.error(f"{path}: {problem.strerror}")
    hold = True
    for path in options.files:
        holds, said = verdict(path, options.key)
        hold = hold and holds
        print(f"{path} {'holds' if holds else 'does not hold'}: {said}")
    sys.exit(0 if hold else 1)


if __name__ == "__main__":
    main()
