from collections.abc import Collection, Mapping
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.lib import merkle
from motcua.lib.merkle import (
    EMPTY,
    Growing,
    Key,
    TreeDamaged,
    append,
    consistency,
    extends,
    includes,
    inclusion,
    latest_tiles,
    leaf_hash,
    node_hash,
    root,
    tile_root,
)

# The eight leaves and roots of Certificate Transparency's own tests, which RFC 9162 builds on.
VECTOR_LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
VECTOR_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


class Kept:
    """A tree in memory that counts how often its tiles are asked for."""

    def __init__(self) -> None:
        self.size, self.tiles, self.reads = 0, dict[Key, bytes](), 0

    def read(self, keys: Collection[Key]) -> Mapping[Key, bytes]:
        self.reads += 1
        return {key: self.tiles[key] for key in keys if key in self.tiles}

    def grow(self, hashes: list[bytes]) -> None:
        self.tiles |= append(self.size, hashes, self.read(latest_tiles(self.size)))
        self.size += len(hashes)


def leaves(count: int) -> list[bytes]:
    return [leaf_hash(b"%d" % number) for number in range(count)]


def kept(hashes: list[bytes], step: int = 300) -> Kept:
    tree = Kept()
    for first in range(0, len(hashes), step):
        tree.grow(hashes[first : first + step])
    return tree


def plain_root(hashes: list[bytes]) -> bytes:
    """The definition of RFC 9162, 2.1.1, word by word."""
    if not hashes:
        return sha256().digest()
    if len(hashes) == 1:
        return hashes[0]
    middle = merkle.split(len(hashes))
    return node_hash(plain_root(hashes[:middle]), plain_root(hashes[middle:]))


@pytest.mark.parametrize("count", range(1, 9))
def test_the_roots_are_those_of_the_known_vectors(count: int) -> None:
    tree = kept([leaf_hash(one) for one in VECTOR_LEAVES[:count]])

    assert root(count, tree.read).hex() == VECTOR_ROOTS[count - 1]


def test_the_proofs_of_the_known_vectors_come_out_as_written_in_them() -> None:
    tree = kept([leaf_hash(one) for one in VECTOR_LEAVES])

    path = [one.hex() for one in inclusion(5, 8, tree.read)]
    proof = [one.hex() for one in consistency(6, 8, tree.read)]

    assert path == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    assert proof == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_an_empty_tree_has_the_hash_of_nothing() -> None:
    assert (root(0, Kept().read), Growing().root(), EMPTY) == (EMPTY, EMPTY, sha256().digest())


@pytest.mark.parametrize("count", [1, 2, 255, 256, 257, 511, 513, 1000])
@pytest.mark.parametrize("step", [1, 7, 256, 1000])
def test_a_tree_in_tiles_has_the_root_of_the_plain_definition(count: int, step: int) -> None:
    hashes = leaves(count)

    assert root(count, kept(hashes, step).read) == plain_root(hashes)


def test_a_third_level_of_tiles_holds_roots_of_the_second() -> None:
    hashes = leaves(256 * 256 + 3)
    tree = kept(hashes, 5000)

    growing = Growing()
    for one in hashes:
        growing.push(one)

    assert (root(tree.size, tree.read), max(tree.tiles)) == (growing.root(), (2, 0))


BIG = leaves(1500)
TREE = kept(BIG)


@given(st.integers(1, 1500), st.data())
def test_every_leaf_is_proven_in_every_later_tree_and_no_other_is(
    size: int, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, size - 1))
    path, head = inclusion(index, size, TREE.read), plain_root(BIG[:size])

    assert includes(BIG[index], index, size, path, head)
    assert not includes(leaf_hash(b"other"), index, size, path, head)
    assert size == 1 or not includes(BIG[index], (index + 1) % size, size, path, head)


@given(st.integers(1, 1500), st.data())
def test_every_tree_extends_every_older_one_and_no_forged_one(
    size: int, data: st.DataObject
) -> None:
    older = data.draw(st.integers(1, size))
    proof = consistency(older, size, TREE.read)
    before, after = (older, plain_root(BIG[:older])), (size, plain_root(BIG[:size]))

    assert extends(before, after, proof)
    assert not extends((older, EMPTY), after, proof)
    assert not extends(before, (size, EMPTY), proof)
    assert not extends(before, after, [*proof, EMPTY])


@pytest.mark.parametrize("index", [-1, 8, 9])
def test_a_leaf_outside_the_tree_has_no_proof(index: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        inclusion(index, 8, TREE.read)

    assert not includes(BIG[0], index, 8, [], EMPTY)


@pytest.mark.parametrize(("older", "size"), [(0, 8), (9, 8)])
def test_a_tree_that_is_no_beginning_has_no_proof(older: int, size: int) -> None:
    with pytest.raises(ValueError, match="no tree"):
        consistency(older, size, TREE.read)

    assert not extends((older, EMPTY), (size, EMPTY), [EMPTY])


def test_a_proof_reads_its_tiles_in_one_go() -> None:
    tree = kept(leaves(1000))
    tree.reads = 0

    inclusion(700, 1000, tree.read)

    assert tree.reads == 1


def test_a_tile_that_lost_hashes_is_damage_and_no_other_root() -> None:
    tree = kept(leaves(300))
    tree.tiles[0, 1] = tree.tiles[0, 1][:-32]

    with pytest.raises(TreeDamaged, match="tile 0/1"):
        root(300, tree.read)


def test_a_leaf_that_is_the_join_of_two_has_another_hash() -> None:
    left, right = leaves(2)

    assert leaf_hash(left + right) != tile_root(left + right)
