package io.agentos.runtime.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Holds every root and proof up to a size against {@link NaiveTree}. */
final class MerkleTest {
  private static final int SIZE_MAX = 70;

  private final List<byte[]> data = new ArrayList<>();
  private final List<Hash> leaves = new ArrayList<>();

  MerkleTest() {
    Random random = new Random(6962);
    for (int i = 0; i < SIZE_MAX; i++) {
      byte[] leaf = new byte[random.nextInt(50)];
      random.nextBytes(leaf);
      data.add(leaf);
      leaves.add(Merkle.leaf(leaf));
    }
  }

  @Test
  void root_ofEverySize_isThatOfTheRfc() {
    Frontier frontier = new Frontier();
    for (int size = 0; size <= SIZE_MAX; size++) {
      assertThat(frontier.root()).isEqualTo(Hash.of(NaiveTree.root(data.subList(0, size))));
      assertThat(Frontier.of(size, this::node).root()).isEqualTo(frontier.root());
      if (size < SIZE_MAX) {
        frontier.append(leaves.get(size));
      }
    }
  }

  @Test
  void inclusion_ofEveryLeaf_isThatOfTheRfc() {
    for (int size = 1; size <= SIZE_MAX; size++) {
      ProofCheck.Head head = head(size);
      for (int i = 0; i < size; i++) {
        List<Hash> proof = Proofs.inclusion(i, size, this::node);
        assertThat(proof).isEqualTo(hashes(NaiveTree.path(i, data.subList(0, size))));
        assertThat(ProofCheck.inclusion(leaves.get(i), i, head, proof)).isTrue();
        assertThat(ProofCheck.inclusion(leaves.get(i), i + 1, head, proof)).isFalse();
        assertThat(ProofCheck.inclusion(Merkle.EMPTY, i, head, proof)).isFalse();
      }
    }
  }

  @Test
  void consistency_ofEveryPair_isThatOfTheRfc() {
    for (int size = 1; size <= SIZE_MAX; size++) {
      for (int older = 1; older <= size; older++) {
        List<Hash> proof = Proofs.consistency(older, size, this::node);
        assertThat(proof).isEqualTo(hashes(NaiveTree.proof(older, data.subList(0, size), true)));
        assertThat(ProofCheck.consistency(head(older), head(size), proof)).isTrue();
        if (older < size) {
          assertThat(ProofCheck.consistency(head(size), head(older), proof)).isFalse();
          assertThat(ProofCheck.consistency(other(older), head(size), proof)).isFalse();
          assertThat(ProofCheck.consistency(head(older), other(size), proof)).isFalse();
        }
      }
    }
  }

  @Test
  void proof_withAnyPartChanged_isRefused() {
    int size = 53;
    List<Hash> inclusion = Proofs.inclusion(17, size, this::node);
    List<Hash> consistency = Proofs.consistency(17, size, this::node);
    for (List<Hash> bad : changed(inclusion)) {
      assertThat(ProofCheck.inclusion(leaves.get(17), 17, head(size), bad)).isFalse();
    }
    for (List<Hash> bad : changed(consistency)) {
      assertThat(ProofCheck.consistency(head(17), head(size), bad)).isFalse();
    }
  }

  @Test
  void range_betweenItsNeighbours_givesTheRoot() {
    for (int size = 1; size <= SIZE_MAX; size += 7) {
      for (int from = 0; from < size; from++) {
        for (int to = from + 1; to <= size; to += 5) {
          Frontier frontier = new Frontier(from, Ranges.cover(0, from, this::node));
          leaves.subList(from, to).forEach(frontier::append);
          long at = to;
          for (Hash hash : Ranges.cover(to, size, this::node)) {
            frontier.append(Ranges.level(at, size), hash);
            at = frontier.size();
          }
          assertThat(frontier.root()).isEqualTo(head(size).root());
        }
      }
    }
  }

  @Test
  void append_tellsTheNodesItCompletes() {
    Frontier frontier = new Frontier();
    for (int i = 0; i < SIZE_MAX; i++) {
      List<Hash> completed = frontier.append(leaves.get(i));
      for (int level = 0; level < completed.size(); level++) {
        assertThat(completed.get(level)).isEqualTo(node(level, i >> level));
      }
      assertThat(completed).hasSize(Integer.numberOfTrailingZeros(i + 1) + 1);
    }
  }

  @Test
  void subtree_wherePositionDoesNotFit_isRefused() {
    Frontier frontier = new Frontier();
    frontier.append(leaves.getFirst());
    assertThatThrownBy(() -> frontier.append(1, leaves.get(1)))
        .hasMessage("a subtree of level 1 does not begin at leaf 1");
    assertThatThrownBy(() -> new Frontier(3, List.of(Merkle.EMPTY)))
        .hasMessage("a tree of 3 leaves has 2 perfect subtrees, not 1");
  }

  @Test
  void hash_isReadInOneFormAlone() {
    String text = Merkle.EMPTY.toString();
    assertThat(Hash.parse(text)).isEqualTo(Merkle.EMPTY);
    // The last character holds two bits that no byte uses.
    String loose = text.substring(0, 42) + (char) (text.charAt(42) + 1) + "=";
    assertThatThrownBy(() -> Hash.parse(loose)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Hash.parse(text.substring(0, 43)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Hash.parse("AAAA")).hasMessage("a hash has 32 bytes, not 3");
  }

  private static List<List<Hash>> changed(List<Hash> proof) {
    List<List<Hash>> all = new ArrayList<>();
    for (int i = 0; i < proof.size(); i++) {
      List<Hash> replaced = new ArrayList<>(proof);
      replaced.set(i, Merkle.EMPTY);
      List<Hash> shorter = new ArrayList<>(proof);
      shorter.remove(i);
      List<Hash> longer = new ArrayList<>(proof);
      longer.add(i, proof.get(i));
      all.addAll(List.of(replaced, shorter, longer));
    }
    all.add(List.of());
    return all;
  }

  private Hash node(int level, long index) {
    int from = Math.toIntExact(index << level);
    return Hash.of(NaiveTree.root(data.subList(from, from + (1 << level))));
  }

  private ProofCheck.Head head(int size) {
    return new ProofCheck.Head(size, Hash.of(NaiveTree.root(data.subList(0, size))));
  }

  private static ProofCheck.Head other(int size) {
    return new ProofCheck.Head(size, Merkle.EMPTY);
  }

  private static List<Hash> hashes(List<byte[]> found) {
    return found.stream().map(Hash::of).toList();
  }
}
