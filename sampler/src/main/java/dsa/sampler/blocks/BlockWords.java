package dsa.sampler.blocks;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The networks of a block space as words, whose letters are blocks. Different choices may spell one
 * word, and may do so across the borders of stages: an identity layer leaves no letter, and the
 * layer behind it then stands where another choice puts its own. The words are counted exactly by
 * following all ways to read a beginning at once (the subset construction of finite automata).
 */
final class BlockWords {

  private static final int MOST_SETS = 200_000;

  private final int parts;
  private final List<int[]> roots = new ArrayList<>(); // of each part, by state
  private final List<Integer> partOf = new ArrayList<>(); // of each node
  private final List<Map<Integer, Integer>> children = new ArrayList<>(); // by letter
  private final List<Map<Integer, Long>> ends = new ArrayList<>(); // options, by the state behind

  BlockWords(BlockTables tables) {
    parts = tables.parts();
    for (int p = 0; p < parts; p++) {
      int[] root = new int[tables.states(p)];
      for (int state = 0; state < root.length; state++) {
        root[state] = node(p);
        for (int option = 0; option < tables.options(p); option++) {
          BlockTables.Step step = tables.step(p, state, option);
          int node = root[state];
          for (int letter : step.word()) {
            Integer child = children.get(node).get(letter);
            if (child == null) {
              child = node(p);
              children.get(node).put(letter, child);
            }
            node = child;
          }
          ends.get(node).merge(step.next(), 1L, Long::sum);
        }
      }
      roots.add(root);
    }
  }

  private int node(int part) {
    partOf.add(part);
    children.add(new LinkedHashMap<>());
    ends.add(new LinkedHashMap<>());
    return partOf.size() - 1;
  }

  /** How many choices spell {@code word}, at most 2^63 - 1. */
  long spellings(int[] word) {
    Map<Long, Long> ways = Map.of(0L, 1L); // by state, then letters read
    for (int p = 0; p < parts; p++) {
      Map<Long, Long> on = new HashMap<>();
      for (Map.Entry<Long, Long> way : ways.entrySet()) {
        int at = (int) (long) way.getKey();
        Integer node = roots.get(p)[(int) (way.getKey() >> 32)];
        while (node != null) {
          for (Map.Entry<Integer, Long> end : ends.get(node).entrySet()) {
            long key = ((long) end.getKey() << 32) + at;
            on.merge(key, product(way.getValue(), end.getValue()), BlockWords::sum);
          }
          node = at < word.length ? children.get(node).get(word[at++]) : null;
        }
      }
      ways = on;
    }
    return ways.getOrDefault((long) word.length, 0L);
  }

  private static long product(long a, long b) {
    return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
  }

  private static long sum(long a, long b) {
    return a + b < 0 ? Long.MAX_VALUE : a + b;
  }

  /** How many words there are; absent if counting them would take too long. */
  Optional<BigInteger> count() {
    Set<Integer> start = Set.of(roots.get(0)[0]);
    return Optional.ofNullable(count(start, new HashMap<>()));
  }

  private BigInteger count(Set<Integer> reached, Map<Set<Integer>, BigInteger> known) {
    Set<Integer> at = new HashSet<>();
    boolean ended = close(reached, at);
    BigInteger before = known.get(at);
    if (before != null) {
      return before;
    }
    if (known.size() >= MOST_SETS) {
      return null;
    }
    Map<Integer, Set<Integer>> read = new LinkedHashMap<>();
    for (int node : at) {
      children
          .get(node)
          .forEach(
              (letter, child) -> read.computeIfAbsent(letter, key -> new HashSet<>()).add(child));
    }
    BigInteger words = ended ? BigInteger.ONE : BigInteger.ZERO;
    for (Set<Integer> next : read.values()) {
      BigInteger more = count(next, known);
      if (more == null) {
        return null;
      }
      words = words.add(more);
    }
    known.put(at, words);
    return words;
  }

  /** Adds all nodes that are reached without another letter; says whether a word may end. */
  private boolean close(Set<Integer> reached, Set<Integer> closed) {
    boolean ended = false;
    Deque<Integer> todo = new ArrayDeque<>(reached);
    closed.addAll(reached);
    while (!todo.isEmpty()) {
      int node = todo.remove();
      int next = partOf.get(node) + 1;
      for (int state : ends.get(node).keySet()) {
        if (next == parts) {
          ended = true;
        } else if (closed.add(roots.get(next)[state])) {
          todo.add(roots.get(next)[state]);
        }
      }
    }
    return ended;
  }
}
